// A picture that was made safe, put into keeping at all its widths. Its row is written by whoever calls, afterwards (R65).
import { dropFile, newFileId, putFile, smallerName } from "@/lib/media/files";
import type { SafePicture } from "@/lib/media/pictures";

export interface KeptPicture {
  id: string;
  /** Of all its widths together. */
  bytes: number;
  width: number;
  height: number;
  /** Smaller widths in which it is kept, too, smallest first. */
  widths: number[];
}

/** The id of a new picture. */
export const newPictureId = newFileId;

/**
 * Keeps the bytes. When one of them cannot be kept, none is.
 * @throws StoreFull, or whatever the store says
 */
export async function keepPicture(id: string, picture: SafePicture): Promise<KeptPicture> {
  const { webp, width, height, smaller } = picture;
  try {
    for (const one of smaller) await putFile(smallerName(id, one.width), one.webp);
    await putFile(id, webp);
  } catch (error) {
    await dropPicture(
      id,
      smaller.map((one) => one.width),
    );
    throw error;
  }
  const bytes = smaller.reduce((sum, one) => sum + one.webp.length, webp.length);
  return { id, bytes, width, height, widths: smaller.map((one) => one.width) };
}

/** Drops the bytes of a picture; what cannot be dropped now is found by the daily clean-up. */
export async function dropPicture(id: string, widths: readonly number[]): Promise<void> {
  const names = [id, ...widths.map((width) => smallerName(id, width))];
  await Promise.allSettled(names.map((name) => dropFile(name, "files")));
}
