// A moderator's verdict on a comment: compared with what they saw, carried out with all that hangs on it, and written down, in one
// transaction.
import { userIdOf } from "@/lib/domain/actor";
import type { CommentStatus } from "@/lib/domain/comment";
import { type CommentEvent, commentMachine } from "@/lib/domain/comment-moderation";
import { DomainError, isDomainError } from "@/lib/domain/errors";
import type { DomainEvent } from "@/lib/domain/events";
import { limits } from "@/lib/domain/limits";
import { authorize, type Permit } from "@/lib/domain/permissions";
import { transition } from "@/lib/domain/state-machine";
import {
  type BulkVerdict,
  printSeen,
  type Seen,
  taughtBy,
  type Verdict,
  type VerdictState,
  verdictOfBulk,
  verdictsFor,
} from "@/lib/domain/verdict";
import type { Context } from "@/lib/services/context";
import { learn } from "@/lib/services/learn";
import { refuseChanged } from "@/lib/services/refuse-changed";
import { tellOfRemoval } from "@/lib/services/tell-author";
import { tellOfReply } from "@/lib/services/tell-of-reply";
import { eventsOfVerdict } from "@/lib/services/verdict-events";
import { database, inTransaction, type Transaction } from "@/lib/store/client";
import { authorNamesOf } from "@/lib/store/moderation-context";
import { type LastLine, lastLineOf, logVerdict, type VerdictLine } from "@/lib/store/moderation-log";
import {
  changeStatus,
  decideReports,
  endClaim,
  type JudgedComment,
  lockForVerdict,
  publishEdit,
  setEditAside,
} from "@/lib/store/verdicts";

export interface GivenVerdict {
  id: string;
  verdict: Verdict;
  seen: Seen;
  /** For a removal: as it is kept. */
  reason?: string;
  /** For moderators alone. */
  note?: string;
}

export interface Judged {
  id: string;
  status: CommentStatus;
  /** The line of the log, by which the verdict can be taken back. */
  action: number;
  events: DomainEvent[];
}

/** What a verdict is in the log, what it does to the status, and what it says of open reports. */
const meanings: Record<
  Verdict,
  { kind: VerdictLine["kind"]; reason: string; event?: CommentEvent; reports?: "UPHELD" | "DISMISSED" }
> = {
  approve: { kind: "APPROVE", reason: "verdict.approved", event: "approve", reports: "DISMISSED" },
  dismissReports: { kind: "DISMISS_REPORTS", reason: "verdict.reports_dismissed", reports: "DISMISSED" },
  approveEdit: { kind: "APPROVE_EDIT", reason: "verdict.edit_approved" },
  restore: { kind: "RESTORE", reason: "verdict.restored", event: "restore" },
  hold: { kind: "HOLD", reason: "verdict.held", event: "hold" },
  markSpam: { kind: "MARK_SPAM", reason: "verdict.spam", event: "markSpam", reports: "UPHELD" },
  declineEdit: { kind: "DECLINE_EDIT", reason: "verdict.edit_declined" },
  remove: { kind: "REMOVE", reason: "", event: "remove", reports: "UPHELD" },
};

/**
 * Carries out one verdict. The same one again by the same moderator changes nothing and answers the same.
 * @throws DomainError `forbidden` (no moderator, or their own comment), `not_found`, `conflict` (another state than the one they saw; the
 *   reason says what happened and by whom), `invalid` (a removal without a reason)
 */
export async function moderateComment(ctx: Context, input: GivenVerdict): Promise<Judged> {
  authorize(ctx.actor, "moderation.enter");
  return inTransaction((tx) => judge(tx, ctx, input));
}

export interface BulkVerdicts {
  items: readonly { id: string; seen: Seen }[];
  verdict: BulkVerdict;
  reason?: string;
}

export interface BulkJudged {
  done: Judged[];
  /** What was not done, and why: the error says what happened meanwhile. */
  refused: { id: string; authorName: string; error: DomainError }[];
  events: DomainEvent[];
}

/**
 * The same verdict on several comments, each by itself: one that changed meanwhile keeps no other from being judged.
 * @throws DomainError `forbidden`, `invalid` (a removal without a reason), `unavailable`
 */
export async function moderateComments(ctx: Context, input: BulkVerdicts): Promise<BulkJudged> {
  authorize(ctx.actor, "moderation.enter");
  if (input.verdict === "remove") requireReason(input.reason);
  const done: Judged[] = [];
  const refusals = new Map<string, DomainError>();
  for (const { id, seen } of input.items.slice(0, limits.queuePage)) {
    // A comment without such a verdict was judged with the one that it was seen with.
    const verdict = verdictOfBulk(input.verdict, stateOf(seen)) ?? input.verdict;
    try {
      done.push(await moderateComment(ctx, { id, seen, verdict, reason: input.reason }));
    } catch (error) {
      if (!isDomainError(error) || error.code === "unavailable") throw error;
      refusals.set(id, error);
    }
  }
  const names = await authorNamesOf(database(), [...refusals.keys()]);
  const refused = [...refusals].map(([id, error]) => ({ id, authorName: names.get(id) ?? "", error }));
  return { done, refused, events: done.flatMap(({ events }) => events) };
}

/** The first 8 digits of MD5 of nothing: no edit waits. */
const noEdit = "d41d8cd9";

function stateOf(seen: Seen): VerdictState {
  return { status: seen.status, editWaits: seen.edit !== noEdit, reported: seen.reported };
}

function requireReason(reason: string | undefined): string {
  if (!reason) throw new DomainError("invalid", { fields: { reason: "verdict.reason_missing" } });
  return reason;
}

async function judge(tx: Transaction, ctx: Context, input: GivenVerdict): Promise<Judged> {
  const comment = await lockForVerdict(tx, input.id);
  if (!comment) throw new DomainError("not_found");
  const permit = authorize(ctx.actor, "comment.moderate", comment);
  const { kind, reason, event, reports } = meanings[input.verdict];
  const last = await lastLineOf(tx, comment.id);
  if (printSeen(comment) !== printSeen(input.seen) || !verdictsFor(stateOf(comment)).includes(input.verdict)) {
    if (last && isRepeat(ctx, last, { kind, seen: input.seen, now: comment })) return told(comment, last.id, []);
    throw refuseChanged(comment, input.seen, last);
  }
  const removalReason = input.verdict === "remove" ? requireReason(input.reason) : undefined;
  const to = event ? transition(commentMachine, event, comment.status) : comment.status;
  const judged = await carryOut(tx, permit, { comment, verdict: input.verdict, to, removalReason });
  if (reports) await decideReports(tx, permit, { commentId: comment.id, state: reports });
  const line = { kind, from: comment.status, to, reason: removalReason ?? reason, reversal: false };
  const action = await logVerdict(tx, permit, { ...line, commentId: comment.id, note: input.note ?? "" });
  const taught = taughtBy({ ...line, actorId: userIdOf(ctx.actor) });
  await learn(tx, { html: comment.html, verdict: taught, before: taughtBy(last) });
  if (to === "PUBLISHED" && comment.place === null) await tellOfReply(tx, comment.id);
  await endClaim(tx, permit, comment.id);
  if (removalReason) await tellOfRemoval(tx, { commentId: comment.id, reason: removalReason });
  return told(
    { ...judged, status: to },
    action,
    eventsOfVerdict(comment, { to, textChanged: kind === "APPROVE_EDIT" }),
  );
}

/** Changes text and status; answers the comment as it is compared from then on. */
async function carryOut(
  tx: Transaction,
  permit: Permit<"comment.moderate">,
  work: { comment: JudgedComment; verdict: Verdict; to: CommentStatus; removalReason?: string },
): Promise<JudgedComment> {
  const { verdict, to, removalReason } = work;
  let { comment } = work;
  if (verdict === "approveEdit") {
    const windowMs = comment.userId === null ? limits.guestEditWindowMs : limits.memberEditWindowMs;
    await publishEdit(tx, permit, { comment, public: comment.ageMs > windowMs });
    return comment;
  }
  // Who judges the comment itself has judged the edit that waits beside it.
  const aside = comment.pendingBody !== null && (verdict === "declineEdit" || to === "SPAM" || to === "REMOVED");
  if (aside) {
    await setEditAside(tx, permit, comment);
    comment = { ...comment, revision: comment.revision + 2, pendingBody: null, edit: noEdit };
  }
  if (to !== comment.status) {
    await changeStatus(tx, permit, {
      comment,
      to,
      removalReason,
      heldReason: to === "PENDING" ? "moderator" : undefined,
    });
  }
  return comment;
}

/** Whether the newest line is this very verdict, sent once before by the same person. */
function isRepeat(
  ctx: Context,
  last: LastLine,
  wish: { kind: VerdictLine["kind"]; seen: Seen; now: JudgedComment },
): boolean {
  return (
    last.actorId === userIdOf(ctx.actor) &&
    last.kind === wish.kind &&
    !last.reversal &&
    last.from === wish.seen.status &&
    last.to === wish.now.status
  );
}

function told(comment: JudgedComment, action: number, events: DomainEvent[]): Judged {
  return { id: String(comment.id), status: comment.status, action, events };
}
