// The migrations as they lie in a folder: one folder each, with its SQL, and where it was made of several older ones, replaces.txt with
// what it stands for: a line for each, its file's SHA-256 and its name, as sha256sum writes them.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { StartError } from "@/scripts/start-error";

/** An older migration that another one stands for. Its SQL is in the repository's history only. */
interface Replaced {
  name: string;
  checksum: string;
}

export interface Migration {
  name: string;
  sql: string;
  /** SHA-256 of the file, hexadecimal, as Prisma records it. */
  checksum: string;
  /** In their order; empty for nearly all. A database that has had all of them has this one already. */
  replaces: readonly Replaced[];
}

/** The same file must give the same checksum where git writes Windows line ends. */
const readText = async (file: string) => (await readFile(file, "utf8")).replaceAll("\r\n", "\n");

async function readReplaced(file: string): Promise<Replaced[]> {
  if (!existsSync(file)) return [];
  const lines = (await readText(file)).split("\n").filter((line) => line !== "");
  return lines.map((line) => {
    const [, checksum, name] = /^([0-9a-f]{64}) {2}(\w+)$/.exec(line) ?? [];
    if (!checksum || !name) throw new StartError(`${file} has a line that is no SHA-256 with a name: "${line}".`);
    return { name, checksum };
  });
}

/** @returns the migrations in `folder`, oldest first. @throws StartError when a replaces.txt cannot be understood */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readText(join(folder, name, "migration.sql"));
      const replaces = await readReplaced(join(folder, name, "replaces.txt"));
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex"), replaces };
    }),
  );
}
