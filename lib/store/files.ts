// What is known of kept files; their bytes are lib/media's.
import { userIdOf } from "@/lib/domain/actor";
import type { Permit } from "@/lib/domain/permissions";
import type { Transaction } from "@/lib/store/client";

export interface SizedFile {
  id: string;
  width: number;
  height: number;
  /** Smaller widths in which it is kept, too. */
  widths: number[];
}

/** The pixels of these files; those that are not pictures are left out. */
export function sizesOfFiles(db: Transaction, ids: readonly string[]): Promise<SizedFile[]> {
  return db.$queryRaw<SizedFile[]>`
    SELECT id, width, height, widths FROM files WHERE id = ANY(${ids}) AND width > 0 AND height > 0`;
}

export interface OwnFile extends SizedFile {
  alt: string;
  bytes: number;
  createdAt: Date;
}

/** The newest pictures that somebody brought. */
export function listOwnFiles(db: Transaction, userId: number, limit: number): Promise<OwnFile[]> {
  return db.$queryRaw<OwnFile[]>`
    SELECT id, width, height, widths, alt, bytes, created_at AS "createdAt" FROM files
    WHERE uploaded_by_id = ${userId} AND width > 0 AND height > 0
    ORDER BY created_at DESC, id LIMIT ${limit}`;
}

/** Whoever brought the same picture before gets that one again; null when they did not. */
export async function findOwnFile(
  db: Transaction,
  { userId, sha256 }: { userId: number; sha256: Uint8Array },
): Promise<OwnFile | null> {
  const rows = await db.$queryRaw<OwnFile[]>`
    SELECT id, width, height, widths, alt, bytes, created_at AS "createdAt" FROM files
    WHERE sha256 = ${sha256} AND uploaded_by_id = ${userId} AND width > 0 AND height > 0
    ORDER BY created_at LIMIT 1`;
  return rows[0] ?? null;
}

/** Bytes of all that somebody brought. */
export async function bytesOfFiles(db: Transaction, userId: number): Promise<number> {
  const { _sum } = await db.file.aggregate({ where: { uploadedById: userId }, _sum: { bytes: true } });
  return _sum.bytes ?? 0;
}

/** Two uploads of one person are counted one after the other. */
export async function lockUploader(db: Transaction, userId: number): Promise<void> {
  await db.$queryRaw`SELECT id FROM users WHERE id = ${userId} FOR NO KEY UPDATE`;
}

export interface NewFile {
  id: string;
  /** Of all its widths together. */
  bytes: number;
  width: number;
  height: number;
  widths: number[];
  alt: string;
  /** Of what was brought. */
  sha256: Uint8Array;
}

/** Writes the row of a picture whose bytes are kept already. */
export async function insertFile(
  db: Transaction,
  permit: Permit<"file.upload"> | Permit<"site.import">,
  file: NewFile,
): Promise<void> {
  await db.file.create({
    data: {
      ...file,
      sha256: Uint8Array.from(file.sha256),
      contentType: "image/webp",
      uploadedById: permit.permission === "file.upload" ? userIdOf(permit.actor) : null,
    },
    select: { id: true },
  });
}

/** Which of these files have a row. */
export async function filesKnown(db: Transaction, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db.file.findMany({ where: { id: { in: [...ids] } }, select: { id: true } });
  return new Set(rows.map((row) => row.id));
}

/** The ids of files with a row that was written before a time, in order, after `after`. */
export async function listFileIds(
  db: Transaction,
  wish: { before: Date; after: string; limit: number },
): Promise<string[]> {
  const rows = await db.file.findMany({
    where: { createdAt: { lt: wish.before }, id: { gt: wish.after } },
    select: { id: true },
    orderBy: { id: "asc" },
    take: wish.limit,
  });
  return rows.map((row) => row.id);
}
