// Decodes one picture after another and writes each anew, in a process of its own that may die without harm (R63). Plain
// JavaScript, so that it starts without a compiler. Speaks by messages:
// { input, limits } → { webp, width, height, smaller: [{ webp, width }] } or { refused }.
import { readFile, stat } from "node:fs/promises";
import sharp from "sharp";

// Every decoder that is not one of the four is off before the first byte is looked at.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp", "VipsForeignLoadNsgif"],
});
sharp.cache(false);
sharp.concurrency(1);

process.on("message", async ({ input, limits }) => {
  try {
    process.send(await reencode(input, limits));
  } catch (error) {
    process.send({ refused: reasonOf(error instanceof Error ? error.message : "") });
  }
});
process.on("disconnect", () => process.exit(0));

/** sharp says in words what it refuses. */
function reasonOf(message) {
  if (/pixel limit/i.test(message)) return "too_large";
  return /unsupported image format/i.test(message) ? "not_a_picture" : "unreadable";
}

/** @param given the path of a picture, or its bytes */
async function reencode(given, limits) {
  const input = typeof given === "string" ? await bytesOf(given, limits) : Buffer.from(given);
  if (input === null || input.length > limits.bytes) return { refused: "too_large" };
  const reading = { limitInputPixels: limits.pixels, failOn: "error", animated: false };
  const { format, pages = 1, width = 0, height = 0 } = await sharp(input, reading).metadata();
  if (!["jpeg", "png", "webp", "gif"].includes(format)) return { refused: "not_a_picture" };
  if (width > limits.side || height > limits.side || width * height * pages > limits.pixels)
    return { refused: "too_large" };
  const animated = pages > 1 && pages <= limits.frames;
  const { data, info } = await sharp(input, { ...reading, animated })
    .timeout({ seconds: limits.seconds })
    // Turned as the camera said, since that note goes with the rest of the metadata.
    .autoOrient()
    .resize({
      width: limits.shownSide,
      height: animated ? undefined : limits.shownSide,
      fit: "inside",
      withoutEnlargement: true,
    })
    .webp({ quality: 82, effort: 4 })
    .toBuffer({ resolveWithObject: true });
  const smaller = animated ? [] : await smallerOf(data, info.width, limits);
  return { webp: data, width: info.width, height: info.pageHeight ?? info.height, smaller };
}

async function bytesOf(file, limits) {
  const { size } = await stat(file);
  return size > limits.bytes ? null : readFile(file);
}

/** The same picture at the smaller widths that are worth it; made of the larger one, which is quick and looks alike. */
async function smallerOf(webp, fullWidth, limits) {
  const made = [];
  for (const width of limits.smallerWidths) {
    if (width * limits.worthSmaller > fullWidth) continue;
    const data = await sharp(webp)
      .timeout({ seconds: limits.seconds })
      .resize({ width })
      .webp({ quality: 80, effort: 4 })
      .toBuffer();
    made.push({ webp: data, width });
  }
  return made;
}
