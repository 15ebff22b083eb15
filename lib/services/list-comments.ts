// A discussion for programs: flat, in order of place, each comment with its parent and depth, a page at a time.
import type { CommentSort, CommentView } from "@/lib/domain/comment";
import { moderationSettingsOf } from "@/lib/domain/settings";
import { isShut, termsOf } from "@/lib/domain/thread-terms";
import type { Context } from "@/lib/services/context";
import { type Moved, movedOrMissing } from "@/lib/services/find-moved";
import { findThread } from "@/lib/store/articles";
import { database } from "@/lib/store/client";
import { readSettings } from "@/lib/store/settings";
import { threadInOrder } from "@/lib/store/threads";

export interface ListComments {
  slug: string;
  /** "Best" reads like "oldest" until votes exist. */
  sort: CommentSort;
  /** The `next` of the page before. */
  after?: number;
  limit: number;
}

export interface CommentList {
  articleId: number;
  slug: string;
  /** Nothing new can be posted: locked, or closed by its mode or its age. */
  locked: boolean;
  /** Comments that can be read. */
  commentCount: number;
  /** Tombstones included, so that every reply's parent is somewhere in the list. */
  comments: CommentView[];
  /** The place to go on from; null at the end. */
  next: number | null;
}

/** @throws DomainError `not_found` */
export async function listComments(ctx: Context, input: ListComments): Promise<Moved | CommentList> {
  const db = database();
  const thread = await findThread(db, input.slug);
  if (!thread) return movedOrMissing(db, input.slug);
  const order = input.sort === "newest" ? "newest" : "oldest";
  const [settings, rows] = await Promise.all([
    readSettings(db),
    threadInOrder(db, thread.threadId, { limit: input.limit + 1, after: input.after, order }),
  ]);
  const comments = rows.slice(0, input.limit);
  return {
    articleId: thread.id,
    slug: thread.slug,
    locked: isShut(termsOf(thread, moderationSettingsOf(settings), ctx.now)),
    commentCount: thread.commentCount,
    comments,
    next: rows.length > input.limit ? (comments.at(-1)?.place ?? null) : null,
  };
}
