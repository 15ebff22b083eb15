// Telling the moderators about a comment. Anybody may, once a comment; the queue that shows it is the moderators'. Reports that weigh enough
// together hold the comment by themselves until a moderator has looked.
import { type SystemActor, userIdOf, visitorIdOf } from "@/lib/domain/actor";
import { commentMachine } from "@/lib/domain/comment-moderation";
import { DomainError } from "@/lib/domain/errors";
import type { DomainEvent } from "@/lib/domain/events";
import { authorize, can } from "@/lib/domain/permissions";
import { type ReportReason, reportWeight } from "@/lib/domain/report";
import { transition } from "@/lib/domain/state-machine";
import { allowancesFor, networkKey } from "@/lib/services/allowances";
import type { Context } from "@/lib/services/context";
import { siteScreening } from "@/lib/services/screening";
import { newVisitorToken, sha256 } from "@/lib/services/tokens";
import { inTransaction, type Transaction } from "@/lib/store/client";
import { type LockedComment, lockComment } from "@/lib/store/comments";
import { logCommentAction } from "@/lib/store/moderation-log";
import { consume, hasRoom } from "@/lib/store/rate-limits";
import { insertReport, reportRecord, wasLetStand } from "@/lib/store/reports";
import { isSanctioned } from "@/lib/store/sanctions";
import { changeStatus, lockForVerdict } from "@/lib/store/verdicts";
import { insertVisitor } from "@/lib/store/visitors";

export interface ReportComment {
  id: string;
  reason: ReportReason;
  note: string;
}

const day = 24 * 3_600_000;

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
  const { settings } = await siteScreening(ctx.now);
  const network = ctx.actor.kind === "visitor" ? await networkKey(ctx) : null;
  return inTransaction(async (tx) => {
    const comment = await lockComment(tx, input.id);
    if (!comment || comment.status === "PENDING" || comment.status === "SPAM") throw new DomainError("not_found");
    if (comment.status !== "PUBLISHED") throw new DomainError("conflict", { reason: "comment.gone" });
    if (can(ctx.actor, "comment.edit", comment)) throw new DomainError("invalid", { reason: "report.own" });
    await consume(tx, allowances);
    const isNew = ctx.actor.kind === "visitor" && ctx.actor.visitorId === null;
    const visitorToken = isNew ? newVisitorToken(undefined) : undefined;
    const known = { userId: userIdOf(ctx.actor), visitorId: visitorIdOf(ctx.actor) };
    const weight = await weightOf(tx, { ...known, commentId: input.id, network });
    const visitorId = visitorToken ? (await insertVisitor(tx, sha256(visitorToken))).id : known.visitorId;
    const total = await insertReport(tx, permit, {
      commentId: comment.id,
      commentRevision: comment.revision,
      reason: input.reason,
      note: input.note,
      userId: known.userId,
      visitorId,
      weight,
    });
    const reported: DomainEvent = { type: "CommentReported", articleId: comment.articleId, commentId: input.id };
    // A person's second report, and one that counts nothing, bring nothing about.
    if (total === null || weight === 0 || total < settings.reportWeight) return { visitorToken, events: [reported] };
    return { visitorToken, events: [reported, ...(await holdReported(tx, comment))] };
  });
}

/** How much a report of this person counts: by what became of their earlier ones; nothing of somebody sanctioned. */
async function weightOf(
  tx: Transaction,
  who: { userId: number | null; visitorId: number | null; commentId: string; network: string | null },
): Promise<number> {
  const { userId, visitorId, commentId, network } = who;
  if ((userId !== null || visitorId !== null) && (await isSanctioned(tx, who))) return 0;
  // Somebody who throws their cookie away is somebody new each time; from one network they are one.
  const once = network === null ? [] : [{ key: `report-of:${commentId}:${network}`, max: 1, windowMs: day }];
  if (!(await hasRoom(tx, once))) return 0;
  return reportWeight(await reportRecord(tx, { userId, visitorId }));
}

/** Takes the comment from readers until a moderator has looked, unless one has looked at this very text and let it stand. */
async function holdReported(tx: Transaction, reported: LockedComment): Promise<DomainEvent[]> {
  if (await wasLetStand(tx, reported)) return [];
  const comment = await lockForVerdict(tx, String(reported.id));
  if (!comment) return [];
  const system: SystemActor = { kind: "system" };
  const permit = authorize(system, "comment.moderateBySystem");
  const to = transition(commentMachine, "hold", comment.status);
  await changeStatus(tx, permit, { comment, to, heldReason: "reports" });
  await logCommentAction(tx, {
    kind: "HOLD",
    commentId: comment.id,
    actorId: null,
    from: comment.status,
    to,
    reason: "reports",
  });
  const { articleId, slug: articleSlug, authorHandle } = comment;
  return [
    { type: "CommentChanged", articleId, articleSlug, commentId: String(comment.id), authorHandle },
    { type: "ModerationLogged" },
  ];
}
