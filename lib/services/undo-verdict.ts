// Taking one's verdict back: another line of the log, marked as a reversal. Only while nothing else has happened to the comment since.
import { userIdOf } from "@/lib/domain/actor";
import type { CommentStatus } from "@/lib/domain/comment";
import { type CommentEvent, takeBack } from "@/lib/domain/comment-moderation";
import { DomainError } from "@/lib/domain/errors";
import { authorize } from "@/lib/domain/permissions";
import { type Seen, taughtBy } from "@/lib/domain/verdict";
import type { Context } from "@/lib/services/context";
import { learn } from "@/lib/services/learn";
import type { Judged } from "@/lib/services/moderate-comment";
import { refuseChanged } from "@/lib/services/refuse-changed";
import { eventsOfVerdict } from "@/lib/services/verdict-events";
import { inTransaction, type Transaction } from "@/lib/store/client";
import {
  findOwnLine,
  lastLineOf,
  logVerdict,
  removalReasonBefore,
  undoableLines,
  type VerdictLine,
} from "@/lib/store/moderation-log";
import { changeStatus, lockForVerdict, reopenReports } from "@/lib/store/verdicts";

/** The verdicts that change a status, by their kind in the log. */
const eventOf = new Map<string, CommentEvent>([
  ["APPROVE", "approve"],
  ["HOLD", "hold"],
  ["MARK_SPAM", "markSpam"],
  ["REMOVE", "remove"],
  ["RESTORE", "restore"],
]);

/** The kind of the line that leads to a status, from another. */
const kinds: Record<Exclude<CommentStatus, "DELETED">, VerdictLine["kind"]> = {
  PUBLISHED: "APPROVE",
  PENDING: "HOLD",
  SPAM: "MARK_SPAM",
  REMOVED: "REMOVE",
};

/**
 * Takes one of one's own verdicts back: the comment gets its status of before, and the reports that it decided are open again.
 * @param input.action the line of the log; without one, the newest that can be taken back
 * @throws DomainError `forbidden`, `not_found` (no such verdict of one's own), `conflict` (something happened since)
 */
export async function undoVerdict(ctx: Context, input: { action?: number }): Promise<Judged & { seen: Seen }> {
  const { actor } = authorize(ctx.actor, "moderation.enter");
  const actorId = userIdOf(actor) ?? 0;
  return inTransaction(async (tx) => {
    const action = input.action ?? (await undoableLines(tx, { actorId, limit: 1 }))[0]?.id;
    const line = action === undefined ? null : await findOwnLine(tx, { id: action, actorId });
    if (!line) throw new DomainError("not_found", { reason: "verdict.nothing_to_undo" });
    return reverse(tx, ctx, line);
  });
}

async function reverse(
  tx: Transaction,
  ctx: Context,
  line: { id: number; commentId: bigint; kind: string; from: CommentStatus; to: CommentStatus; createdAt: Date },
): Promise<Judged & { seen: Seen }> {
  const comment = await lockForVerdict(tx, String(line.commentId));
  if (!comment) throw new DomainError("not_found");
  const permit = authorize(ctx.actor, "comment.moderate", comment);
  const last = await lastLineOf(tx, comment.id);
  if (last?.id !== line.id || comment.status !== line.to) {
    throw refuseChanged(comment, { ...comment, status: line.to, revision: comment.revision }, last);
  }
  const event = eventOf.get(line.kind);
  if (!event && line.kind !== "DISMISS_REPORTS") throw new DomainError("conflict", { reason: "verdict.final" });
  const to = event ? takeBack(event, line, comment.status) : comment.status;
  if (to !== comment.status) {
    const removalReason = to === "REMOVED" ? await removalReasonBefore(tx, comment.id, line.id) : undefined;
    await changeStatus(tx, permit, { comment, to, removalReason });
  }
  await reopenReports(tx, permit, { commentId: comment.id, at: line.createdAt });
  const kind =
    event && to !== "DELETED" ? (event === "remove" && to === "PUBLISHED" ? "RESTORE" : kinds[to]) : "DISMISS_REPORTS";
  const reversal = { kind, from: comment.status, to, reason: "verdict.taken_back", reversal: true };
  const action = await logVerdict(tx, permit, { ...reversal, commentId: comment.id, note: "" });
  const taught = taughtBy({ ...reversal, actorId: userIdOf(ctx.actor) });
  await learn(tx, { html: comment.html, verdict: taught, before: taughtBy(last) });
  const seen = await lockForVerdict(tx, String(comment.id));
  const events = eventsOfVerdict(comment, { to });
  return { id: String(comment.id), status: to, action, seen: seen ?? comment, events };
}
