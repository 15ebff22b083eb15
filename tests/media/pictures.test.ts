// Foreign pictures made safe: what is taken, what is refused, and that a bomb harms nobody.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PictureProcess } from "@/lib/media/pictures";

const pictures = new PictureProcess();
let folder = "";
const red = { channels: 3 as const, background: "red" };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "colloquy-pictures-"));
});
afterAll(async () => {
  pictures.close();
  await rm(folder, { recursive: true, force: true });
});

async function reencode(name: string, bytes: Uint8Array) {
  const file = join(folder, name);
  await writeFile(file, bytes);
  return pictures.reencode(file);
}

describe("taken", () => {
  test.each(["jpeg", "png", "webp", "gif"] as const)("%s becomes WebP, whatever its name says", async (format) => {
    const bytes = await sharp({ create: { width: 60, height: 40, ...red } })
      .toFormat(format)
      .toBuffer();
    const safe = await reencode("innocent.txt", bytes);
    expect(safe).toMatchObject({ width: 60, height: 40 });
    if ("webp" in safe) expect((await sharp(safe.webp).metadata()).format).toBe("webp");
  });

  test("a large one is made smaller, turned as the camera said, and loses what the camera noted", async () => {
    const bytes = await sharp({ create: { width: 3_000, height: 1_000, ...red } })
      .withExif({ IFD0: { Copyright: "Somebody" }, IFD3: { GPSLatitude: "51/1 30/1 0/1" } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const safe = await reencode("camera.jpg", bytes);
    expect(safe).toMatchObject({ width: 683, height: 2_048 });
    if (!("webp" in safe)) return;
    const { exif, icc, xmp } = await sharp(safe.webp).metadata();
    expect([exif, icc, xmp]).toEqual([undefined, undefined, undefined]);
  });
});

describe("smaller widths", () => {
  test.each([
    ["a wide one gets both", 2_000, 500, [640, 1_280]],
    ["one that is hardly wider than a width goes without it", 1_400, 500, [640]],
    ["a small one needs none", 600, 400, []],
  ])("%s", async (_sentence, width, height, widths) => {
    const bytes = await sharp({ create: { width, height, ...red } })
      .png()
      .toBuffer();
    const safe = await pictures.reencode(bytes);
    if ("refused" in safe) throw new Error(safe.refused);
    expect(safe.smaller.map((one) => one.width)).toEqual(widths);
    for (const one of safe.smaller) expect((await sharp(one.webp).metadata()).width).toBe(one.width);
  });
});

describe("refused", () => {
  test.each([
    ["SVG", () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), "not_a_picture"],
    [
      "SVG with a foreign file in it",
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'),
      "not_a_picture",
    ],
    [
      "AVIF",
      () =>
        sharp({ create: { width: 9, height: 9, ...red } })
          .avif()
          .toBuffer(),
      "not_a_picture",
    ],
    [
      "TIFF",
      () =>
        sharp({ create: { width: 9, height: 9, ...red } })
          .tiff()
          .toBuffer(),
      "not_a_picture",
    ],
    ["a web page", () => Buffer.from("<html><script>alert(1)</script></html>"), "not_a_picture"],
    ["nothing", () => Buffer.alloc(0), "unreadable"],
    [
      "a picture that was cut off",
      async () =>
        (
          await sharp({ create: { width: 900, height: 900, ...red } })
            .png()
            .toBuffer()
        ).subarray(0, 500),
      "unreadable",
    ],
    ["a bomb: few bytes, 1.6 thousand million pixels", () => pngBomb(40_000), "too_large"],
  ] as const)("%s", async (_, make, reason) => {
    const started = performance.now();
    expect(await reencode("a.png", await make())).toEqual({ refused: reason });
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test("a file that is not there", async () => {
    expect(await pictures.reencode(join(folder, "nowhere.png"))).toEqual({ refused: "unreadable" });
  });

  test("after all that the next picture is taken", async () => {
    const bytes = await sharp({ create: { width: 5, height: 5, ...red } })
      .png()
      .toBuffer();
    expect(await reencode("b.png", bytes)).toMatchObject({ width: 5, height: 5 });
  });
});

/** A well-formed PNG of `side` × `side` pixels of one colour. */
function pngBomb(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.writeUInt8(1, 8);
  const rows = deflateSync(Buffer.alloc((side / 8 + 1) * 1_000));
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", header),
    chunk("IDAT", rows),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
