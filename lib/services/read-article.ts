// The article page: the published text with its details, and one page of its discussion.
import type { ArticleView, PersonLink } from "@/lib/domain/article";
import type { CommentSort } from "@/lib/domain/comment";
import { buildTree } from "@/lib/domain/comment-tree";
import { DomainError } from "@/lib/domain/errors";
import { limits } from "@/lib/domain/limits";
import { moderationSettingsOf } from "@/lib/domain/settings";
import { rootRange, type ThreadView, threadPages } from "@/lib/domain/thread";
import { termsOf } from "@/lib/domain/thread-terms";
import type { Context } from "@/lib/services/context";
import { toPinned } from "@/lib/services/pinned-comment";
import {
  correctionsOf,
  creditsOf,
  findPublished,
  findRedirect,
  findThread,
  type PublishedArticle,
  pingbacksOf,
  relatedTo,
  topicsOf,
} from "@/lib/store/articles";
import { database } from "@/lib/store/client";
import { readSettings } from "@/lib/store/settings";
import { pinnedIn } from "@/lib/store/thread-tools";
import { threadInOrder, threadPage } from "@/lib/store/threads";

export interface ReadArticle {
  slug: string;
  sort: CommentSort;
  page: number;
}

/**
 * The article and a page of its discussion; `moved` is the slug it has now, when it had this one before.
 * @throws DomainError `not_found` when there is no such article, or no such page of its discussion
 */
export async function readArticle(
  ctx: Context,
  input: ReadArticle,
): Promise<{ moved: string } | { article: ArticleView; thread: ThreadView }> {
  const db = database();
  const found = await findPublished(db, input.slug);
  if (!found) {
    const moved = await findRedirect(db, input.slug);
    if (moved) return { moved };
    throw new DomainError("not_found");
  }
  const range = rootRange(found.rootPlaces, input.sort, input.page);
  if (!range) throw new DomainError("not_found");
  const [settings, credits, topics, corrections, pingbacks, related, pinned, comments] = await Promise.all([
    readSettings(db),
    creditsOf(db, [found.id]),
    topicsOf(db, [found.id]),
    correctionsOf(db, found.id),
    pingbacksOf(db, found.id),
    relatedTo(db, found.id),
    input.page === 1 && found.places > 0 ? pinnedIn(db, found.threadId, limits.pinned) : [],
    found.places === 0 ? [] : threadPage(db, found.threadId, range),
  ]);
  const people = (kind: string): PersonLink[] =>
    credits.filter((credit) => credit.kind === kind).map(({ name, handle }) => ({ name, handle }));
  return {
    article: {
      ...textOf(found),
      topics: topics.map(({ slug, name }) => ({ slug, name })),
      details: {
        writtenBy: people("WRITTEN"),
        editedBy: people("EDITED"),
        suggestedBy: people("SUGGESTED"),
        lastModifiedAt: found.lastModifiedAt,
        publishedAt: found.firstPublishedAt,
        copyrightHolder: found.copyrightHolder,
        licence: found.licence,
        revision: found.number,
      },
      corrections,
      pingbacks,
      related,
    },
    thread: {
      ...termsOf(found, moderationSettingsOf(settings), ctx.now),
      pinned: pinned.map(toPinned),
      commentCount: found.commentCount,
      sort: input.sort,
      page: input.page,
      pages: threadPages(found.rootPlaces),
      roots: buildTree(comments, input.sort === "newest" ? "newest" : "oldest"),
    },
  };
}

function textOf(found: PublishedArticle) {
  return {
    id: found.id,
    slug: found.slug,
    title: found.title,
    summary: found.summary,
    html: found.html,
    contents: found.headings.length >= limits.contentsHeadings ? found.headings : [],
    words: found.words,
  };
}

/**
 * The whole discussion in order, for print; at most `limits.printedComments`.
 * @throws DomainError `not_found`
 */
export async function readDiscussion(ctx: Context, input: { slug: string }): Promise<ThreadView> {
  const db = database();
  const found = await findThread(db, input.slug);
  if (!found) throw new DomainError("not_found");
  const [settings, comments] = await Promise.all([
    readSettings(db),
    threadInOrder(db, found.threadId, { limit: limits.printedComments, after: 0 }),
  ]);
  return {
    ...termsOf(found, moderationSettingsOf(settings), ctx.now),
    pinned: [],
    commentCount: found.commentCount,
    sort: "oldest",
    page: 1,
    pages: 1,
    roots: buildTree(comments),
  };
}
