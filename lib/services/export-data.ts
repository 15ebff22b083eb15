// An archive of all that a member has here, as JSON for programs and Markdown for people. Asked for in settings, made by a job, kept for a
// day where only its owner gets at it (R97).
import { DomainError } from "@/lib/domain/errors";
import { dropFile, newFileId, openFile, putFile } from "@/lib/media/files";
import { archiveOf } from "@/lib/services/archive";
import { requireConfirmed } from "@/lib/services/confirm-identity";
import type { Context } from "@/lib/services/context";
import { self } from "@/lib/services/own-account";
import { audit } from "@/lib/store/audit";
import { database, inTransaction } from "@/lib/store/client";
import {
  type ExportRow,
  filesOfExports,
  findOwnExport,
  findWishedExport,
  forgetExports,
  insertExport,
  listExports,
  lockNewestExport,
  writeReadyExport,
} from "@/lib/store/exports";
import { enqueue, priorities } from "@/lib/store/jobs";

/** How long an archive is kept. */
const keptMs = 24 * 3_600_000;

/** It is much work, and seldom changes within an hour. Seconds. */
const pause = 3_600;

/**
 * Asks for an archive; a mail says when it is there. One at a time, and one an hour.
 * @throws DomainError `unauthenticated` (also: confirm first), `forbidden` for programs, `conflict` while one is being made,
 *   `rate_limited`
 */
export async function askExport(ctx: Context): Promise<ExportRow> {
  const { actor, permit } = self(ctx);
  requireConfirmed(ctx);
  const { userId } = actor;
  return inTransaction(async (tx) => {
    const newest = await lockNewestExport(tx, userId);
    if (newest && newest.ageSeconds < pause) {
      if (!newest.ready) throw new DomainError("conflict", { reason: "export.running" });
      throw new DomainError("rate_limited", { reason: "export.too_often", retryAfter: pause - newest.ageSeconds });
    }
    const wished = await insertExport(tx, permit, userId);
    await audit(tx, { kind: "dataExported", actorId: userId, subjectId: userId });
    const priority = priorities.bulk;
    await enqueue(tx, { task: "export-data", payload: { exportId: wished.id } }, { priority });
    return wished;
  });
}

/**
 * One's archives, being made or still there, newest first.
 * @throws DomainError `unauthenticated`, `forbidden` for programs
 */
export function readExports(ctx: Context): Promise<ExportRow[]> {
  return listExports(database(), self(ctx).actor.userId);
}

/**
 * Opens one's own archive for reading.
 * @throws DomainError `unauthenticated`, `forbidden` for programs, `not_found` when it is not one's own, not ready, or over
 */
export async function openExport(ctx: Context, input: { id: number }): Promise<ReturnType<typeof opened>> {
  const { actor } = self(ctx);
  const own = await findOwnExport(database(), { id: input.id, userId: actor.userId });
  const file = own && (await openFile(own.file, "exports"));
  if (!file) throw new DomainError("not_found");
  return opened(file, `colloquy-${actor.handle}-${own.createdAt.toISOString().slice(0, 10)}.zip`);
}

function opened(file: NonNullable<Awaited<ReturnType<typeof openFile>>>, name: string) {
  return { ...file, name };
}

/** Makes an archive that was asked for. A second time does nothing. */
export async function makeExport(input: { exportId: number }): Promise<void> {
  const id = input.exportId;
  const wished = await findWishedExport(database(), id);
  if (!wished) return;
  const { userId } = wished;
  const file = newFileId();
  await putFile(file, await archiveOf(userId), "exports");
  const written = await inTransaction(async (tx) => {
    const first = await writeReadyExport(tx, { id, file, keptMs });
    if (first) await enqueue(tx, { task: "send-mail", payload: { kind: "exportReady", userId, exportId: id } });
    return first;
  });
  if (!written) await dropFile(file, "exports");
}

/** Deletes archives that are over, files first. */
export async function dropEndedExports(): Promise<void> {
  const files = await filesOfExports(database(), "ended");
  for (const file of files) await dropFile(file, "exports");
  await forgetExports(database(), files);
}
