// What readers find: an article's pointer to its published revision, its address and those it had, its topics, its thread.
import type { Permit } from "@/lib/domain/permissions";
import type { Transaction } from "@/lib/store/client";

/** Whoever may change what readers find. */
type LivePermit = Permit<"revision.review" | "revision.publishDue" | "article.manage">;

/** Whether an address leads to another article, now or by a redirect. */
export async function slugIsTaken(db: Transaction, slug: string, articleId: number): Promise<boolean> {
  const rows = await db.$queryRaw<{ taken: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM articles WHERE slug = ${slug} AND id <> ${articleId})
        OR EXISTS (SELECT 1 FROM slug_redirects WHERE slug = ${slug} AND article_id <> ${articleId}) AS taken`;
  return rows[0]?.taken === true;
}

/**
 * Gives an article another address. The one that readers knew leads on to it; a former one of its own may come back.
 * @param change.known whether readers ever knew the old one
 */
export async function moveSlug(
  db: Transaction,
  _permit: LivePermit,
  change: { articleId: number; from: string; to: string; known: boolean },
): Promise<void> {
  const { articleId, from, to, known } = change;
  await db.slugRedirect.deleteMany({ where: { slug: to, articleId } });
  await db.article.update({ where: { id: articleId }, data: { slug: to }, select: { id: true } });
  if (known) await db.slugRedirect.create({ data: { slug: from, articleId }, select: { slug: true } });
}

/** Points an article at the revision that readers see from now on, and makes its thread if it has none. */
export async function pointAt(
  db: Transaction,
  _permit: LivePermit,
  live: { articleId: number; revisionId: number; at: Date; modified: boolean },
): Promise<void> {
  const { articleId, revisionId, at, modified } = live;
  await db.$executeRaw`
    UPDATE articles
    SET published_revision_id = ${revisionId}, first_published_at = coalesce(first_published_at, ${at}),
        last_modified_at = CASE WHEN ${modified} OR last_modified_at IS NULL THEN ${at} ELSE last_modified_at END
    WHERE id = ${articleId}`;
  await db.$executeRaw`INSERT INTO threads (article_id) VALUES (${articleId}) ON CONFLICT (article_id) DO NOTHING`;
}

/** Points an article at nothing: readers find it no more. */
export async function pointAtNothing(db: Transaction, _permit: LivePermit, articleId: number): Promise<void> {
  await db.article.update({ where: { id: articleId }, data: { publishedRevisionId: null }, select: { id: true } });
}

/**
 * Files a published article under exactly these topics, which count it.
 * @returns the slugs of all topics that it was or is filed under
 */
export async function fileUnder(
  db: Transaction,
  _permit: LivePermit,
  filing: { articleId: number; topicIds: readonly number[] },
): Promise<string[]> {
  const { articleId } = filing;
  const topicIds = [...new Set(filing.topicIds)];
  const seen = await lockTopicsOf(db, articleId, topicIds);
  await db.$executeRaw`
    UPDATE topics SET article_count = article_count - 1
    WHERE id IN (SELECT topic_id FROM article_topics WHERE article_id = ${articleId} AND listed_at IS NOT NULL)`;
  await db.articleTopic.deleteMany({ where: { articleId } });
  await db.$executeRaw`
    INSERT INTO article_topics (article_id, topic_id, listed_at)
    SELECT a.id, t.id, a.first_published_at FROM articles a, topics t WHERE a.id = ${articleId} AND t.id = ANY(${topicIds})`;
  await db.$executeRaw`UPDATE topics SET article_count = article_count + 1 WHERE id = ANY(${topicIds})`;
  return seen;
}

/** Takes an article off its topics' lists, and keeps what it was filed under. @returns the topics' slugs */
export async function takeOffLists(db: Transaction, _permit: LivePermit, articleId: number): Promise<string[]> {
  const seen = await lockTopicsOf(db, articleId, []);
  await db.$executeRaw`
    UPDATE topics SET article_count = article_count - 1
    WHERE id IN (SELECT topic_id FROM article_topics WHERE article_id = ${articleId} AND listed_at IS NOT NULL)`;
  await db.articleTopic.updateMany({ where: { articleId }, data: { listedAt: null } });
  return seen;
}

/** Locked in one order, so that two articles with the same topics do not wait for each other. */
async function lockTopicsOf(db: Transaction, articleId: number, more: readonly number[]): Promise<string[]> {
  const rows = await db.$queryRaw<{ slug: string }[]>`
    SELECT slug FROM topics
    WHERE id = ANY(${[...more]}) OR id IN (SELECT topic_id FROM article_topics WHERE article_id = ${articleId})
    ORDER BY id FOR UPDATE`;
  return rows.map(({ slug }) => slug);
}

/** The names of what an article is filed under. */
export async function topicNamesOf(db: Transaction, articleId: number): Promise<string[]> {
  const rows = await db.articleTopic.findMany({
    where: { articleId },
    select: { topic: { select: { name: true } } },
    orderBy: { topicId: "asc" },
  });
  return rows.map(({ topic }) => topic.name);
}

/** The slugs of what an article is filed under. */
export async function topicSlugsOf(db: Transaction, articleId: number): Promise<string[]> {
  const rows = await db.articleTopic.findMany({ where: { articleId }, select: { topic: { select: { slug: true } } } });
  return rows.map(({ topic }) => topic.slug);
}
