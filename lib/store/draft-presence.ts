// Who has a draft open just now. May be forgotten in a crash; nothing depends on it but a line on the page.
import { limits } from "@/lib/domain/limits";
import type { Transaction } from "@/lib/store/client";

/** Says that `userId` has the draft open at this moment. */
export async function touchPresence(db: Transaction, revisionId: number, userId: number): Promise<void> {
  await db.$executeRaw`
    INSERT INTO draft_presences (revision_id, user_id, seen_at) VALUES (${revisionId}, ${userId}, now())
    ON CONFLICT (revision_id, user_id) DO UPDATE SET seen_at = now()`;
}

/** Names of the others who have it open. */
export async function presentIn(db: Transaction, revisionId: number, exceptUserId: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ name: string }[]>`
    SELECT u.display_name AS name FROM draft_presences p JOIN users u ON u.id = p.user_id
    WHERE p.revision_id = ${revisionId} AND p.user_id <> ${exceptUserId}
      AND p.seen_at > now() - ${limits.presenceMs} * interval '1 millisecond'
    ORDER BY u.display_name`;
  return rows.map(({ name }) => name);
}

/** Says that `userId` has left it. */
export async function endPresence(db: Transaction, revisionId: number, userId: number): Promise<void> {
  await db.draftPresence.deleteMany({ where: { revisionId, userId } });
}
