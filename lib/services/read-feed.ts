// What is new, for feed readers: on the site, under a topic, in one discussion.
import type { ArticleSummary, PersonLink, TopicLink } from "@/lib/domain/article";
import { DomainError } from "@/lib/domain/errors";
import { limits } from "@/lib/domain/limits";
import type { Context } from "@/lib/services/context";
import { type Moved, movedOrMissing } from "@/lib/services/find-moved";
import { readSite } from "@/lib/services/read-site";
import { creditsOf, findPublished, topicsOf } from "@/lib/store/articles";
import { database } from "@/lib/store/client";
import { newestArticles } from "@/lib/store/feeds";
import { newestInThread } from "@/lib/store/threads";
import { findTopic } from "@/lib/store/topics";
import type { SafeHtml } from "@/lib/text/safe-html";

export interface FeedEntry {
  kind: "article" | "comment" | "revision" | "decision";
  id: string;
  /** Where it stands, without the origin. */
  path: string;
  title: string;
  /** Plain text; empty for none. */
  summary: string;
  /** Null when the texts of the entries before have used up the feed's room. */
  html: SafeHtml | null;
  publishedAt: Date;
  updatedAt: Date;
  authors: PersonLink[];
  topics: TopicLink[];
  /** What a comment answers: another comment, or the article. */
  inReplyTo: { kind: "article" | "comment"; id: string; path: string } | null;
}

export interface FeedView {
  /** Unique on this site and the same for ever. */
  id: string;
  siteName: string;
  title: string;
  subtitle: string;
  /** The page that shows the same. */
  path: string;
  updatedAt: Date;
  /** Newest first. */
  entries: FeedEntry[];
}

/** UTF-16 units of text in one feed: thirty long articles fit; thirty of the longest possible would be megabytes for every reader. */
const feedRoom = 1_000_000;

/** What an empty feed says of its age: it has not changed since the beginning. */
const never = new Date(0);

/** The newest articles of the site. */
export async function readSiteFeed(ctx: Context): Promise<FeedView> {
  const [site, entries] = await Promise.all([readSite(ctx), articleEntries()]);
  return { ...dated(entries), id: "site", siteName: site.name, title: site.name, subtitle: site.tagline, path: "/" };
}

/**
 * The newest articles of a topic.
 * @throws DomainError `not_found`
 */
export async function readTopicFeed(ctx: Context, input: { slug: string }): Promise<FeedView> {
  const topic = await findTopic(database(), input.slug);
  if (!topic) throw new DomainError("not_found");
  const [site, entries] = await Promise.all([readSite(ctx), articleEntries(topic.id)]);
  return {
    ...dated(entries),
    id: `topic-${topic.id}`,
    siteName: site.name,
    title: `${topic.name} · ${site.name}`,
    subtitle: topic.description,
    path: `/topics/${topic.slug}`,
  };
}

/**
 * The newest comments on an article that can be read.
 * @throws DomainError `not_found`
 */
export async function readDiscussionFeed(
  ctx: Context,
  input: { slug: string },
): Promise<Moved | { articleId: number; feed: FeedView }> {
  const db = database();
  const article = await findPublished(db, input.slug);
  if (!article) return movedOrMissing(db, input.slug);
  const [site, comments] = await Promise.all([
    readSite(ctx),
    newestInThread(db, article.threadId, { limit: limits.feedEntries }),
  ]);
  const path = `/articles/${article.slug}`;
  const entries = comments.map((comment): FeedEntry => {
    const about = { kind: "article", id: String(article.id), path } as const;
    return {
      kind: "comment",
      id: comment.id,
      path: `/comments/${comment.id}`,
      title: `${comment.author.name} on “${article.title}”`,
      summary: "",
      html: comment.html,
      publishedAt: comment.createdAt,
      updatedAt: comment.editedAt ?? comment.createdAt,
      authors: [comment.author],
      topics: [],
      inReplyTo:
        comment.parentId === null
          ? about
          : { kind: "comment", id: comment.parentId, path: `/comments/${comment.parentId}` },
    };
  });
  const feed = {
    ...dated(withinRoom(entries)),
    id: `article-${article.id}-discussion`,
    siteName: site.name,
    title: `Discussion: ${article.title}`,
    subtitle: site.name,
    path,
  };
  return { articleId: article.id, feed };
}

async function articleEntries(topicId?: number): Promise<FeedEntry[]> {
  const db = database();
  const articles = await newestArticles(db, topicId);
  const ids = articles.map((article) => article.id);
  const [credits, topics] = await Promise.all([creditsOf(db, ids), topicsOf(db, ids)]);
  const authors = (id: number): ArticleSummary["writtenBy"] =>
    credits
      .filter((credit) => credit.articleId === id && credit.kind === "WRITTEN")
      .map(({ name, handle }) => ({ name, handle }));
  return withinRoom(
    articles.map((article) => ({
      kind: "article",
      id: String(article.id),
      path: `/articles/${article.slug}`,
      title: article.title,
      summary: article.summary,
      html: article.html,
      publishedAt: article.publishedAt,
      updatedAt: article.lastModifiedAt,
      authors: authors(article.id),
      topics: topics.filter((topic) => topic.articleId === article.id).map(({ slug, name }) => ({ slug, name })),
      inReplyTo: null,
    })),
  );
}

function withinRoom(entries: FeedEntry[]): FeedEntry[] {
  let used = 0;
  return entries.map((entry) => {
    used += entry.html?.length ?? 0;
    return used > feedRoom ? { ...entry, html: null } : entry;
  });
}

function dated(entries: FeedEntry[]): { entries: FeedEntry[]; updatedAt: Date } {
  const newest = Math.max(never.getTime(), ...entries.map((entry) => entry.updatedAt.getTime()));
  return { entries, updatedAt: new Date(newest) };
}
