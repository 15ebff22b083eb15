// Saying that one has an item of the queue before one: so that two do not work on the same. It keeps nobody from deciding.
import { userIdOf } from "@/lib/domain/actor";
import { limits } from "@/lib/domain/limits";
import type { QueueCounts } from "@/lib/domain/moderation-queue";
import { authorize } from "@/lib/domain/permissions";
import type { Context } from "@/lib/services/context";
import { database } from "@/lib/store/client";
import { queueCounts } from "@/lib/store/moderation-queue";
import { claim, claimsOn } from "@/lib/store/queue-claims";

/**
 * Claims an item for `limits.claimMs`, or renews the claim; the one claimed before is given up. Answers who else has which of the items
 * that are shown, and how much is in the queue now.
 * @throws DomainError `forbidden`
 */
export async function claimItem(
  ctx: Context,
  input: { id: string; shown: readonly string[] },
): Promise<{ claims: { id: string; name: string }[]; counts: QueueCounts }> {
  const permit = authorize(ctx.actor, "moderation.enter");
  const userId = userIdOf(ctx.actor) ?? 0;
  const db = database();
  await claim(db, permit, { commentId: BigInt(input.id), userId });
  const ids = input.shown.slice(0, limits.queuePage + 1).map(BigInt);
  const [claims, counts] = await Promise.all([claimsOn(db, { ids, notBy: userId }), queueCounts(db)]);
  return { claims: claims.map(({ commentId, name }) => ({ id: String(commentId), name })), counts };
}
