// What is known of kept files; their bytes are lib/media's.
import type { Transaction } from "@/lib/store/client";

/** The pixels of these files; those that are not pictures are left out. */
export function sizesOfFiles(
  db: Transaction,
  ids: readonly string[],
): Promise<{ id: string; width: number; height: number }[]> {
  return db.$queryRaw<{ id: string; width: number; height: number }[]>`
    SELECT id, width, height FROM files WHERE id = ANY(${ids}) AND width > 0 AND height > 0`;
}
