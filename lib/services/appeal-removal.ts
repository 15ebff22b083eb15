// Objecting to a removal, with or without an account; and what became of one's own comments.

import { userIdOf } from "@/lib/domain/actor";
import type { OwnAppeal, OwnRemoval, OwnWaiting } from "@/lib/domain/appeal";
import { DomainError } from "@/lib/domain/errors";
import { authorize, can } from "@/lib/domain/permissions";
import type { Context } from "@/lib/services/context";
import { editTokenMatches } from "@/lib/services/tokens";
import { insertAppeal, lastRemovalOf, type OwnRemovalRow, removalsOf, waitingOf } from "@/lib/store/appeals";
import { database, inTransaction } from "@/lib/store/client";
import { lockForVerdict } from "@/lib/store/verdicts";
import { excerptOfHtml } from "@/lib/text/excerpt";

/** Enough to see what one is about. */
const shown = 50;
const openingLength = 140;

export interface AppealRemoval {
  /** The comment's. */
  id: string;
  /** As `appealBodySchema` leaves it. */
  body: string;
  editToken?: string;
}

/**
 * Objects to the newest removal of one's own comment. A removal can be objected to once; the same words again change nothing.
 * @throws DomainError `not_found` (no such comment, or somebody else's), `conflict` (it is not removed, or there was an appeal already)
 */
export async function appealRemoval(ctx: Context, input: AppealRemoval): Promise<void> {
  await inTransaction(async (tx) => {
    const comment = await lockForVerdict(tx, input.id);
    if (!comment) throw new DomainError("not_found");
    const own = { ...comment, tokenMatches: editTokenMatches(input.id, input.editToken) };
    if (!can(ctx.actor, "appeal.make", own)) throw new DomainError("not_found");
    const permit = authorize(ctx.actor, "appeal.make", own);
    const removal = comment.status === "REMOVED" ? await lastRemovalOf(tx, comment.id) : null;
    if (!removal) throw new DomainError("conflict", { reason: "appeal.not_removed" });
    if (removal.appeal?.body === input.body) return;
    const { actionId } = removal;
    const made = await insertAppeal(tx, permit, { commentId: comment.id, actionId, body: input.body });
    if (!made) throw new DomainError("conflict", { reason: "appeal.made" });
  });
}

/** What became of one's comments where readers do not see them as they were written, newest first. */
export interface OwnTroubles {
  removed: OwnRemoval[];
  waiting: OwnWaiting[];
}

/** A member's, and what their browser left anonymously. */
export async function readOwnTroubles({ actor }: Context): Promise<OwnTroubles> {
  const visitorId = actor.kind === "system" ? null : actor.visitorId;
  const userId = userIdOf(actor);
  if (userId === null && visitorId === null) return { removed: [], waiting: [] };
  const db = database();
  const wish = { userId, visitorId, limit: shown };
  const [removed, waiting] = await Promise.all([removalsOf(db, wish), waitingOf(db, wish)]);
  return {
    removed: removed.map(toOwn),
    waiting: waiting.map(({ commentId, slug, title, html, ...row }) => ({
      ...row,
      commentId: String(commentId),
      article: { slug, title },
      opening: excerptOfHtml(html, openingLength),
    })),
  };
}

function toOwn(row: OwnRemovalRow): OwnRemoval {
  const { commentId, slug, title, html, reason, at } = row;
  return {
    commentId: String(commentId),
    article: { slug, title },
    opening: excerptOfHtml(html, openingLength),
    reason,
    removedAt: at,
    appeal: appealOf(row),
  };
}

function appealOf({ state, appealBody, answer, createdAt, decidedAt }: OwnRemovalRow): OwnAppeal | null {
  return state && createdAt ? { state, body: appealBody ?? "", answer: answer ?? "", createdAt, decidedAt } : null;
}
