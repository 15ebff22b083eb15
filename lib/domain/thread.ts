// The discussion under an article, one page of it at a time.
import { z } from "zod";
import { type CommentAuthor, type CommentSort, type CommentView, commentSorts } from "@/lib/domain/comment";
import type { CommentNode } from "@/lib/domain/comment-tree";
import { limits } from "@/lib/domain/limits";
import type { ThreadTerms } from "@/lib/domain/thread-terms";

/** A comment that a moderator pinned above the discussion, as an opening that leads to it. */
export interface PinnedComment {
  id: string;
  author: CommentAuthor;
  opening: string;
}

export interface ThreadView extends ThreadTerms {
  /** On the first page. */
  pinned: PinnedComment[];
  /** Comments that can be read. */
  commentCount: number;
  sort: CommentSort;
  page: number;
  pages: number;
  roots: CommentNode[];
}

/** One comment with its ancestors (from the top-level one down) and the replies under it. */
export interface SubThreadView {
  article: { slug: string; title: string };
  /** The page of the article's discussion where its conversation stands, and the nearest of its comments that surely stands there. */
  within: { page: number; id: string } | null;
  /** By a moderator's hand. */
  locked: boolean;
  /** By its mode or its age. */
  closed: boolean;
  ancestors: CommentView[];
  /** How many ancestors stand between the first and the second one listed, when the chain is too long to list. */
  ancestorsLeftOut: number;
  node: CommentNode;
  /** Cursor of the next replies, null when all are here. */
  more: string | null;
}

/** Which page of a thread is wanted. Nonsense in an address is the first page, not an error. */
export const threadPageSchema = z.object({
  sort: z.enum(commentSorts).catch("best"),
  page: z
    .string()
    .regex(/^[1-9][0-9]{0,6}$/)
    .transform(Number)
    .catch(1),
});

/** How many pages a thread with so many top-level places has; at least one. */
export function threadPages(rootPlaces: number): number {
  return Math.max(1, Math.ceil(rootPlaces / limits.rootsPerPage));
}

/**
 * The range of root places on page `page`, both ends included. "Best" reads like "oldest" until votes exist.
 * @returns null when the thread has no such page
 */
export function rootRange(rootPlaces: number, sort: CommentSort, page: number): { first: number; last: number } | null {
  if (page < 1 || page > threadPages(rootPlaces)) return null;
  const skipped = (page - 1) * limits.rootsPerPage;
  if (sort === "newest") {
    return { first: Math.max(1, rootPlaces - skipped - limits.rootsPerPage + 1), last: rootPlaces - skipped };
  }
  return { first: skipped + 1, last: Math.min(rootPlaces, skipped + limits.rootsPerPage) };
}

/** Whether all of a thread surely stands on its first page, so that every comment of it can be linked to there. */
export function fitsOnePage(thread: { rootPlaces: number; places: number }): boolean {
  return thread.rootPlaces <= limits.rootsPerPage && thread.places - thread.rootPlaces <= limits.repliesPerRoot;
}

/** The page on which the root with this place stands. */
export function pageOfRoot(rootPlaces: number, sort: CommentSort, rootPlace: number): number {
  const before = sort === "newest" ? rootPlaces - rootPlace : rootPlace - 1;
  return Math.floor(before / limits.rootsPerPage) + 1;
}
