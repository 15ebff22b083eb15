// The product as it was, built from the repository's history into a folder for temporary things. Built once for each commit.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { actionKey } from "@/scripts/build-site";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Not below the checkout: what Next builds takes the packages of the outermost project around it. */
const home = join(tmpdir(), "colloquy-old-builds");

/** Where the history is: here, or where COLLOQUY_HISTORY says when this folder is a copy without one. */
const history = process.env.COLLOQUY_HISTORY ?? root;

const git = (...args: string[]) => execFileSync("git", ["-C", history, ...args], { encoding: "utf8" }).trim();

/** The last commit before a migration came, or the newest migration when none is named. @returns its full name */
export function commitBefore(migration?: string): string {
  const names = git("ls-tree", "--name-only", "HEAD", "prisma/migrations/").split("\n");
  const folder = migration ? `prisma/migrations/${migration}` : names.filter((name) => /\/\d/.test(name)).at(-1);
  // What was put together with others is in the history, but a version that lacks it cannot be brought to this one.
  if (!names.includes(folder ?? "")) throw new Error(`This version has no migration ${folder}.`);
  const [came] = git("log", "--diff-filter=A", "--format=%H", "--", `${folder}/migration.sql`).split("\n");
  if (!came) throw new Error(`History knows no migration ${folder}.`);
  return git("rev-parse", `${came}^`);
}

/**
 * The folder of that commit's build; made when it is not there, in some minutes. It uses the packages of this checkout.
 * @param commit its full name
 */
export async function oldBuild(commit: string): Promise<string> {
  const folder = join(home, commit);
  if (existsSync(join(folder, ".next", "colloquy-build"))) return folder;
  process.stdout.write(`Building ${git("log", "-1", "--format=%h (%s)", commit)} …\n`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, "node_modules"), { recursive: true });
  const packages = (await readdir(join(root, "node_modules"))).filter((name) => name !== ".cache");
  run("sh", ["-c", 'git -C "$1" archive "$2" | tar x -C "$3"', "sh", history, commit, folder], root);
  // A checkout of its own with caches of its own, but the same packages; where they can be links they cost no room.
  const copy = (how: string) => run("cp", [how, ...packages, join(folder, "node_modules")], join(root, "node_modules"));
  try {
    copy("-al");
  } catch {
    copy("-a");
  }
  run(process.execPath, ["scripts/generate-client.mjs"], folder);
  run(process.execPath, ["--import", "tsx", "scripts/build.ts"], folder);
  return folder;
}

function run(program: string, args: readonly string[], cwd: string): void {
  // Versions from before it was fixed are built with the key that every version since then has.
  const env = { ...process.env, NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: actionKey };
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`The old version could not be built:\n${stdout}\n${stderr}`);
}
