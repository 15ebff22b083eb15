// Posting a comment: by anybody, to the article or in reply, once, durably, and at once visible unless screening holds it.
import { userIdOf, visitorIdOf } from "@/lib/domain/actor";
import { screen } from "@/lib/domain/comment-screening";
import { DomainError } from "@/lib/domain/errors";
import type { DomainEvent } from "@/lib/domain/events";
import { limits } from "@/lib/domain/limits";
import { authorize } from "@/lib/domain/permissions";
import { threadPages } from "@/lib/domain/thread";
import { allowancesFor, networkKey } from "@/lib/services/allowances";
import type { Context } from "@/lib/services/context";
import { nameInThread } from "@/lib/services/name-in-thread";
import { renderComment } from "@/lib/services/render-comment";
import { editTokenOf, keyedHash, newVisitorToken, sha256 } from "@/lib/services/tokens";
import { findThread, type OpenThread } from "@/lib/store/articles";
import { database, inTransaction, type Transaction } from "@/lib/store/client";
import { commentStands, findParent, findRepeat, insertComment } from "@/lib/store/comments";
import { claimKey, keepResult } from "@/lib/store/idempotency";
import { logCommentAction } from "@/lib/store/moderation-log";
import { consume } from "@/lib/store/rate-limits";
import { isMembersName } from "@/lib/store/users";
import { insertVisitor } from "@/lib/store/visitors";
import { skeleton } from "@/lib/text/confusables";
import { rendererVersion } from "@/lib/text/markdown";

export interface PostComment {
  slug: string;
  parentId: string | null;
  /** As `commentBodySchema` leaves it. */
  body: string;
  name: string | undefined;
  /** The sender's key for this one wish; the same key brings the first result again. */
  key: string | undefined;
  honeypot: string;
  ageMs: number | undefined;
}

export interface PostedComment {
  id: string;
  status: "published" | "pending";
  /** Where it can be read: path and fragment. */
  url: string;
  editToken: string;
  /** For the cookie of a visitor who was nobody here until now, or whose first answer may have been lost. */
  visitorToken: string | undefined;
  events: DomainEvent[];
}

interface KeptResult {
  id: string;
  status: "published" | "pending";
  url: string;
}

/** A guest without cookie and key who sends the same text to the same place within this time pressed twice. */
const blindRepeatMs = 60_000;

/**
 * Posts a comment.
 * @throws DomainError `not_found`, `invalid`, `closed`, `conflict` (parent gone, key reused), `rate_limited`, `unavailable`
 */
export async function postComment(ctx: Context, input: PostComment): Promise<PostedComment> {
  const permit = authorize(ctx.actor, "comment.post");
  const rendered = await renderComment(ctx, input.body);
  const nameTaken = input.name !== undefined && (await isMembersName(database(), skeleton(input.name)));
  return inTransaction(async (tx) => {
    const repeat = await repeatOf(tx, ctx, input);
    const visitorToken =
      ctx.actor.kind === "visitor" && ctx.actor.visitorId === null ? newVisitorToken(repeat.ownKey) : undefined;
    if (repeat.first) {
      // Whoever shows the key gets what belongs to it; the same text alone proves nothing.
      return { ...resultOf(repeat.first), visitorToken: repeat.ownKey ? visitorToken : undefined, events: [] };
    }
    const article = await findThread(tx, input.slug);
    if (!article) throw new DomainError("not_found");
    const bodyHash = sha256(input.body);
    const known = await findRepeat(tx, {
      threadId: article.threadId,
      parentId: input.parentId,
      userId: userIdOf(ctx.actor),
      visitorId: visitorIdOf(ctx.actor),
      bodyHash,
    });
    if (known) {
      const published = known.status === "PUBLISHED";
      const first = keptResult(article, { id: known.id, published, isReply: input.parentId !== null });
      await keepResult(tx, repeat.key, first);
      return { ...resultOf(first), visitorToken: undefined, events: [] };
    }
    await consume(tx, await allowancesFor(tx, ctx, "comment"));

    const parent = input.parentId === null ? undefined : await findParent(tx, article.threadId, input.parentId);
    const screening = screen({
      threadLocked: article.threadState === "LOCKED",
      parent: parent === undefined ? undefined : parent?.status === "PUBLISHED" ? { depth: parent.depth } : null,
      guest: ctx.actor.kind === "visitor",
      links: rendered.links,
      honeypotFilled: input.honeypot !== "",
      formAgeMs: input.ageMs,
      nameTaken: ctx.actor.kind === "visitor" && nameTaken,
      renderedPlain: rendered.plain === true,
    });
    const visitorId = visitorToken ? (await insertVisitor(tx, sha256(visitorToken))).id : visitorIdOf(ctx.actor);
    const published = screening.verdict === "publish";
    const comment = await insertComment(tx, permit, {
      threadId: article.threadId,
      parent: parent ?? null,
      status: published ? "PUBLISHED" : "PENDING",
      userId: userIdOf(ctx.actor),
      visitorId,
      authorName: await nameInThread(tx, ctx.actor, { threadId: article.threadId, visitorId, chosen: input.name }),
      nameChosen: ctx.actor.kind === "visitor" && input.name !== undefined,
      body: input.body,
      html: rendered.html,
      rendererVersion,
      bodyHash,
      articleRevisionId: article.revisionId,
    });
    if (screening.verdict === "hold") {
      await logCommentAction(tx, {
        kind: "HOLD",
        commentId: comment.id,
        actorId: null,
        from: null,
        to: "PENDING",
        reason: screening.reason,
      });
    }
    const grown = published
      ? { ...article, places: article.places + 1, rootPlaces: article.rootPlaces + (parent ? 0 : 1) }
      : article;
    const kept = keptResult(grown, { id: comment.id, published, isReply: parent !== undefined });
    await keepResult(tx, repeat.key, kept);
    const about = { articleId: article.id, commentId: kept.id };
    return {
      ...resultOf(kept),
      visitorToken,
      events: [
        published
          ? { type: "CommentPublished", articleSlug: article.slug, ...about }
          : { type: "CommentHeld", ...about },
      ],
    };
  });
}

interface RepeatCheck {
  /** Where the result is to be kept. */
  key: Uint8Array;
  /** The same, when the sender chose it and so proves to be the same sender. */
  ownKey: Uint8Array | undefined;
  first: KeptResult | undefined;
}

/** Finds the first result of this very wish, or claims it. Without a key of the sender's, the wish itself is the key for a while. */
async function repeatOf(tx: Transaction, ctx: Context, input: PostComment): Promise<RepeatCheck> {
  const wish = JSON.stringify([input.slug, input.parentId, input.body, input.name ?? ""]);
  const network = ctx.actor.kind === "visitor" ? await networkKey(tx, ctx) : "";
  const person = userIdOf(ctx.actor) ?? visitorIdOf(ctx.actor);
  const who = person === null ? network : `${ctx.actor.kind}:${person}`;
  const key = input.key
    ? keyedHash("idempotency", "comment.post", network || who, input.key)
    : keyedHash("same-wish", who, wish);
  const first = await claimKey(tx, {
    key,
    requestHash: sha256(wish),
    validMs: input.key ? limits.idempotencyHours * 3_600_000 : person === null ? blindRepeatMs : limits.repeatWindowMs,
  });
  const ownKey = input.key ? key : undefined;
  if (!isKeptResult(first)) return { key, ownKey, first: undefined };
  // Who deleted a comment may write the same again.
  const stands = ownKey !== undefined || (await commentStands(tx, first.id));
  return { key, ownKey, first: stands ? first : undefined };
}

function isKeptResult(value: unknown): value is KeptResult {
  return typeof value === "object" && value !== null && "id" in value && "url" in value && "status" in value;
}

function resultOf(kept: KeptResult) {
  return { id: kept.id, status: kept.status, url: kept.url, editToken: editTokenOf(kept.id) };
}

/**
 * Where a new comment can be read for certain: in the article when it surely stands on the page, else on its own page. A held
 * one has only its own page.
 */
function keptResult(article: OpenThread, comment: { id: bigint; published: boolean; isReply: boolean }): KeptResult {
  const id = String(comment.id);
  const status = comment.published ? "published" : "pending";
  const replies = article.places - article.rootPlaces;
  const allShown = article.rootPlaces <= limits.rootsPerPage && replies <= limits.repliesPerRoot;
  if (!comment.published || (comment.isReply && !allShown)) return { id, status, url: `/comments/${id}` };
  const page = comment.isReply ? 1 : threadPages(article.rootPlaces);
  return { id, status, url: `/articles/${article.slug}${page > 1 ? `?page=${page}` : ""}#c-${id}` };
}
