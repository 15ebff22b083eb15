// Comments that wait for nothing but their member's address.
import type { Transaction } from "@/lib/store/client";

/** The most that are looked at when an address is confirmed: more than a new member can have posted. */
const most = 300;

/**
 * A member's comments that the system held because their address was not confirmed, and that nothing has been decided about since; locked
 * until the transaction ends. None while the member is suspended or a moderator has limited them: then they wait on.
 */
export async function heldAsUnverified(db: Transaction, userId: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: bigint }[]>`
    SELECT c.id
    FROM comments c
    JOIN users u ON u.id = c.user_id AND u.suspended_at IS NULL AND u.deleted_at IS NULL
    JOIN threads t ON t.id = c.thread_id AND t.state = 'OPEN'
    JOIN articles a ON a.id = t.article_id AND a.published_revision_id IS NOT NULL
    CROSS JOIN LATERAL (
      SELECT kind, actor_id, reason FROM moderation_actions WHERE comment_id = c.id ORDER BY id DESC LIMIT 1) last
    WHERE c.user_id = ${userId} AND c.status = 'PENDING' AND c.report_weight = 0
      AND last.kind = 'HOLD' AND last.actor_id IS NULL AND last.reason = 'unverified'
      AND NOT EXISTS (
        SELECT 1 FROM sanctions s
        WHERE s.user_id = u.id AND s.kind IN ('MUTE', 'PREMODERATE', 'BAN') AND s.lifted_at IS NULL
          AND (s.ends_at IS NULL OR s.ends_at > now()))
    ORDER BY c.thread_id, c.id LIMIT ${most}
    FOR NO KEY UPDATE OF c`;
  return rows.map(({ id }) => String(id));
}
