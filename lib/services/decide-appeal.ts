// Appeals as moderators decide them: another one than who removed the comment.

import { userIdOf } from "@/lib/domain/actor";
import type { AppealItem } from "@/lib/domain/appeal";
import { DomainError } from "@/lib/domain/errors";
import type { DomainEvent } from "@/lib/domain/events";
import { limits } from "@/lib/domain/limits";
import { authorize, can } from "@/lib/domain/permissions";
import type { Context } from "@/lib/services/context";
import { tellOfAppeal } from "@/lib/services/tell-author";
import { tellOfReply } from "@/lib/services/tell-of-reply";
import { eventsOfVerdict } from "@/lib/services/verdict-events";
import { decideAppealRow, lockAppeal, openAppeals, otherModerators } from "@/lib/store/appeals";
import { database, inTransaction } from "@/lib/store/client";
import { changeStatus, lockForVerdict } from "@/lib/store/verdicts";

/**
 * Appeals that wait, oldest first.
 * @throws DomainError `forbidden`
 */
export async function readAppeals(ctx: Context): Promise<AppealItem[]> {
  authorize(ctx.actor, "moderation.enter");
  const db = database();
  const [rows, others] = await Promise.all([
    openAppeals(db, limits.queuePage),
    otherModerators(db, userIdOf(ctx.actor) ?? 0),
  ]);
  return rows.map(({ commentId, slug, title, userId, visitorId, removedById, ...row }) => ({
    ...row,
    commentId: String(commentId),
    article: { slug, title },
    mayDecide: can(ctx.actor, "appeal.decide", {
      userId,
      visitorId,
      decidedById: removedById,
      nobodyElse: others === 0,
    }),
  }));
}

/**
 * Grants an appeal, and the comment can be read again; or denies it, with an answer for its author.
 * @throws DomainError `forbidden` (no moderator, whoever removed it, or their own), `not_found`, `conflict` (decided meanwhile, or nothing is
 *   left to decide), `invalid` (denied without an answer)
 */
export async function decideAppeal(
  ctx: Context,
  input: { id: number; granted: boolean; answer?: string },
): Promise<{ events: DomainEvent[] }> {
  authorize(ctx.actor, "moderation.enter");
  const answer = input.answer ?? "";
  if (!input.granted && answer === "")
    throw new DomainError("invalid", { fields: { answer: "appeal.answer_missing" } });
  return inTransaction(async (tx) => {
    const appeal = await lockAppeal(tx, input.id);
    const comment = appeal && (await lockForVerdict(tx, String(appeal.commentId)));
    if (!appeal || !comment) throw new DomainError("not_found");
    const nobodyElse = (await otherModerators(tx, userIdOf(ctx.actor) ?? 0)) === 0;
    const { userId, visitorId } = comment;
    const about = { userId, visitorId, decidedById: appeal.removedById, nobodyElse };
    const permit = authorize(ctx.actor, "appeal.decide", about);
    if (appeal.state !== "OPEN") {
      const reason = appeal.state === "GRANTED" ? "appeal.granted_meanwhile" : "appeal.denied_meanwhile";
      throw new DomainError("conflict", { reason, values: { who: appeal.decidedBy ?? "" } });
    }
    if (comment.status !== "REMOVED") throw new DomainError("conflict", { reason: "appeal.moot" });
    await decideAppealRow(tx, permit, { appeal, granted: input.granted, answer });
    await tellOfAppeal(tx, { commentId: comment.id, granted: input.granted, answer });
    if (!input.granted) return { events: [{ type: "ModerationLogged" }] };
    await changeStatus(tx, permit, { comment, to: "PUBLISHED" });
    if (comment.place === null) await tellOfReply(tx, comment.id);
    return { events: eventsOfVerdict(comment, { to: "PUBLISHED" }) };
  });
}
