// Telling the moderators about a comment. Anybody may, once a comment; the queue that shows it is the moderators'.
import { userIdOf, visitorIdOf } from "@/lib/domain/actor";
import { DomainError } from "@/lib/domain/errors";
import type { DomainEvent } from "@/lib/domain/events";
import { authorize, can } from "@/lib/domain/permissions";
import type { ReportReason } from "@/lib/domain/report";
import { allowancesFor } from "@/lib/services/allowances";
import type { Context } from "@/lib/services/context";
import { newVisitorToken, sha256 } from "@/lib/services/tokens";
import { inTransaction } from "@/lib/store/client";
import { lockComment } from "@/lib/store/comments";
import { consume } from "@/lib/store/rate-limits";
import { insertReport } from "@/lib/store/reports";
import { insertVisitor } from "@/lib/store/visitors";

export interface ReportComment {
  id: string;
  reason: ReportReason;
  note: string;
}

/**
 * Writes a report about the comment's present text. The same person's second one is thanked for and changes nothing.
 * @throws DomainError `not_found`, `conflict` (the comment is gone), `invalid` (one's own), `rate_limited`
 */
export async function reportComment(
  ctx: Context,
  input: ReportComment,
): Promise<{ visitorToken: string | undefined; events: DomainEvent[] }> {
  const permit = authorize(ctx.actor, "comment.report");
  const allowances = await allowancesFor(ctx, "report");
  return inTransaction(async (tx) => {
    const comment = await lockComment(tx, input.id);
    if (!comment || comment.status === "PENDING" || comment.status === "SPAM") throw new DomainError("not_found");
    if (comment.status !== "PUBLISHED") throw new DomainError("conflict", { reason: "comment.gone" });
    if (can(ctx.actor, "comment.edit", comment)) throw new DomainError("invalid", { reason: "report.own" });
    await consume(tx, allowances);
    const isNew = ctx.actor.kind === "visitor" && ctx.actor.visitorId === null;
    const visitorToken = isNew ? newVisitorToken(undefined) : undefined;
    const visitorId = visitorToken ? (await insertVisitor(tx, sha256(visitorToken))).id : visitorIdOf(ctx.actor);
    await insertReport(tx, permit, {
      commentId: comment.id,
      commentRevision: comment.revision,
      reason: input.reason,
      note: input.note,
      userId: userIdOf(ctx.actor),
      visitorId,
    });
    return {
      visitorToken,
      events: [{ type: "CommentReported", articleId: comment.articleId, commentId: input.id }],
    };
  });
}
