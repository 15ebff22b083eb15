// A picture that was made safe, put into keeping at all its widths. Its row is written by whoever calls, afterwards (R65).
import { dropFile, newFileId, putFile, smallerName } from "@/lib/media/files";
import type { SafePicture } from "@/lib/media/pictures";
import { sha256 } from "@/lib/services/tokens";

export interface KeptPicture {
  id: string;
  /** Of all its widths together. */
  bytes: number;
  width: number;
  height: number;
  /** Smaller widths in which it is kept, too, smallest first. */
  widths: number[];
  /** What the bytes are known by: those of the whole picture, then of each width. */
  checksums: string[];
}

/** What kept bytes are known by. */
export const checksumOf = (bytes: Uint8Array) => Buffer.from(sha256(bytes)).toString("base64url");

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
  const checksums = [webp, ...smaller.map((one) => one.webp)].map(checksumOf);
  return { id, bytes, width, height, widths: smaller.map((one) => one.width), checksums };
}

/** The names under which a picture is kept: whole, then at each of its smaller widths. */
export function namesOf(id: string, widths: readonly number[]): string[] {
  return [id, ...widths.map((width) => smallerName(id, width))];
}

/** Drops the bytes of a picture; what cannot be dropped now is found by the daily clean-up. */
export async function dropPicture(id: string, widths: readonly number[]): Promise<void> {
  await Promise.allSettled(namesOf(id, widths).map((name) => dropFile(name, "files")));
}
