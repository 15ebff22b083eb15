// Pictures over the years: one that no text uses is removed in time and never before, one that was lost or altered is told and listed, and
// is back with its file. On disk and in S3.
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import S3rver from "s3rver";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MemberActor } from "@/lib/domain/actor";
import { limits } from "@/lib/domain/limits";
import { env } from "@/lib/env";
import { dropFile, fileSize, openFile, putFile } from "@/lib/media/files";
import { checkPictures, readFaultyPictures } from "@/lib/services/check-pictures";
import { readFile } from "@/lib/services/read-file";
import { removeUnusedPictures } from "@/lib/services/unused-pictures";
import { readOwnPictures, uploadPicture } from "@/lib/services/upload-picture";
import { inTransaction } from "@/lib/store/client";
import { keepUsedPictures } from "@/lib/store/picture-uses";
import { aMember, anArticle, by, refusalOf, withoutRateLimits } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();
const dayMs = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * dayMs);
let folder = "";
let s3: S3rver;
let port = 0;
let editor: MemberActor;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "colloquy-kept-"));
  const configureBuckets = [{ name: "colloquy", configs: [] }];
  s3 = new S3rver({ port: 0, address: "127.0.0.1", silent: true, directory: join(folder, "s3"), configureBuckets });
  ({ port } = await s3.run());
  editor = { ...(await aMember("edith", "Edith")), roles: ["EDITOR"] };
  Object.assign(env(), { dataDir: join(folder, "disk") });
});
afterAll(async () => {
  await s3.close();
  await rm(folder, { recursive: true, force: true });
});

let shade = 0;

/** A picture that is kept at two widths, in a shade of its own. */
const original = (nth: number) =>
  sharp({ create: { width: 900, height: 600, channels: 3, background: { r: nth, g: 120, b: 60 } } })
    .png()
    .toBuffer();

async function aPicture(): Promise<string> {
  shade++;
  return (await uploadPicture(by(editor), { bytes: await original(shade), alt: `Shade ${shade}` })).id;
}

async function bytesOf(name: string): Promise<Buffer> {
  const found = await openFile(name);
  if (!found) throw new Error(`${name} was to be there`);
  return buffer(found.stream);
}

async function revisionWith(articleId: number, body: string): Promise<void> {
  const number = `(SELECT max(number) + 1 FROM revisions WHERE article_id = $1)`;
  await db.sql(
    `INSERT INTO revisions (article_id, number, state, title, body, html, renderer_version, published_at)
     VALUES ($1, ${number}, 'SUPERSEDED', 'T', $2, '', 1, now())`,
    [articleId, body],
  );
}

const placesOf = async (ids: string[]) => Promise.all(ids.map(async (id) => (await fileSize(id)) !== null));

test("thirty days after the last text that used it a picture goes, with its widths; what any text names stays", async () => {
  const { articleId, revisionId } = await anArticle();
  const [live, old, saved, unused] = [await aPicture(), await aPicture(), await aPicture(), await aPicture()];
  await revisionWith(articleId, `![A](/u/${live})`);
  await revisionWith(articleId, `Far away: [B](https://talk.example.org/u/${old}-640)`);
  await db.sql(`INSERT INTO draft_saves (revision_id, number, title, summary, body) VALUES ($1, 1, 'T', '', $2)`, [
    revisionId,
    `![C](/u/${saved})`,
  ]);
  const all = [live, old, saved, unused, `${unused}-640`];

  expect(await removeUnusedPictures(inDays(0.5)), "too young to be judged").toBe(0);
  expect(await removeUnusedPictures(inDays(2))).toBe(0);
  const { pictures } = await readOwnPictures(by(editor));
  expect(pictures.filter(({ removedOn }) => removedOn).map(({ id }) => id)).toEqual([unused]);
  const told = pictures.find(({ id }) => id === unused)?.removedOn ?? new Date(0);
  expect(Math.round((told.getTime() - Date.now()) / dayMs)).toBe(2 + limits.unusedPictureDays);

  expect(await removeUnusedPictures(inDays(limits.unusedPictureDays + 1.9))).toBe(0);
  expect(await placesOf(all)).toEqual([true, true, true, true, true]);
  expect(await removeUnusedPictures(inDays(limits.unusedPictureDays + 2.1))).toBe(1);
  expect(await placesOf(all)).toEqual([true, true, true, false, false]);
  expect(await refusalOf(readFile(by(), { id: unused, unopened: false }))).toBe("not_found");
});

test("a save that brings a picture back, or the same picture brought again, ends its time", async () => {
  const [again, brought] = [await aPicture(), await aPicture()];
  await removeUnusedPictures(inDays(2));
  const bytesOf = (nth: number) =>
    sharp({ create: { width: 900, height: 600, channels: 3, background: { r: nth, g: 120, b: 60 } } })
      .png()
      .toBuffer();
  const found = await uploadPicture(by(editor), { bytes: await bytesOf(shade), alt: "Again" });
  expect(found.id).toBe(brought);

  // The save is under way, and not committed, while the time of the picture is over: whoever removes it waits, and leaves it.
  let saved = () => {};
  const saving = new Promise<void>((resolve) => {
    saved = resolve;
  });
  let touched = () => {};
  const hasTouched = new Promise<void>((resolve) => {
    touched = resolve;
  });
  const save = inTransaction(async (tx) => {
    await keepUsedPictures(tx, `![Again](/u/${again})`);
    touched();
    await saving;
  });
  await hasTouched;
  const removing = removeUnusedPictures(inDays(limits.unusedPictureDays + 3));
  await untilSomebodyWaits();
  saved();
  await save;
  expect(await removing).toBe(0);
  expect(await placesOf([again, brought])).toEqual([true, true]);
});

/** Until a question of this database waits for a lock. */
async function untilSomebodyWaits(): Promise<void> {
  for (;;) {
    const [row] = await db.sql(
      "SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0",
    );
    if (row?.waiting !== 0) return;
  }
}

describe.each([
  ["on disk", () => undefined],
  [
    "in S3",
    () => ({
      ...{ endpoint: `http://127.0.0.1:${port}`, bucket: "colloquy" },
      ...{ region: "us-east-1", accessKeyId: "S3RVER", secretAccessKey: "S3RVER" },
    }),
  ],
])("a picture %s", (_where, place) => {
  beforeAll(async () => {
    Object.assign(env(), { s3: place() });
    await db.sql("DELETE FROM files");
  });
  afterAll(() => {
    Object.assign(env(), { s3: undefined });
  });
  const faults = async () => (await readFaultyPictures(by(editor))).map(({ id, fault }) => [id, fault]);

  test("that is lost leaves its room, is listed by the daily check, and is back with its file", async () => {
    const [id, other] = [await aPicture(), await aPicture()];
    const bytes = await bytesOf(id);
    await dropFile(id, "files");
    expect(await readFile(by(), { id, unopened: false })).toEqual({ lost: true, width: 900, height: 600 });
    expect(await readFile(by(), { id, unopened: true })).toEqual({ lost: true, width: 900, height: 600 });
    expect(await readFile(by(), { id: other, unopened: true })).toBeNull();
    expect(await refusalOf(readFile(by(), { id: `${id}-320`, unopened: true })), "no such width").toBe("not_found");
    expect(await checkPictures(inDays(1))).toBe(1);
    expect(await faults()).toEqual([[id, "missing"]]);
    await putFile(id, bytes);
    expect(await readFile(by(), { id, unopened: true })).toBeNull();
    expect(await checkPictures(inDays(2))).toBe(0);
    expect(await faults()).toEqual([]);
  });

  test("that was altered at one of its widths is set aside, and is back with what it was", async () => {
    const id = await aPicture();
    const name = `${id}-640`;
    const bytes = await bytesOf(name);
    const flipped = Buffer.from(bytes);
    flipped[40] = (flipped[40] ?? 0) ^ 1;
    await putFile(name, flipped);
    expect(await checkPictures(inDays(1))).toBe(1);
    expect(await faults()).toEqual([[id, "altered"]]);
    expect(await readFile(by(), { id: name, unopened: false })).toEqual({ lost: true, width: 640, height: 427 });
    expect(await fileSize(name, "damaged")).toBe(bytes.length);
    expect(await checkPictures(inDays(2)), "still so, and still called altered").toBe(1);
    expect(await faults()).toEqual([[id, "altered"]]);
    await putFile(name, bytes);
    expect(await checkPictures(inDays(3))).toBe(0);
    expect([await faults(), await fileSize(name, "damaged")]).toEqual([[], null]);
  });

  test("kept before checksums were is known from its first check on", async () => {
    const id = await aPicture();
    await db.sql("UPDATE files SET checksums = '{}' WHERE id = $1", [id]);
    expect(await checkPictures(inDays(1))).toBe(0);
    await putFile(id, Buffer.from("another"));
    expect(await checkPictures(inDays(2))).toBe(1);
    expect(await faults()).toEqual([[id, "altered"]]);
    await db.sql("DELETE FROM files WHERE id = $1", [id]);
  });
});

test("nobody but editors is told which pictures are lost", async () => {
  expect(await refusalOf(readFaultyPictures(by({ ...editor, roles: ["AUTHOR"] })))).toMatch(/^forbidden/);
  expect(await readdir(join(folder, "disk"))).toContain("files");
});
