// Decodes one picture after another and writes each anew, in a process of its own that may die without harm (R63). Plain
// JavaScript, so that it starts without a compiler. Speaks by messages: { file, limits } → { webp, width, height } or { refused }.
import { readFile, stat } from "node:fs/promises";
import sharp from "sharp";

// Every decoder that is not one of the four is off before the first byte is looked at.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp", "VipsForeignLoadNsgif"],
});
sharp.cache(false);
sharp.concurrency(1);

process.on("message", async ({ file, limits }) => {
  try {
    process.send(await reencode(file, limits));
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

async function reencode(file, limits) {
  const { size } = await stat(file);
  if (size > limits.bytes) return { refused: "too_large" };
  const input = await readFile(file);
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
  return { webp: data, width: info.width, height: info.pageHeight ?? info.height };
}
