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

/** A picture of one's own, with what becomes of it. */
export interface ListedFile extends OwnFile {
  /** Since when no text has used it; null while one does. */
  unusedSince: Date | null;
}

/** The newest pictures that somebody brought. */
export function listOwnFiles(db: Transaction, userId: number, limit: number): Promise<ListedFile[]> {
  return db.$queryRaw<ListedFile[]>`
    SELECT id, width, height, widths, alt, bytes, created_at AS "createdAt", unused_since AS "unusedSince" FROM files
    WHERE uploaded_by_id = ${userId} AND width > 0 AND height > 0
    ORDER BY created_at DESC, id LIMIT ${limit}`;
}

/** Whoever brought the same picture before gets that one again, and it counts as used from now on; null when they did not. */
export async function takeOwnFile(
  db: Transaction,
  { userId, sha256 }: { userId: number; sha256: Uint8Array },
): Promise<OwnFile | null> {
  const rows = await db.$queryRaw<OwnFile[]>`
    UPDATE files SET unused_since = NULL WHERE id = (
      SELECT id FROM files WHERE sha256 = ${sha256} AND uploaded_by_id = ${userId} AND width > 0 AND height > 0
      ORDER BY created_at LIMIT 1 FOR UPDATE)
    RETURNING id, width, height, widths, alt, bytes, created_at AS "createdAt"`;
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
  /** Of what is kept: SHA-256 in base64url, of the whole picture and then of each width. */
  checksums: string[];
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
