// Brings a picture: judged by its content, decoded and written anew in a process of its own, kept at a few widths (R62-R65).
import { userIdOf } from "@/lib/domain/actor";
import { DomainError } from "@/lib/domain/errors";
import { limits } from "@/lib/domain/limits";
import { authorize, can, type Permit } from "@/lib/domain/permissions";
import { siteSettingsOf } from "@/lib/domain/settings";
import type { UploadedPicture } from "@/lib/domain/upload";
import { fileSize } from "@/lib/media/files";
import { safePicture } from "@/lib/media/picture-queue";
import type { SafePicture } from "@/lib/media/pictures";
import { once } from "@/lib/once";
import { allowancesFor } from "@/lib/services/allowances";
import type { Context } from "@/lib/services/context";
import { dropPicture, type KeptPicture, keepPicture, newPictureId } from "@/lib/services/keep-picture";
import { sha256 } from "@/lib/services/tokens";
import { database, inTransaction } from "@/lib/store/client";
import { countOpenDrafts } from "@/lib/store/drafts";
import { bytesOfFiles, insertFile, listOwnFiles, lockUploader, takeOwnFile } from "@/lib/store/files";
import { consume } from "@/lib/store/rate-limits";
import { readSettings } from "@/lib/store/settings";

/** Pictures on the page of one's own; older ones stay, but are not listed. */
const picturesListed = 60;

/** What may be wrong with the file, in the words of `lib/ui/labels`. */
const reasons = {
  not_a_picture: "upload.not_a_picture",
  too_large: "upload.too_large",
  unreadable: "upload.unreadable",
  too_slow: "upload.unreadable",
} as const;

/** @throws DomainError `unauthenticated`, `forbidden` */
async function permitOf(ctx: Context): Promise<{ permit: Permit<"file.upload">; userId: number }> {
  const userId = userIdOf(ctx.actor);
  if (userId === null) throw new DomainError("unauthenticated");
  if (can(ctx.actor, "file.upload")) return { permit: authorize(ctx.actor, "file.upload"), userId };
  const [settings, drafts] = await Promise.all([readSettings(database()), countOpenDrafts(database(), userId)]);
  const membersWrite = siteSettingsOf(settings).membersWrite;
  return { permit: authorize(ctx.actor, "file.upload", { membersWrite, writers: drafts > 0 ? [userId] : [] }), userId };
}

/**
 * Keeps a picture. The same picture brought again by the same person is the one that is there.
 * @param input.alt what it shows, as `altSchema` leaves it
 * @throws DomainError `unauthenticated`, `forbidden`, `invalid` on `file`, `too_large`, `rate_limited` (also while another one of
 *   the same person is at work), `unavailable` when pictures wait already or there is no room
 */
export async function uploadPicture(ctx: Context, input: { bytes: Uint8Array; alt: string }): Promise<UploadedPicture> {
  const { permit, userId } = await permitOf(ctx);
  if (input.bytes.length === 0) throw new DomainError("invalid", { fields: { file: "upload.missing" } });
  if (input.bytes.length > limits.pictureBytes)
    throw new DomainError("invalid", { fields: { file: "upload.too_large" } });
  const hash = sha256(input.bytes);
  const earlier = await takeOwnFile(database(), { userId, sha256: hash });
  if (earlier && (await fileSize(earlier.id)) !== null) return { ...earlier, alt: input.alt };
  return alone(userId, async () => {
    const allowances = await allowancesFor(ctx, "upload");
    await inTransaction(async (tx) => {
      await consume(tx, allowances, "upload.too_often");
      await refuseBeyondQuota(await bytesOfFiles(tx, userId));
    });
    const safe = await madeSafe(input.bytes);
    const kept = await keptSafely(safe);
    try {
      return await inTransaction(async (tx) => {
        await lockUploader(tx, userId);
        await refuseBeyondQuota((await bytesOfFiles(tx, userId)) + kept.bytes);
        await insertFile(tx, permit, { ...kept, alt: input.alt, sha256: hash });
        const { checksums: _, ...picture } = kept;
        return { ...picture, alt: input.alt, createdAt: ctx.now };
      });
    } catch (error) {
      await dropPicture(kept.id, kept.widths);
      throw error;
    }
  });
}

export interface OwnPicture extends UploadedPicture {
  /** When it is removed unless a text uses it until then; null while one does. */
  removedOn: Date | null;
}

/** One's own newest pictures, and how much of the room is used. @throws DomainError `unauthenticated`, `forbidden` */
export async function readOwnPictures(ctx: Context): Promise<{ pictures: OwnPicture[]; usedBytes: number }> {
  const { userId } = await permitOf(ctx);
  const [files, usedBytes] = await Promise.all([
    listOwnFiles(database(), userId, picturesListed),
    bytesOfFiles(database(), userId),
  ]);
  const pictures = files.map(({ unusedSince, ...file }) => ({
    ...file,
    removedOn: unusedSince && new Date(unusedSince.getTime() + limits.unusedPictureDays * 86_400_000),
  }));
  return { pictures, usedBytes };
}

/** One picture at a time for each person, in this process (R63): decoding is dear, and nobody needs two. */
async function alone<T>(userId: number, work: () => Promise<T>): Promise<T> {
  const busy = once("uploaders", () => new Set<number>());
  if (busy.has(userId)) throw new DomainError("rate_limited", { reason: "upload.one_at_a_time", retryAfter: 2 });
  busy.add(userId);
  try {
    return await work();
  } finally {
    busy.delete(userId);
  }
}

async function refuseBeyondQuota(bytes: number): Promise<void> {
  if (bytes > limits.pictureQuota) throw new DomainError("invalid", { fields: { file: "upload.quota" } });
}

async function madeSafe(bytes: Uint8Array): Promise<SafePicture> {
  const answer = await safePicture(bytes).catch((error: unknown) => {
    if (error instanceof Error && error.name === "PicturesBusy")
      throw new DomainError("unavailable", { retryAfter: 10 });
    throw error;
  });
  if ("refused" in answer) throw new DomainError("invalid", { fields: { file: reasons[answer.refused] } });
  return answer;
}

async function keptSafely(safe: SafePicture): Promise<KeptPicture> {
  try {
    return await keepPicture(newPictureId(), safe);
  } catch (error) {
    // An admin has to make room; whoever writes can only wait.
    if (error instanceof Error && error.name === "StoreFull") throw new DomainError("unavailable", { retryAfter: 600 });
    throw error;
  }
}
