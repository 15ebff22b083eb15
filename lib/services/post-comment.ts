// Posting a comment: by anybody, to the article or in reply, once, durably, and at once visible unless screening holds it.
import { handleOf, isUnverified, userIdOf, visitorIdOf } from "@/lib/domain/actor";
import { type Screening, type ScreeningFacts, screen } from "@/lib/domain/comment-screening";
import type { DomainEvent } from "@/lib/domain/events";
import { limits } from "@/lib/domain/limits";
import { authorize } from "@/lib/domain/permissions";
import { fitsOnePage, pageOfRoot } from "@/lib/domain/thread";
import { allowancesFor, networkKey } from "@/lib/services/allowances";
import type { Context } from "@/lib/services/context";
import { nameInThread } from "@/lib/services/name-in-thread";
import { proofNeeded, spendProof } from "@/lib/services/proof-of-work";
import { renderComment } from "@/lib/services/render-comment";
import { countJudged, gatherFacts, judgeComment } from "@/lib/services/screen-comment";
import { tellOfReply } from "@/lib/services/tell-of-reply";
import { editTokenOf, keyedHash, newVisitorToken, sha256 } from "@/lib/services/tokens";
import { findThread } from "@/lib/store/articles";
import { database } from "@/lib/store/client";
import {
  type AuthorIds,
  commentStands,
  findParent,
  findRepeat,
  insertComment,
  type PlacedComment,
  type ThreadPlaces,
  takeTurn,
} from "@/lib/store/comments";
import { claimKey, keepResult } from "@/lib/store/idempotency";
import { logCommentAction } from "@/lib/store/moderation-log";
import { inPlainTransaction, type Questions } from "@/lib/store/plain-transaction";
import { consume, refuseWhenFull } from "@/lib/store/rate-limits";
import { isMembersName } from "@/lib/store/users";
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
  /** Of work, when it was asked for: see `lib/services/proof-of-work`. */
  proof?: string;
}

export interface PostedComment {
  id: string;
  status: "published" | "pending";
  /** Where it can be read: path and fragment. */
  url: string;
  /** Undefined for members, and when the same text came before and nothing proves that it came from the same person. */
  editToken: string | undefined;
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

/** From this length on a key is a secret by itself, like a UUID; a shorter one counts only from where it came the first time. */
const secretKeyLength = 36;

/**
 * Posts a comment.
 * @throws DomainError `not_found`, `invalid`, `closed`, `conflict` (parent gone, key reused), `rate_limited`, `unavailable`
 */
export async function postComment(ctx: Context, input: PostComment): Promise<PostedComment> {
  const permit = authorize(ctx.actor, "comment.post");
  const guest = ctx.actor.kind === "visitor";
  const author: AuthorIds = { userId: userIdOf(ctx.actor), visitorId: visitorIdOf(ctx.actor) };
  const known = author.userId !== null || author.visitorId !== null;
  const rendered = await renderComment(ctx, input.body);
  const nameTaken = guest && input.name !== undefined && (await isMembersName(database(), skeleton(input.name)));
  const allowances = await allowancesFor(ctx, "comment");
  const wish = await wishOf(ctx, input);
  const visitorToken = guest && !known ? newVisitorToken(wish?.proof) : undefined;
  const proofOf = (id: string) => (guest ? editTokenOf(id) : undefined);
  const { slug, body } = input;
  const judged = await judgeComment(ctx, { slug, body, rendered, guest });
  const { network } = judged;
  let screened = false;

  const posting = inPlainTransaction(async (tx): Promise<PostedComment> => {
    const first = wish && (await firstResult(tx, wish));
    if (first) {
      // Whoever shows the key gets what belongs to it; the same text alone proves nothing.
      const own = wish.proof ? { editToken: proofOf(first.id), visitorToken } : noProof;
      return { ...first, ...own, events: [] };
    }
    const bodyHash = sha256(input.body);
    if (known) {
      await takeTurn(tx, author);
      const repeat = await findRepeat(tx, { ...author, slug, parentId: input.parentId, bodyHash });
      if (repeat) {
        const kept = keptResult(repeat, await findThread(tx, slug));
        if (wish) await keepResult(tx, wish.key, kept);
        return { ...kept, editToken: proofOf(kept.id), visitorToken: undefined, events: [] };
      }
    }
    // Both go at once; what is gathered for one who has to wait is thrown away.
    const looking = refuseWhenFull(tx, allowances);
    const gathering = gatherFacts(tx, judged, { ...author, thread: slug, edited: null });
    gathering.catch(() => {});
    await looking;
    const { thread, facts } = await gathering;
    const { threadId, articleId } = thread;
    screened = true;
    const parent = input.parentId === null ? undefined : await findParent(tx, threadId, input.parentId);
    const screening = await screenPost(tx, input, {
      ...facts,
      parent: parent === undefined ? undefined : parent?.status === "PUBLISHED" ? { depth: parent.depth } : null,
      guest,
      unverified: isUnverified(ctx.actor),
      links: rendered.links,
      honeypotFilled: input.honeypot !== "",
      formAgeMs: input.ageMs,
      proven: false,
      nameTaken,
      renderedPlain: rendered.plain === true,
    });
    const { authorName, visitorId } = await nameInThread(tx, ctx.actor, {
      threadId,
      visitorId: author.visitorId,
      newcomer: visitorToken === undefined ? undefined : sha256(visitorToken),
      chosen: input.name,
    });
    const comment = await insertComment(tx, permit, {
      threadId,
      parent: parent ?? null,
      status: screening.verdict === "publish" ? "PUBLISHED" : "PENDING",
      userId: author.userId,
      visitorId,
      authorName,
      nameChosen: guest && input.name !== undefined,
      body: input.body,
      html: rendered.html,
      rendererVersion,
      bodyHash,
      articleRevisionId: thread.revisionId,
      heldReason: screening.verdict === "hold" ? screening.reason : null,
      spamScore: facts.spamScore,
      network: network && { key: network.today, endsAt: network.endsAt },
    });
    if (screening.verdict === "hold") {
      await logCommentAction(tx, {
        kind: "HOLD",
        commentId: comment.id,
        actorId: null,
        from: null,
        to: "PENDING",
        reason: screening.reason,
        note: screening.about,
      });
    }
    if (screening.verdict === "publish" && parent) await tellOfReply(tx, comment.id);
    const kept = keptResult(comment, comment.thread && { slug: thread.slug, ...comment.thread });
    if (wish) tx.commitsWith(keepResult(tx, wish.key, kept));
    const about = { articleId, commentId: kept.id };
    const event: DomainEvent =
      screening.verdict === "publish"
        ? { type: "CommentPublished", articleSlug: thread.slug, authorHandle: handleOf(ctx.actor), ...about }
        : { type: "CommentHeld", ...about };
    // Last, because all posts of the same network wait from here to the end.
    await consume(tx, allowances);
    return { ...kept, editToken: proofOf(kept.id), visitorToken, events: [event] };
  });
  try {
    return await posting;
  } finally {
    if (screened) await countJudged(ctx, judged);
  }
}

/**
 * Screens a new comment. One that is only suspicious comes free by a proof of work, which is asked for where scripts run: a browser that said
 * how long its form was open can do it. Without scripts it is held.
 * @throws DomainError what screening refuses; `rate_limited` with the challenge
 */
async function screenPost(tx: Questions, input: PostComment, facts: ScreeningFacts): Promise<Screening> {
  const screening = screen(facts);
  if (screening.verdict === "publish" || screening.reason !== "suspicion") return screening;
  if (await spendProof(tx, "comment", input.proof)) return screen({ ...facts, proven: true });
  if (input.proof !== undefined || input.ageMs === undefined) return screening;
  throw await proofNeeded("comment", { reason: "comment.proof" });
}

const noProof = { editToken: undefined, visitorToken: undefined };

/** A wish that may come again, and would not be known by its author alone. */
interface Wish {
  /** Where its result is kept. */
  key: Uint8Array;
  /** The same, when the sender chose the key and so proves to be the same sender. */
  proof: Uint8Array | undefined;
  hash: Uint8Array;
  /** How long the first result counts. */
  validMs: number;
}

/**
 * How this wish is known again: by the sender's key; by itself, for a while, when a stranger sends none. Someone we know needs
 * neither (undefined): their own comments tell.
 */
async function wishOf(ctx: Context, input: PostComment): Promise<Wish | undefined> {
  const wish = JSON.stringify([input.slug, input.parentId, input.body, input.name ?? ""]);
  const hash = sha256(wish);
  const userId = userIdOf(ctx.actor);
  if (input.key !== undefined) {
    // A guest's second try may come with another cookie than the first, and by another network.
    const scope =
      userId !== null ? `member:${userId}` : input.key.length >= secretKeyLength ? "" : await networkKey(ctx);
    const key = keyedHash("idempotency", "comment.post", scope, input.key);
    return { key, proof: key, hash, validMs: limits.idempotencyHours * 3_600_000 };
  }
  if (userId !== null || visitorIdOf(ctx.actor) !== null) return undefined;
  const key = keyedHash("same-wish", await networkKey(ctx), wish);
  return { key, proof: undefined, hash, validMs: blindRepeatMs };
}

/** The first result of this very wish; when there is none, the wish is claimed and a simultaneous second one waits. */
async function firstResult(tx: Questions, wish: Wish): Promise<KeptResult | undefined> {
  const first = await claimKey(tx, { key: wish.key, requestHash: wish.hash, validMs: wish.validMs });
  if (!isKeptResult(first)) return undefined;
  // Who deleted a comment may write the same again.
  return wish.proof || (await commentStands(tx, first.id)) ? first : undefined;
}

function isKeptResult(value: unknown): value is KeptResult {
  return typeof value === "object" && value !== null && "id" in value && "url" in value && "status" in value;
}

/**
 * Where a comment can be read for certain: in the article when it surely stands on the page, else on its own page. A held one has
 * only its own page.
 */
function keptResult(comment: PlacedComment, thread: (ThreadPlaces & { slug: string }) | null): KeptResult {
  const id = String(comment.id);
  if (comment.status !== "PUBLISHED") return { id, status: "pending", url: `/comments/${id}` };
  if (!thread || (comment.rootPlace === null && !fitsOnePage(thread)))
    return { id, status: "published", url: `/comments/${id}` };
  const page = comment.rootPlace === null ? 1 : pageOfRoot(thread.rootPlaces, "best", comment.rootPlace);
  return { id, status: "published", url: `/articles/${thread.slug}${page > 1 ? `?page=${page}` : ""}#c-${id}` };
}
