// Postgres refuses to run as root. So when Colloquy is started by root (in a container, mostly), its database runs as a system
// user of its own, made on first use.
import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { StartError } from "@/scripts/start-error";

/** Numbers of the user to run as, or nothing: run as whoever started us. */
export interface Account {
  uid?: number;
  gid?: number;
}

const name = "colloquy";

/** Ways to make a system user: the common one, then the one of small systems. */
const makers: [string, string[]][] = [
  [
    "useradd",
    [
      "--system",
      "--user-group",
      "--no-create-home",
      "--home-dir",
      "/nonexistent",
      "--shell",
      "/usr/sbin/nologin",
      name,
    ],
  ],
  ["adduser", ["-S", "-D", "-H", "-s", "/sbin/nologin", name]],
];

function find(user: string): Account | undefined {
  try {
    const number = (flag: string) =>
      Number(execFileSync("id", [flag, user], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
    return { uid: number("-u"), gid: number("-g") };
  } catch {
    return undefined;
  }
}

function make(): Account | undefined {
  for (const [program, args] of makers) {
    try {
      execFileSync(program, args, { stdio: "ignore" });
      return find(name);
    } catch {
      // Not on this system, or not allowed: the next way.
    }
  }
  return undefined;
}

/**
 * Who the database in `folder` runs as: whoever owns it already, or else our own system user.
 * @throws StartError when root started us and no such user can be had
 */
export function postgresAccount(folder: string): Account {
  if (process.getuid?.() !== 0) return {};
  const owner = statSync(folder, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const account = find(name) ?? make() ?? find("postgres");
  if (account) return account;
  throw new StartError(
    `Postgres does not run as root, and no system user could be made for it. Make one (useradd --system ${name}), start Colloquy as an ordinary user, or set DATABASE_URL.`,
  );
}
