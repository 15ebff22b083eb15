// What lies on the desk: drafts in a list, what waits for whom, and how much of it there is.
import { openStates, type RevisionState } from "@/lib/domain/article-workflow";
import { limits } from "@/lib/domain/limits";
import type { Transaction } from "@/lib/store/client";
import { Prisma } from "@/lib/store/generated/client";

export interface DraftRow {
  articleId: number;
  revisionId: number;
  title: string;
  state: RevisionState;
  /** Readers see an earlier text of it. */
  live: boolean;
  /** When something last happened to it. */
  at: Date;
  scheduledFor: Date | null;
  /** Names of who writes in it. */
  writers: string[];
}

/**
 * Drafts on their way, the one that was touched last first; one more than a page.
 * @param wish.writerId only those that this member writes in
 */
export function listDrafts(db: Transaction, wish: { writerId: number | null; page: number }): Promise<DraftRow[]> {
  const mine =
    wish.writerId === null
      ? Prisma.sql`TRUE`
      : Prisma.sql`EXISTS (SELECT 1 FROM revision_writers w WHERE w.revision_id = r.id AND w.user_id = ${wish.writerId})`;
  return db.$queryRaw<DraftRow[]>`
    SELECT r.article_id AS "articleId", r.id AS "revisionId", r.title, r.state, a.published_revision_id IS NOT NULL AS live,
           greatest(r.saved_at, r.submitted_at, r.created_at) AS at, r.scheduled_for AS "scheduledFor",
           ARRAY(SELECT u.display_name FROM revision_writers w JOIN users u ON u.id = w.user_id
                 WHERE w.revision_id = r.id ORDER BY w.created_at, u.id) AS writers
    FROM revisions r JOIN articles a ON a.id = r.article_id
    WHERE r.state::text = ANY(${[...openStates]}) AND ${mine}
    ORDER BY at DESC, r.id DESC
    LIMIT ${limits.draftsPerPage + 1} OFFSET ${(wish.page - 1) * limits.draftsPerPage}`;
}

export interface WaitingCounts {
  reviews: number;
  /** The longest that one of them has waited; null when none does. */
  oldestReview: Date | null;
}

/** How much waits for an editor, what this one wrote left out. */
export async function countReviews(db: Transaction, exceptWriterId: number | null): Promise<WaitingCounts> {
  const rows = await db.$queryRaw<WaitingCounts[]>`
    SELECT count(*)::int AS reviews, min(r.submitted_at) AS "oldestReview" FROM revisions r
    WHERE r.state = 'IN_REVIEW'
      AND NOT EXISTS (SELECT 1 FROM revision_writers w WHERE w.revision_id = r.id AND w.user_id = ${exceptWriterId ?? 0})`;
  return rows[0] ?? { reviews: 0, oldestReview: null };
}

/** How many comments wait for a moderator, counted to a bound. */
export async function countWaitingComments(db: Transaction): Promise<number> {
  const rows = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM comments WHERE waiting_since IS NOT NULL LIMIT ${limits.queueCounted}) waiting`;
  return rows[0]?.count ?? 0;
}

/** Names of these members, in the order of the ids. */
export async function namesOf(db: Transaction, userIds: readonly number[]): Promise<string[]> {
  const rows = await db.user.findMany({ where: { id: { in: [...userIds] } }, select: { id: true, displayName: true } });
  const names = new Map(rows.map((row) => [row.id, row.displayName]));
  return userIds.flatMap((id) => names.get(id) ?? []);
}

/** The title that an article is known by: the published text's, or the newest's. */
export async function articleTitle(db: Transaction, articleId: number): Promise<string> {
  const rows = await db.$queryRaw<{ title: string }[]>`
    SELECT r.title FROM revisions r JOIN articles a ON a.id = r.article_id
    WHERE a.id = ${articleId}
    ORDER BY r.id = a.published_revision_id DESC NULLS LAST, r.number DESC LIMIT 1`;
  return rows[0]?.title ?? "";
}

export interface LiveArticle {
  id: number;
  slug: string;
  title: string;
}

/** Published articles that somebody may mean by these words: the one at that address, or those with the words in their title. */
export function findLiveArticles(
  db: Transaction,
  wish: { text: string; slug: string; writerId: number | null },
): Promise<LiveArticle[]> {
  const mine =
    wish.writerId === null
      ? Prisma.sql`TRUE`
      : Prisma.sql`(EXISTS (SELECT 1 FROM credits c WHERE c.article_id = a.id AND c.user_id = ${wish.writerId})
          OR EXISTS (SELECT 1 FROM revisions w WHERE w.article_id = a.id AND w.author_id = ${wish.writerId}))`;
  return db.$queryRaw<LiveArticle[]>`
    SELECT a.id, a.slug, r.title FROM articles a JOIN revisions r ON r.id = a.published_revision_id
    WHERE ${mine} AND (a.slug = ${wish.slug} OR strpos(lower(r.title), lower(${wish.text})) > 0)
    ORDER BY a.slug = ${wish.slug} DESC, a.first_published_at DESC
    LIMIT ${limits.articlesPerPage}`;
}
