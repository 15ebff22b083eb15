// Who has which item of the queue before them. It keeps nobody from deciding; it only says so.
import { limits } from "@/lib/domain/limits";
import type { Permit } from "@/lib/domain/permissions";
import type { Transaction } from "@/lib/store/client";

export interface ClaimRow {
  commentId: bigint;
  userId: number;
  name: string;
}

/** Claims an item for a while, or renews the claim. What another has claimed stays theirs until their time is over. */
export async function claim(
  db: Transaction,
  _permit: Permit<"moderation.enter">,
  wish: { commentId: bigint; userId: number },
): Promise<void> {
  await db.$executeRaw`
    WITH left_behind AS (DELETE FROM queue_claims WHERE user_id = ${wish.userId} AND comment_id <> ${wish.commentId})
    INSERT INTO queue_claims AS c (comment_id, user_id, until)
    SELECT id, ${wish.userId}, now() + ${limits.claimMs} * interval '1 millisecond' FROM comments WHERE id = ${wish.commentId}
    ON CONFLICT (comment_id) DO UPDATE SET user_id = excluded.user_id, until = excluded.until
      WHERE c.user_id = excluded.user_id OR c.until < now()`;
}

/** The claims of others on these items. */
export function claimsOn(db: Transaction, wish: { ids: readonly bigint[]; notBy: number }): Promise<ClaimRow[]> {
  return db.$queryRaw<ClaimRow[]>`
    SELECT q.comment_id AS "commentId", q.user_id AS "userId", u.display_name AS name
    FROM queue_claims q JOIN users u ON u.id = q.user_id
    WHERE q.comment_id = ANY(${wish.ids}) AND q.until > now() AND q.user_id <> ${wish.notBy}`;
}
