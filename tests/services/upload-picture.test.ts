// Bringing pictures: who may, what is taken, what is refused, and that nothing half-done stays.
import { access, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MemberActor } from "@/lib/domain/actor";
import { limits } from "@/lib/domain/limits";
import { env } from "@/lib/env";
import { fileSize, openFile } from "@/lib/media/files";
import { writeWhole } from "@/lib/media/whole-file";
import { pictureSizes } from "@/lib/services/picture-sizes";
import { readOwnPictures, uploadPicture } from "@/lib/services/upload-picture";
import { renderMarkdown } from "@/lib/text/markdown";
import { aMember, by, refusalOf } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";
import { type SmallDisk, smallDisk } from "@/tests/support/small-disk";

const db = freshDatabase();
let folder = "";
let author: MemberActor;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "colloquy-upload-"));
  Object.assign(env(), { dataDir: folder });
  author = await anAuthor();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let members = 0;
const somebody = () => aMember(`painter_${++members}`, `Painter ${members}`);

async function anAuthor(): Promise<MemberActor> {
  return { ...(await somebody()), roles: ["AUTHOR"] };
}

/** A picture that no other has, so that it is not found again. */
function picture(width = 60, height = 40): Promise<Buffer> {
  const background = `#${Math.random().toString(16).slice(2, 8).padEnd(6, "0")}`;
  return sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();
}

async function keptFiles(): Promise<string[]> {
  const folders = await readdir(join(folder, "files")).catch(() => []);
  return (await Promise.all(folders.map((letters) => readdir(join(folder, "files", letters))))).flat();
}

test("a picture is kept at its widths, and an article shows it with room and a choice", async () => {
  const kept = await uploadPicture(by(author), { bytes: await picture(1_600, 900), alt: "A hive" });
  expect(kept).toMatchObject({ width: 1_600, height: 900, alt: "A hive" });
  expect(await fileSize(`${kept.id}-640`)).toBeGreaterThan(0);
  expect(await fileSize(`${kept.id}-1280`)).toBeGreaterThan(0);
  const markdown = `![A hive](/u/${kept.id})`;
  const pictures = await pictureSizes(markdown);
  const { html } = renderMarkdown(markdown, { dialect: "article", ownOrigin: "https://talk.example", pictures });
  expect(html).toContain(
    `<img src="/u/${kept.id}" alt="A hive" width="1600" height="900" srcset="/u/${kept.id}-640 640w, /u/${kept.id}-1280 1280w, /u/${kept.id} 1600w" sizes="(max-width: 44rem) 100vw, 42.5rem" loading="lazy" decoding="async" />`,
  );
});

test("the same picture brought again by the same person is the one that is there; another person's is their own", async () => {
  const bytes = await picture();
  const first = await uploadPicture(by(author), { bytes, alt: "One" });
  expect(await uploadPicture(by(author), { bytes, alt: "Two" })).toMatchObject({ id: first.id, alt: "Two" });
  expect((await uploadPicture(by(await anAuthor()), { bytes, alt: "One" })).id).not.toBe(first.id);
  const { pictures, usedBytes } = await readOwnPictures(by(author));
  expect(pictures.filter(({ id }) => id === first.id)).toHaveLength(1);
  expect(usedBytes).toBe(pictures.reduce((sum, one) => sum + one.bytes, 0));
});

describe("who may", () => {
  test.each([
    ["nobody in particular may not", async () => by(), "unauthenticated"],
    ["a member who writes nothing may not", async () => by(await somebody()), "forbidden forbidden.file.upload"],
    ["an author may", async () => by(await anAuthor()), "done"],
    [
      "an author with an unconfirmed address may not",
      async () => by({ ...(await anAuthor()), verified: false }),
      "forbidden forbidden.file.upload",
    ],
    [
      "a program may not",
      async () => by({ ...(await anAuthor()), scopes: ["read", "comment"] as const }),
      "forbidden forbidden.file.upload",
    ],
  ])("%s", async (_sentence, who, outcome) => {
    expect(await refusalOf(uploadPicture(await who(), { bytes: await picture(), alt: "A" }))).toBe(outcome);
  });
});

describe("what is refused leaves no file and no row", () => {
  test.each([
    ["nothing", async () => Buffer.alloc(0), "upload.missing"],
    ["a text", async () => Buffer.from("I am a picture"), "upload.not_a_picture"],
    [
      "SVG",
      async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      "upload.not_a_picture",
    ],
    ["a cut-off one", async () => (await picture(900, 900)).subarray(0, 400), "upload.unreadable"],
    ["one beyond the limit", async () => Buffer.alloc(limits.pictureBytes + 1), "upload.too_large"],
  ])("%s", async (_sentence, make, reason) => {
    const own = await anAuthor();
    const before = await keptFiles();
    await expect(uploadPicture(by(own), { bytes: await make(), alt: "A" })).rejects.toMatchObject({
      code: "invalid",
      details: { fields: { file: reason } },
    });
    expect(await keptFiles()).toEqual(before);
    expect((await readOwnPictures(by(own))).pictures).toEqual([]);
  });
});

test("whoever has used up their room keeps nothing more", async () => {
  const own = await anAuthor();
  await db.sql(
    `INSERT INTO files (id, content_type, bytes, width, height, sha256, uploaded_by_id)
     VALUES ('AAAAAAAAAAAAAAAAAAAAAA', 'image/webp', $1, 1, 1, '\\x00', $2)`,
    [limits.pictureQuota - 10, own.userId],
  );
  const before = await keptFiles();
  await expect(uploadPicture(by(own), { bytes: await picture(), alt: "A" })).rejects.toMatchObject({
    details: { fields: { file: "upload.quota" } },
  });
  expect(await keptFiles()).toEqual(before);
});

test("one person's pictures are worked on one at a time", async () => {
  const own = await anAuthor();
  const bytes = await Promise.all([picture(800, 800), picture(800, 800)]);
  const outcomes = await Promise.all(bytes.map((one) => refusalOf(uploadPicture(by(own), { bytes: one, alt: "A" }))));
  expect(outcomes.sort()).toEqual(["done", "rate_limited upload.one_at_a_time"]);
});

describe("with the disk full (F10)", () => {
  let disk: SmallDisk;
  beforeAll(() => {
    disk = smallDisk();
  });
  afterAll(() => {
    disk.remove();
    Object.assign(env(), { dataDir: folder });
  });

  test("a picture is refused for now, nothing half-done stays, kept ones are shown, and with room it is taken", async () => {
    Object.assign(env(), { dataDir: disk.folder });
    const own = await anAuthor();
    const kept = await uploadPicture(by(own), { bytes: await picture(900, 600), alt: "Kept" });
    const bytes = await picture(900, 600);
    const files = await readdir(join(disk.folder, "files"), { recursive: true });
    disk.fillUpTo(0);
    await expect(uploadPicture(by(own), { bytes, alt: "A" })).rejects.toMatchObject({
      code: "unavailable",
      details: { retryAfter: 600 },
    });
    expect((await readdir(join(disk.folder, "files"), { recursive: true })).filter((name) => name.length > 2)).toEqual(
      files.filter((name) => name.length > 2),
    );
    expect((await readOwnPictures(by(own))).pictures.map(({ id }) => id)).toEqual([kept.id]);
    const shown = await openFile(kept.id);
    expect(shown && (await buffer(shown.stream)).length).toBe(shown?.bytes);
    disk.makeRoom();
    expect(await refusalOf(uploadPicture(by(own), { bytes, alt: "A" }))).toBe("done");
  });

  test("a file that the disk has no room for in the middle of writing is not there at all", async () => {
    const path = join(disk.folder, "whole");
    disk.fillUpTo(100_000);
    await expect(writeWhole(path, Buffer.alloc(300_000))).rejects.toMatchObject({ code: "ENOSPC" });
    expect((await readdir(disk.folder)).sort()).toEqual(["ballast", "files"]);
    await expect(access(path)).rejects.toMatchObject({ code: "ENOENT" });
    disk.makeRoom();
  });
});
