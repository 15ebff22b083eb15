// Changing one's own comment: silently for a while, afterwards as a visible edit with its history; deleting it for good.

import { isUnverified } from "@/lib/domain/actor";
import { commentMachine } from "@/lib/domain/comment-moderation";
import { screen } from "@/lib/domain/comment-screening";
import { DomainError } from "@/lib/domain/errors";
import type { DomainEvent } from "@/lib/domain/events";
import { limits } from "@/lib/domain/limits";
import { authorize } from "@/lib/domain/permissions";
import { transition } from "@/lib/domain/state-machine";
import { allowancesFor } from "@/lib/services/allowances";
import type { Context } from "@/lib/services/context";
import { renderComment } from "@/lib/services/render-comment";
import { countJudged, gatherFacts, judgeComment } from "@/lib/services/screen-comment";
import { editTokenMatches, sha256 } from "@/lib/services/tokens";
import { inTransaction, type Transaction } from "@/lib/store/client";
import {
  dropHeldText,
  emptyComment,
  holdText,
  type LockedComment,
  lockComment,
  noteHold,
  replaceText,
} from "@/lib/store/comments";
import { logCommentAction } from "@/lib/store/moderation-log";
import { consume } from "@/lib/store/rate-limits";
import { rendererVersion } from "@/lib/text/markdown";

export interface ChangeOfComment {
  id: string;
  /** Instead of cookie or login: what its poster was given. */
  editToken?: string;
}

export interface ChangedComment {
  id: string;
  status: "published" | "pending" | "deleted";
  events: DomainEvent[];
}

/**
 * Gives a comment a new text. The same text again changes nothing. A text that screening holds waits beside the old one; going
 * back to the old one takes it from the queue.
 * @throws DomainError `not_found`, `forbidden`, `conflict` (deleted or removed meanwhile), `invalid`, `closed`, `rate_limited`
 */
export async function editComment(ctx: Context, input: ChangeOfComment & { body: string }): Promise<ChangedComment> {
  const rendered = await renderComment(ctx, input.body);
  const allowances = await allowancesFor(ctx, "edit");
  const { id, body } = input;
  const judged = await judgeComment(ctx, { commentId: id, body, rendered, guest: ctx.actor.kind === "visitor" });
  let screened = false;
  const editing = inTransaction(async (tx): Promise<ChangedComment> => {
    const comment = await lockOwn(tx, input);
    const permit = authorize(ctx.actor, "comment.edit", resourceOf(comment, input));
    if (comment.status !== "PUBLISHED" && comment.status !== "PENDING") {
      throw new DomainError("conflict", { reason: "comment.gone" });
    }
    if (input.body === (comment.pendingBody ?? comment.body)) return changed(comment, []);
    if (input.body === comment.body) {
      await dropHeldText(tx, permit, comment);
      return changed({ ...comment, pendingBody: null }, []);
    }
    if (comment.revision > limits.commentRevisions) {
      throw new DomainError("closed", { reason: "comment.edited_often", values: { limit: limits.commentRevisions } });
    }
    await consume(tx, allowances);
    screened = true;
    const { threadId, userId, visitorId } = comment;
    const { facts } = await gatherFacts(tx, judged, { thread: threadId, userId, visitorId, edited: comment.id });
    const screening = screen({
      ...facts,
      parent: undefined,
      guest: visitorId !== null,
      unverified: isUnverified(ctx.actor),
      links: rendered.links,
      honeypotFilled: false,
      formAgeMs: undefined,
      proven: false,
      nameTaken: false,
      renderedPlain: rendered.plain === true,
    });
    const text = { body: input.body, html: rendered.html, rendererVersion, bodyHash: sha256(input.body) };
    if (screening.verdict === "hold" && comment.status === "PUBLISHED") {
      await holdText(tx, permit, { comment, text, reason: screening.reason, spamScore: facts.spamScore });
      await logCommentAction(tx, {
        kind: "HOLD",
        commentId: comment.id,
        actorId: null,
        from: "PUBLISHED",
        to: "PUBLISHED",
        reason: `edit.${screening.reason}`,
        note: screening.about,
      });
      return changed({ ...comment, pendingBody: input.body }, [{ type: "CommentHeld", ...about(comment) }]);
    }
    const windowMs = comment.userId === null ? limits.guestEditWindowMs : limits.memberEditWindowMs;
    // What readers never saw is no part of the history they may look back at.
    const seen = comment.status === "PUBLISHED";
    await replaceText(tx, permit, { comment, text, public: seen && comment.ageMs > windowMs });
    if (screening.verdict === "hold") await noteHold(tx, permit, { comment, reason: screening.reason });
    return changed({ ...comment, pendingBody: null }, [
      { type: "CommentChanged", ...about(comment), ...shown(comment) },
    ]);
  });
  try {
    return await editing;
  } finally {
    if (screened) await countJudged(ctx, judged);
  }
}

/**
 * Empties one's own comment for good. Its place stays, and the replies under it. A second time changes nothing.
 * @throws DomainError `not_found`, `forbidden`, `conflict` when a moderator removed it
 */
export async function deleteComment(ctx: Context, input: ChangeOfComment): Promise<ChangedComment> {
  return inTransaction(async (tx) => {
    const comment = await lockOwn(tx, input);
    const permit = authorize(ctx.actor, "comment.delete", resourceOf(comment, input));
    if (comment.status === "DELETED") return { id: String(comment.id), status: "deleted", events: [] };
    await emptyComment(tx, permit, { comment, to: transition(commentMachine, "delete", comment.status) });
    return {
      id: String(comment.id),
      status: "deleted",
      events: [{ type: "CommentChanged", ...about(comment), ...shown(comment) }],
    };
  });
}

async function lockOwn(tx: Transaction, input: ChangeOfComment): Promise<LockedComment> {
  const comment = await lockComment(tx, input.id);
  if (!comment) throw new DomainError("not_found");
  return comment;
}

function resourceOf(comment: LockedComment, input: ChangeOfComment) {
  return {
    userId: comment.userId,
    visitorId: comment.visitorId,
    tokenMatches: editTokenMatches(input.id, input.editToken),
  };
}

function shown(comment: LockedComment) {
  return { articleSlug: comment.slug, authorHandle: comment.authorHandle };
}

function about(comment: LockedComment) {
  return { articleId: comment.articleId, commentId: String(comment.id) };
}

/** "pending" when the comment waits, or the text just given to it. */
function changed(comment: LockedComment, events: DomainEvent[]): ChangedComment {
  const waits = comment.status === "PENDING" || comment.pendingBody !== null;
  return { id: String(comment.id), status: waits ? "pending" : "published", events };
}
