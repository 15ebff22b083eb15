// When a member confirms their address, what waited for nothing else is published, in the transaction of the confirmation.
import type { DomainEvent } from "@/lib/domain/events";
import { authorize } from "@/lib/domain/permissions";
import { systemContext } from "@/lib/services/system-context";
import { tellOfReply } from "@/lib/services/tell-of-reply";
import { eventsOfVerdict } from "@/lib/services/verdict-events";
import type { Transaction } from "@/lib/store/client";
import { logCommentAction } from "@/lib/store/moderation-log";
import { heldAsUnverified } from "@/lib/store/unverified-comments";
import { changeStatus, endClaim, lockForVerdict } from "@/lib/store/verdicts";

/** Publishes a member's comments that were held for their address alone; what was held for more waits on. */
export async function releaseComments(tx: Transaction, userId: number): Promise<DomainEvent[]> {
  const permit = authorize(systemContext().actor, "comment.moderateBySystem");
  const events: DomainEvent[] = [];
  for (const id of await heldAsUnverified(tx, userId)) {
    const comment = await lockForVerdict(tx, id);
    if (!comment) continue;
    const to = "PUBLISHED";
    await changeStatus(tx, permit, { comment, to });
    await logCommentAction(tx, {
      kind: "APPROVE",
      commentId: comment.id,
      actorId: null,
      from: comment.status,
      to,
      reason: "verdict.address_confirmed",
    });
    await endClaim(tx, permit, comment.id);
    await tellOfReply(tx, comment.id);
    events.push(...eventsOfVerdict(comment, { to }));
  }
  return events;
}
