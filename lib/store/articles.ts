// Reading published articles. Every question is bounded, whatever exists.
import type { ArticleSummary, LivelyThread, Page, PersonLink, TopicLink } from "@/lib/domain/article";
import { limits } from "@/lib/domain/limits";
import type { DiscussionMode } from "@/lib/domain/settings";
import type { Transaction } from "@/lib/store/client";
import { type Cursor, parseCursor, printCursor } from "@/lib/store/cursor";
import { Prisma } from "@/lib/store/generated/client";
import type { Questions } from "@/lib/store/plain-transaction";
import { excerptOfHtml } from "@/lib/text/excerpt";
import type { Heading, SafeHtml } from "@/lib/text/markdown";

/** A published article and the counts of its discussion, without the text. */
export interface OpenThread {
  id: number;
  slug: string;
  revisionId: number;
  threadId: number;
  threadState: "OPEN" | "LOCKED";
  commentCount: number;
  rootPlaces: number;
  places: number;
  mode: DiscussionMode | null;
  closesAt: Date | null;
  slowSeconds: number | null;
  firstPublishedAt: Date;
}

export interface PublishedArticle extends OpenThread {
  lastModifiedAt: Date;
  number: number;
  title: string;
  summary: string;
  html: SafeHtml;
  headings: Heading[];
  words: number;
  copyrightHolder: string;
  licence: string;
}

const threadColumns = Prisma.sql`
  a.id, a.slug, a.published_revision_id AS "revisionId", t.id AS "threadId", t.state AS "threadState",
  t.comment_count AS "commentCount", t.root_places AS "rootPlaces", t.places,
  t.mode, t.closes_at AS "closesAt", t.slow_seconds AS "slowSeconds", a.first_published_at AS "firstPublishedAt"`;

/** The discussion of the published article at `slug`; null when there is no such article. */
export async function findThread(db: Questions, slug: string): Promise<OpenThread | null> {
  const rows = await db.$queryRaw<OpenThread[]>`
    SELECT ${threadColumns}
    FROM articles a JOIN threads t ON t.article_id = a.id
    WHERE a.slug = ${slug} AND a.published_revision_id IS NOT NULL`;
  return rows[0] ?? null;
}

/** The published article at `slug`, with its thread's counts; null when there is none. */
export async function findPublished(db: Transaction, slug: string): Promise<PublishedArticle | null> {
  const rows = await db.$queryRaw<PublishedArticle[]>`
    SELECT ${threadColumns}, a.last_modified_at AS "lastModifiedAt",
           r.number, r.title, r.summary, r.html, r.headings, r.words, r.copyright_holder AS "copyrightHolder", r.licence
    FROM articles a
    JOIN revisions r ON r.id = a.published_revision_id
    JOIN threads t ON t.article_id = a.id
    WHERE a.slug = ${slug}`;
  return rows[0] ?? null;
}

/** Where an article that once had this slug is now; null when none had. */
export async function findRedirect(db: Transaction, slug: string): Promise<string | null> {
  const row = await db.slugRedirect.findUnique({ where: { slug }, select: { article: { select: { slug: true } } } });
  return row?.article.slug ?? null;
}

export interface CreditRow extends PersonLink {
  articleId: number;
  kind: "WRITTEN" | "EDITED" | "SUGGESTED";
}

/** Everybody credited on these articles, in the order in which they are named. */
export function creditsOf(db: Transaction, articleIds: number[]): Promise<CreditRow[]> {
  return db.$queryRaw<CreditRow[]>`
    SELECT c.article_id AS "articleId", c.kind, coalesce(c.name, u.display_name) AS name,
           CASE WHEN u.deleted_at IS NULL THEN u.handle END AS handle
    FROM credits c LEFT JOIN users u ON u.id = c.user_id
    WHERE c.article_id = ANY(${articleIds})
    ORDER BY c.article_id, c.kind, c.position`;
}

/** The topics of these articles, by name. */
export function topicsOf(db: Transaction, articleIds: number[]): Promise<(TopicLink & { articleId: number })[]> {
  return db.$queryRaw<(TopicLink & { articleId: number })[]>`
    SELECT x.article_id AS "articleId", t.slug, t.name
    FROM article_topics x JOIN topics t ON t.id = x.topic_id
    WHERE x.article_id = ANY(${articleIds})
    ORDER BY x.article_id, t.name`;
}

export interface CorrectionRow {
  revision: number;
  class: "UPDATE" | "CORRECTION";
  note: string;
  publishedAt: Date;
}

/** The newest fifty updates and corrections of an article since its first text. */
export function correctionsOf(db: Transaction, articleId: number): Promise<CorrectionRow[]> {
  return db.$queryRaw<CorrectionRow[]>`
    SELECT number AS revision, class, note, published_at AS "publishedAt"
    FROM revisions
    WHERE article_id = ${articleId} AND state IN ('PUBLISHED', 'SUPERSEDED') AND class IN ('UPDATE', 'CORRECTION')
    ORDER BY number DESC LIMIT 50`;
}

/** The newest fifty links that other sites told us of. */
export function pingbacksOf(db: Transaction, articleId: number): Promise<{ title: string; url: string }[]> {
  return db.pingback.findMany({
    where: { articleId },
    select: { title: true, url: true },
    orderBy: { id: "desc" },
    take: 50,
  });
}

/** A few articles that share topics with this one: those sharing most among the newest ten of each topic. */
export function relatedTo(db: Transaction, articleId: number): Promise<{ slug: string; title: string }[]> {
  return db.$queryRaw<{ slug: string; title: string }[]>`
    SELECT a.slug, r.title
    FROM (SELECT near.article_id, count(*) AS shared
          FROM article_topics own
          CROSS JOIN LATERAL (
            SELECT x.article_id FROM article_topics x
            WHERE x.topic_id = own.topic_id AND x.listed_at IS NOT NULL AND x.article_id <> ${articleId}
            ORDER BY x.listed_at DESC, x.article_id DESC LIMIT 10) near
          WHERE own.article_id = ${articleId}
          GROUP BY near.article_id) n
    JOIN articles a ON a.id = n.article_id
    JOIN revisions r ON r.id = a.published_revision_id
    ORDER BY n.shared DESC, a.first_published_at DESC LIMIT 4`;
}

/** Which list of articles: all, or those filed under a topic, or those a person is credited on. */
export interface ListWish {
  topicId?: number;
  userId?: number;
  before?: string;
  limit?: number;
}

interface ListRow extends Cursor {
  slug: string;
  title: string;
  summary: string;
  words: number;
  commentCount: number;
}

/** One page of published articles, newest first. A cursor that is none is ignored. */
export async function listPublished(db: Transaction, wish: ListWish): Promise<Page<ArticleSummary & { id: number }>> {
  const limit = Math.min(wish.limit ?? limits.articlesPerPage, limits.apiPageSize);
  const cursor = parseCursor(wish.before);
  const rows = await db.$queryRaw<ListRow[]>`
    SELECT a.id, a.slug, a.first_published_at AS at, r.title, r.summary, r.words, t.comment_count AS "commentCount"
    FROM (${listedIds(wish, cursor, limit + 1)}) listed
    JOIN articles a ON a.id = listed.id
    JOIN revisions r ON r.id = a.published_revision_id
    JOIN threads t ON t.article_id = a.id
    ORDER BY a.first_published_at DESC, a.id DESC`;
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: await withNames(db, shown), older: rows.length > limit && last ? printCursor(last) : null };
}

/** These articles, as far as they are published, in no order. */
export async function listThese(db: Transaction, ids: readonly number[]): Promise<(ArticleSummary & { id: number })[]> {
  const rows = await db.$queryRaw<ListRow[]>`
    SELECT a.id, a.slug, a.first_published_at AS at, r.title, r.summary, r.words, t.comment_count AS "commentCount"
    FROM articles a
    JOIN revisions r ON r.id = a.published_revision_id
    JOIN threads t ON t.article_id = a.id
    WHERE a.id = ANY(${[...ids]})`;
  return withNames(db, rows);
}

/** The ids of one page, from the index that fits the wish. */
function listedIds(wish: ListWish, cursor: Cursor | null, limit: number): Prisma.Sql {
  if (wish.topicId !== undefined) {
    const after = cursor ? Prisma.sql`AND (listed_at, article_id) < (${cursor.at}, ${cursor.id})` : Prisma.empty;
    return Prisma.sql`
      SELECT article_id AS id FROM article_topics
      WHERE topic_id = ${wish.topicId} AND listed_at IS NOT NULL ${after}
      ORDER BY listed_at DESC, article_id DESC LIMIT ${limit}`;
  }
  const after = cursor ? Prisma.sql`AND (first_published_at, id) < (${cursor.at}, ${cursor.id})` : Prisma.empty;
  const by =
    wish.userId === undefined
      ? Prisma.empty
      : Prisma.sql`AND id IN (SELECT article_id FROM credits WHERE user_id = ${wish.userId})`;
  return Prisma.sql`
    SELECT id FROM articles
    WHERE published_revision_id IS NOT NULL ${by} ${after}
    ORDER BY first_published_at DESC, id DESC LIMIT ${limit}`;
}

async function withNames(db: Transaction, rows: ListRow[]): Promise<(ArticleSummary & { id: number })[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const [credits, topics] = await Promise.all([creditsOf(db, ids), topicsOf(db, ids)]);
  return rows.map(({ at, ...row }) => ({
    ...row,
    publishedAt: at,
    writtenBy: credits
      .filter((credit) => credit.articleId === row.id && credit.kind === "WRITTEN")
      .map(({ name, handle }) => ({ name, handle })),
    topics: topics.filter((topic) => topic.articleId === row.id).map(({ slug, name }) => ({ slug, name })),
  }));
}

interface LivelyRow {
  slug: string;
  title: string;
  commentCount: number;
  lastCommentAt: Date;
  commentId: bigint;
  authorName: string;
  html: string;
}

/** The articles last talked about, each with the newest comment that can be read. */
export async function livelyThreads(db: Transaction, limit: number): Promise<LivelyThread[]> {
  const rows = await db.$queryRaw<LivelyRow[]>`
    SELECT a.slug, r.title, t.comment_count AS "commentCount", t.last_comment_at AS "lastCommentAt",
           c.id AS "commentId", c.author_name AS "authorName", left(c.html, 2000) AS html
    FROM (SELECT * FROM threads WHERE comment_count > 0 ORDER BY last_comment_at DESC, id DESC LIMIT ${limit * 2}) t
    JOIN articles a ON a.id = t.article_id
    JOIN revisions r ON r.id = a.published_revision_id
    CROSS JOIN LATERAL (
      SELECT id, author_name, html FROM comments
      WHERE thread_id = t.id AND place IS NOT NULL AND status = 'PUBLISHED'
      ORDER BY place DESC LIMIT 1) c
    ORDER BY t.last_comment_at DESC, t.id DESC LIMIT ${limit}`;
  return rows.map(({ commentId, authorName, html, ...thread }) => ({
    ...thread,
    lastComment: { id: String(commentId), authorName, excerpt: excerptOfHtml(html, 140) },
  }));
}
