// What waits for somebody on the desk, and the lists of drafts.
import { userIdOf } from "@/lib/domain/actor";
import { limits } from "@/lib/domain/limits";
import { authorize, can } from "@/lib/domain/permissions";
import type { Context } from "@/lib/services/context";
import { mayStart } from "@/lib/services/start-article";
import { database } from "@/lib/store/client";
import {
  countReviews,
  countWaitingComments,
  type DraftRow,
  findLiveArticles,
  type LiveArticle,
  listDrafts,
} from "@/lib/store/desk";
import { slugify } from "@/lib/text/slug";

/** Drafts that the front of the desk shows. */
const draftsInFront = 5;

export interface DeskView {
  drafts: DraftRow[];
  /** There are more than these. */
  moreDrafts: boolean;
  mayStart: boolean;
  /** Null for whoever reviews nothing. */
  reviews: { count: number; oldest: Date | null } | null;
  /** Null for whoever is no moderator. */
  moderation: { count: number; orMore: boolean } | null;
}

/**
 * The front of the desk.
 * @throws DomainError `forbidden`
 */
export async function readDesk(ctx: Context): Promise<DeskView> {
  authorize(ctx.actor, "desk.enter");
  const db = database();
  const userId = userIdOf(ctx.actor) ?? 0;
  const [drafts, start, reviews, waiting] = await Promise.all([
    listDrafts(db, { writerId: userId, page: 1 }),
    mayStart(ctx),
    // An admin may review what they wrote themselves.
    can(ctx.actor, "review.enter")
      ? countReviews(db, can(ctx.actor, "revision.review", { writers: [userId] }) ? null : userId)
      : null,
    can(ctx.actor, "moderation.enter") ? countWaitingComments(db) : null,
  ]);
  return {
    drafts: drafts.slice(0, draftsInFront),
    moreDrafts: drafts.length > draftsInFront,
    mayStart: start,
    reviews: reviews && { count: reviews.reviews, oldest: reviews.oldestReview },
    moderation: waiting === null ? null : { count: waiting, orMore: waiting >= limits.queueCounted },
  };
}

export interface DraftsView {
  drafts: DraftRow[];
  /** The next page's number; null at the end. */
  next: number | null;
  mayStart: boolean;
  /** Whether the list of everybody's drafts is open to them. */
  mayReadAll: boolean;
  /** Published articles found for the words that were asked for; null when nothing was. */
  found: LiveArticle[] | null;
}

/**
 * Drafts, one's own or everybody's.
 * @param input.find words of a title, or an address, of an article to revise
 * @throws DomainError `forbidden`
 */
export async function readDrafts(
  ctx: Context,
  input: { all: boolean; page: number; find: string },
): Promise<DraftsView> {
  authorize(ctx.actor, "desk.enter");
  const editor = can(ctx.actor, "draft.read");
  const userId = userIdOf(ctx.actor) ?? 0;
  const db = database();
  const text = input.find.trim().slice(0, limits.searchQuery);
  const [rows, start, found] = await Promise.all([
    listDrafts(db, { writerId: input.all && editor ? null : userId, page: input.page }),
    mayStart(ctx),
    text === ""
      ? null
      : findLiveArticles(db, { text, slug: slugOf(text), writerId: can(ctx.actor, "article.revise") ? null : userId }),
  ]);
  const more = rows.length > limits.draftsPerPage;
  return {
    drafts: rows.slice(0, limits.draftsPerPage),
    next: more ? input.page + 1 : null,
    mayStart: start,
    mayReadAll: editor,
    found,
  };
}

/** "https://…/articles/how-bees-fly#c-12" and "How bees fly" both mean "how-bees-fly". */
function slugOf(text: string): string {
  return /\/articles\/([a-z0-9-]+)/.exec(text)?.[1] ?? slugify(text, limits.slug);
}
