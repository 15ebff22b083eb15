// What is wrong with the bytes of kept pictures, as the daily check found it (F37).
import type { Transaction } from "@/lib/store/client";

export type PictureFault = "missing" | "altered";

export interface CheckedFile {
  id: string;
  widths: number[];
  /** Empty until it was first checked. */
  checksums: string[];
  fault: PictureFault | null;
}

/** The next files in order of their ids that were kept before a time. */
export function listFilesToCheck(
  db: Transaction,
  wish: { before: Date; after: string; limit: number },
): Promise<CheckedFile[]> {
  return db.$queryRaw`
    SELECT id, widths, checksums, fault FROM files
    WHERE created_at < ${wish.before} AND id > ${wish.after} AND width > 0 ORDER BY id LIMIT ${wish.limit}`;
}

/** Writes down what was found. @param found.fault null: it is as it should be */
export async function noteCheck(
  db: Transaction,
  found: { id: string; checksums: readonly string[]; fault: PictureFault | null; at: Date },
): Promise<void> {
  await db.$executeRaw`
    UPDATE files SET checksums = ${[...found.checksums]}, fault = ${found.fault},
      fault_since = CASE WHEN ${found.fault}::text IS NULL THEN NULL ELSE coalesce(fault_since, ${found.at}) END
    WHERE id = ${found.id}`;
}

export interface FaultyPicture {
  id: string;
  alt: string;
  fault: PictureFault;
  since: Date;
  uploader: string | null;
}

/** What is wrong now, newest first. */
export function listFaults(db: Transaction, limit: number): Promise<FaultyPicture[]> {
  return db.$queryRaw`
    SELECT f.id, f.alt, f.fault, f.fault_since AS since, u.display_name AS uploader
    FROM files f LEFT JOIN users u ON u.id = f.uploaded_by_id
    WHERE f.fault IS NOT NULL ORDER BY f.fault_since DESC, f.id LIMIT ${limit}`;
}
