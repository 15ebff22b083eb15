// How large the pictures are that a text shows, for rendering it.
import { database } from "@/lib/store/client";
import { sizesOfFiles } from "@/lib/store/files";
import { picturesNamed } from "@/lib/text/own-pictures";
import type { PictureSize } from "@/lib/text/rendered";

/** Id → pixels of the kept pictures that the Markdown names. A text without pictures asks nothing. */
export async function pictureSizes(markdown: string): Promise<Record<string, PictureSize>> {
  const ids = picturesNamed(markdown);
  if (ids.length === 0) return {};
  const files = await sizesOfFiles(database(), ids);
  return Object.fromEntries(files.map(({ id, width, height, widths }) => [id, { width, height, smaller: widths }]));
}
