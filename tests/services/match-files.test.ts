// Bytes without a row go, and what is young is left alone. Rows without bytes: see pictures-kept.
import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { env } from "@/lib/env";
import { fileSize, newFileId, putFile, smallerName } from "@/lib/media/files";
import { matchFiles } from "@/lib/services/match-files";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
let folder = "";
const threeDaysAgo = new Date(Date.now() - 3 * 86_400_000);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "colloquy-match-"));
  Object.assign(env(), { dataDir: folder });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const pathOf = (name: string) => join(folder, "files", name.slice(0, 2), name);

async function put(name: string, age: Date): Promise<void> {
  await putFile(name, Buffer.from("x"));
  await utimes(pathOf(name), age, age);
}

async function row(id: string): Promise<void> {
  await db.sql(
    `INSERT INTO files (id, content_type, bytes, width, height, sha256, created_at)
     VALUES ($1, 'image/webp', 1, 1, 1, '\\x00', $2)`,
    [id, threeDaysAgo],
  );
}

test("an old file that no row knows is dropped at each width, one that is known or young stays", async () => {
  const [known, unknown, young] = [newFileId(), newFileId(), newFileId()];
  const now = new Date();
  await put(known, threeDaysAgo);
  await put(smallerName(known, 640), threeDaysAgo);
  await put(unknown, threeDaysAgo);
  await put(smallerName(unknown, 640), threeDaysAgo);
  await put(young, now);
  await row(known);
  const leftOver = `${newFileId()}.0a1b2c3d.part`;
  await mkdir(join(folder, "files", leftOver.slice(0, 2)), { recursive: true });
  await writeFile(pathOf(leftOver), "x");
  await utimes(pathOf(leftOver), threeDaysAgo, threeDaysAgo);

  expect(await matchFiles(now)).toBe(3);
  const sizes = [known, smallerName(known, 640), young, unknown, smallerName(unknown, 640)];
  expect(await Promise.all(sizes.map((name) => fileSize(name)))).toEqual([1, 1, 1, null, null]);
});
