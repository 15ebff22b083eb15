// The site's secret: made once, whoever comes first; kept for its owner's eyes; and never taken from a damaged file.
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const program = 'import { siteSecret } from "@/lib/env"; process.stdout.write(siteSecret());';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "colloquy-secret-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What a process of its own says the secret is. */
async function secretOf(dataDir: string): Promise<string> {
  const { SECRET: _, ...inherited } = process.env;
  const args = ["--import", "tsx", "--input-type=module", "--eval", program];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: root,
    env: { ...inherited, DATA_DIR: dataDir },
  });
  return stdout;
}

it("is the same for processes that make it at once, in a folder that was not there; nothing else is left behind", async () => {
  const dataDir = join(folder, "data");
  const secrets = await Promise.all([1, 2, 3, 4].map(() => secretOf(dataDir)));
  const kept = await readFile(join(dataDir, "secret"), "utf8");
  expect(kept).toMatch(/^[\w-]{43}$/);
  expect(secrets).toEqual([kept, kept, kept, kept]);
  expect(await readdir(dataDir)).toEqual(["secret"]);
  expect((await stat(join(dataDir, "secret"))).mode & 0o777).toBe(0o600);
});

it("is not taken from a file that was cut short", async () => {
  await writeFile(join(folder, "secret"), "");
  await expect(secretOf(folder)).rejects.toThrow(/secret is damaged/);
});
