// Who moderates this site, to be called when something needs one.
import type { Transaction } from "@/lib/store/client";

/** Everybody who may moderate and can be written to. */
export async function moderatorIds(db: Transaction): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    SELECT id FROM users
    WHERE roles && '{MODERATOR,ADMIN}'::role[] AND email IS NOT NULL AND deleted_at IS NULL AND suspended_at IS NULL
    ORDER BY id`;
  return rows.map(({ id }) => id);
}
