// Archives of what somebody has here: asked for, made by a job, kept for a day.
import type { Permit } from "@/lib/domain/permissions";
import type { Transaction } from "@/lib/store/client";

export interface ExportRow {
  id: number;
  createdAt: Date;
  /** Null until it is made. */
  readyAt: Date | null;
  /** When the file goes. */
  expiresAt: Date | null;
}

const shown = { id: true, createdAt: true, readyAt: true, expiresAt: true } as const;

/** A member's archives that are being made or can still be had, newest first. */
export function listExports(db: Transaction, userId: number): Promise<ExportRow[]> {
  return db.$queryRaw<ExportRow[]>`
    SELECT id, created_at AS "createdAt", ready_at AS "readyAt", expires_at AS "expiresAt" FROM data_exports
    WHERE user_id = ${userId} AND (expires_at > now() OR ready_at IS NULL AND created_at > now() - interval '1 day')
    ORDER BY id DESC`;
}

/** The newest one of a member and its age in seconds, the member's row locked, so that two wishes at once see each other. */
export async function lockNewestExport(
  db: Transaction,
  userId: number,
): Promise<{ ready: boolean; ageSeconds: number } | null> {
  await db.$executeRaw`SELECT 1 FROM users WHERE id = ${userId} FOR NO KEY UPDATE`;
  const rows = await db.$queryRaw<{ ready: boolean; ageSeconds: number }[]>`
    SELECT ready_at IS NOT NULL AS ready, extract(epoch FROM now() - created_at)::int AS "ageSeconds" FROM data_exports
    WHERE user_id = ${userId} ORDER BY id DESC LIMIT 1`;
  return rows[0] ?? null;
}

/** Writes the wish for an archive. */
export function insertExport(db: Transaction, _permit: Permit<"account.manage">, userId: number): Promise<ExportRow> {
  return db.dataExport.create({ data: { userId }, select: shown });
}

/** Whose archive is to be made; null when it was made already, or its member has left. */
export async function findWishedExport(db: Transaction, id: number): Promise<{ userId: number } | null> {
  const where = { id, readyAt: null, user: { deletedAt: null } };
  return db.dataExport.findFirst({ where, select: { userId: true } });
}

/** The archive is there. Says no when it was made meanwhile, or is not wanted any more. */
export async function writeReadyExport(
  db: Transaction,
  made: { id: number; file: string; keptMs: number },
): Promise<boolean> {
  const written = await db.$executeRaw`
    UPDATE data_exports
    SET ready_at = now(), expires_at = now() + ${made.keptMs} * interval '1 millisecond', file = ${made.file}
    WHERE id = ${made.id} AND ready_at IS NULL`;
  return written === 1;
}

/** The kept file of a member's own archive; null when it is not theirs, not ready, or over. */
export async function findOwnExport(
  db: Transaction,
  own: { id: number; userId: number },
): Promise<{ file: string; createdAt: Date } | null> {
  const rows = await db.$queryRaw<{ file: string; createdAt: Date }[]>`
    SELECT file, created_at AS "createdAt" FROM data_exports
    WHERE id = ${own.id} AND user_id = ${own.userId} AND file IS NOT NULL AND expires_at > now()`;
  return rows[0] ?? null;
}

/** The kept files of archives that are over, or of one member's: to be deleted before their rows. */
export async function filesOfExports(db: Transaction, which: "ended" | { userId: number }): Promise<string[]> {
  const rows =
    which === "ended"
      ? await db.$queryRaw<{ file: string }[]>`
          SELECT file FROM data_exports WHERE file IS NOT NULL AND expires_at <= now()`
      : await db.$queryRaw<{ file: string }[]>`
          SELECT file FROM data_exports WHERE file IS NOT NULL AND user_id = ${which.userId}`;
  return rows.map(({ file }) => file);
}

/** Forgets archives by their files, and wishes that never came true. */
export async function forgetExports(db: Transaction, files: readonly string[]): Promise<void> {
  await db.$executeRaw`
    DELETE FROM data_exports
    WHERE file = ANY(${[...files]}::text[]) OR ready_at IS NULL AND created_at < now() - interval '1 day'`;
}

/** Forgets all of a member's archives. */
export async function forgetExportsOf(db: Transaction, userId: number): Promise<void> {
  await db.dataExport.deleteMany({ where: { userId } });
}
