// Pictures that no text has used for long are removed, once a day. Their rows go first and their bytes afterwards: what is left when the
// process dies in between is found by match-files.
import { limits } from "@/lib/domain/limits";
import { log } from "@/lib/log";
import { dropPicture } from "@/lib/services/keep-picture";
import { database } from "@/lib/store/client";
import { deleteUnused, noteUnused, picturesInUse } from "@/lib/store/picture-uses";

const dayMs = 86_400_000;

/** Removed in one transaction; one that is used again by a save waits no longer than for these. */
const atOnce = 50;

/** Notes what is unused now, and removes what has been for `limits.unusedPictureDays`. @returns how many were removed */
export async function removeUnusedPictures(now = new Date()): Promise<number> {
  const used = await picturesInUse(database());
  await noteUnused(database(), { used, now, settledBefore: new Date(now.getTime() - dayMs) });
  const before = new Date(now.getTime() - limits.unusedPictureDays * dayMs);
  let removed = 0;
  for (let gone = atOnce; gone === atOnce; removed += gone) {
    const pictures = await deleteUnused(database(), { before, limit: atOnce });
    for (const { id, widths } of pictures) await dropPicture(id, widths);
    gone = pictures.length;
  }
  if (removed > 0) log().info({ removed }, "Pictures that no text has used for long were removed.");
  return removed;
}
