// Are the kept pictures there, and are they what they were (F37)? Once a day each is read and compared with its checksum. One that was
// altered is set aside, so that readers see the placeholder of a missing one, and not whatever somebody put there.
import { authorize } from "@/lib/domain/permissions";
import { log } from "@/lib/log";
import { dropFile, openFile, setAside } from "@/lib/media/files";
import type { Context } from "@/lib/services/context";
import { checksumOf, namesOf } from "@/lib/services/keep-picture";
import { database } from "@/lib/store/client";
import {
  type CheckedFile,
  type FaultyPicture,
  listFaults,
  listFilesToCheck,
  noteCheck,
  type PictureFault,
} from "@/lib/store/picture-faults";

/** Younger ones may be on their way: the row is written after the bytes, and a backup may be under way. */
const youngMs = 3_600_000;

/** Rows that are read together. */
const atOnce = 200;

/** Shown to whoever runs the site; with more, the store itself is the trouble. */
const faultsShown = 100;

/**
 * Reads every kept picture. What is missing or altered is logged and listed, what is there again is well again. A store that does not
 * answer stops the check and says nothing about pictures.
 * @returns how many are not as they should be
 */
export async function checkPictures(now = new Date()): Promise<number> {
  const before = new Date(now.getTime() - youngMs);
  let faults = 0;
  for (let after = ""; ; ) {
    const files = await listFilesToCheck(database(), { before, after, limit: atOnce });
    for (const file of files) if ((await check(file, now)) !== null) faults++;
    const last = files.at(-1);
    if (!last || files.length < atOnce) return faults;
    after = last.id;
  }
}

async function check(file: CheckedFile, at: Date): Promise<PictureFault | null> {
  const { id, widths, checksums } = file;
  const names = namesOf(id, widths);
  // Kept before checksums were: as it is now is how it should be.
  const known = checksums.length === names.length;
  let fault: PictureFault | null = null;
  const found: string[] = [];
  for (const [nth, name] of names.entries()) {
    const checksum = await checksumOfFile(name);
    found.push(checksum ?? "");
    if (checksum === null) fault ??= "missing";
    else if (known && checksum !== checksums[nth]) {
      await setAside(name);
      fault = "altered";
    }
  }
  // What was set aside is missing afterwards, and still was altered.
  if (fault === "missing" && file.fault === "altered") fault = "altered";
  const isNew = fault !== file.fault;
  if (fault && isNew) log().error({ id, fault }, "A kept picture is not what it was. Put its file back from a backup.");
  if (!fault && isNew) {
    for (const name of names) await dropFile(name, "damaged");
    log().info({ id }, "A kept picture is whole again.");
  }
  if (isNew || (!known && fault === null)) {
    await noteCheck(database(), { id, checksums: known ? checksums : fault ? [] : found, fault, at });
  }
  return fault;
}

async function checksumOfFile(name: string): Promise<string | null> {
  const found = await openFile(name);
  if (found === null) return null;
  const chunks: Uint8Array[] = [];
  for await (const chunk of found.stream) chunks.push(chunk);
  return checksumOf(Buffer.concat(chunks));
}

/** Pictures that are not as they should be, for whoever runs the site. @throws DomainError `forbidden` */
export async function readFaultyPictures(ctx: Context): Promise<FaultyPicture[]> {
  authorize(ctx.actor, "review.enter");
  return listFaults(database(), faultsShown);
}
