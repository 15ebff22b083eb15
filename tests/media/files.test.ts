// Kept files: whole or not there, under names of ours only.
import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { env } from "@/lib/env";
import { fileSize, isFileName, isLeftOver, newFileId, openFile, putFile } from "@/lib/media/files";

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "colloquy-files-"));
  Object.assign(env(), { dataDir: folder });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("what is put can be read again, and lies in a folder of two letters, for its owner alone", async () => {
  const id = newFileId();
  await putFile(id, Buffer.from("bytes"));
  const file = await openFile(id);
  expect(file?.bytes).toBe(5);
  const chunks: Buffer[] = [];
  for await (const chunk of file?.stream ?? []) chunks.push(Buffer.from(chunk));
  expect(Buffer.concat(chunks).toString()).toBe("bytes");
  const path = join(folder, "files", id.slice(0, 2));
  expect(await readdir(path)).toEqual([id]);
  expect((await stat(join(path, id))).mode & 0o777).toBe(0o600);
});

test("names are 128 random bits, and never the same", () => {
  const ids = Array.from({ length: 1_000 }, newFileId);
  expect(new Set(ids).size).toBe(1_000);
  expect(ids.every(isFileName)).toBe(true);
});

test.each([
  "../../etc/passwd",
  "..",
  "",
  "a/b",
  "x".repeat(21),
  "x".repeat(23),
  `${"x".repeat(20)}/.`,
  `${"x".repeat(21)}\n`,
])("%j is no name", async (id) => {
  expect(isFileName(id)).toBe(false);
  expect(await fileSize(id)).toBeNull();
  expect(await openFile(id)).toBeNull();
  await expect(putFile(id, Buffer.from("x"))).rejects.toThrow(RangeError);
});

test("a name that nothing was put under has nothing", async () => {
  expect(await openFile(newFileId())).toBeNull();
});

test("a process killed at any moment of writing leaves whole files, and parts that the clean-up knows (R65)", async () => {
  const script = join(process.cwd(), "tests/support/write-files.ts");
  for (let round = 0; round < 2; round++) {
    const data = await mkdtemp(join(folder, "killed-"));
    const child = spawn(process.execPath, ["--import", "tsx", script], {
      env: { ...process.env, DATA_DIR: data },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const gone = new Promise((resolve) => child.once("close", resolve));
    // It says each file that is kept; the kill comes while it is at the next one.
    let said = "";
    await new Promise<void>((resolve) => {
      child.stdout.on("data", (chunk: Buffer) => {
        said += chunk.toString();
        if (said.split("\n").length > 3 + round) resolve();
      });
    });
    child.kill("SIGKILL");
    await gone;
    const names = (await readdir(join(data, "files"), { recursive: true })).flatMap((path) => path.split("/")[1] ?? []);
    const [parts, whole] = [names.filter(isLeftOver), names.filter((name) => !isLeftOver(name))];
    expect(parts.length).toBeLessThan(2);
    expect(whole).toEqual(expect.arrayContaining(said.split("\n").slice(0, -1)));
    for (const name of whole) {
      expect(isFileName(name)).toBe(true);
      expect((await stat(join(data, "files", name.slice(0, 2), name))).size).toBe(500_000);
    }
  }
});
