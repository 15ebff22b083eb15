// The thread that is written to, and what screening must know of it and of a person's past: one question, asked inside the transaction of
// the post.
import type { SanctionInForce } from "@/lib/domain/sanction";
import type { DiscussionMode, ModerationSettings } from "@/lib/domain/settings";
import type { AuthorIds } from "@/lib/store/comments";
import { Prisma } from "@/lib/store/generated/client";
import type { Questions } from "@/lib/store/plain-transaction";
import { countsNow, laidOn } from "@/lib/store/sanctions";
import type { TokenCount } from "@/lib/text/spam-score";

export interface FactsWish extends AuthorIds {
  /** The article's, or the thread's own number. */
  thread: string | number;
  /** A guest's; none for members. */
  networkKeys: readonly Uint8Array[];
  /** Of the text, for the classifier; none when it is not asked. */
  tokens: readonly string[];
  settings: ModerationSettings;
  /** The comment that is edited: it says nothing about itself, and slow mode is about new ones. */
  edited: bigint | null;
}

export interface FactsRow {
  articleId: number;
  slug: string;
  /** What readers see of the article. */
  revisionId: number;
  threadId: number;
  threadLocked: boolean;
  mode: DiscussionMode;
  overdue: boolean;
  waitSeconds: number;
  approvedBefore: number;
  sanctions: SanctionInForce[];
  counts: TokenCount[];
}

type RawRow = Omit<FactsRow, "sanctions"> & {
  sanctions: (Omit<SanctionInForce, "endsAt"> & { endsAt: string | null })[];
};

/** The facts; null when there is no such thread on a published article. */
export async function screeningFacts(db: Questions, wish: FactsWish): Promise<FactsRow | null> {
  const { settings, tokens, networkKeys, edited } = wish;
  const { userId, visitorId } = wish;
  const theirs =
    userId !== null
      ? Prisma.sql`c.user_id = ${userId}`
      : visitorId !== null
        ? Prisma.sql`c.visitor_id = ${visitorId}`
        : Prisma.sql`false`;
  const from =
    networkKeys.length > 0 ? Prisma.sql`OR s.network_key IN (${Prisma.join([...networkKeys])})` : Prisma.empty;
  const counts =
    tokens.length > 0
      ? Prisma.sql`(SELECT json_agg(json_build_object('token', k.token, 'spam', k.spam, 'ham', k.ham))
          FROM spam_tokens k WHERE k.token = ANY(${[...tokens]}))`
      : Prisma.sql`NULL::json`;
  const which =
    typeof wish.thread === "string" ? Prisma.sql`a.slug = ${wish.thread}` : Prisma.sql`t.id = ${wish.thread}`;
  const slow = edited === null ? settings.slowSeconds : 0;
  const rows = await db.$queryRaw<RawRow[]>`
    SELECT a.id AS "articleId", a.slug, a.published_revision_id AS "revisionId", t.id AS "threadId", t.state = 'LOCKED' AS "threadLocked",
      how.mode,
      coalesce(t.closes_at <= now(), ${settings.closeAfterDays} > 0
        AND a.first_published_at + ${settings.closeAfterDays} * interval '1 day' <= now(), false) AS overdue,
      coalesce((SELECT least(how.slow, how.slow - extract(epoch FROM now() - c.created_at))::float8 FROM comments c
        WHERE ${theirs} AND ${edited === null} AND how.slow > 0 AND c.thread_id = t.id
          AND c.created_at > now() - how.slow * interval '1 second' ORDER BY c.created_at DESC LIMIT 1), 0) AS "waitSeconds",
      CASE WHEN how.mode = 'HOLD_FIRST' THEN (SELECT count(*)::int FROM (
        SELECT 1 FROM comments c WHERE ${theirs} AND c.status = 'PUBLISHED' AND c.id IS DISTINCT FROM ${edited}::bigint
        LIMIT ${settings.firstComments}) before) ELSE 0 END AS "approvedBefore",
      coalesce((SELECT json_agg(json_build_object('id', s.id, 'kind', s.kind, 'reason', s.reason, 'endsAt', s.ends_at,
        'network', s.network_key IS NOT NULL) ORDER BY s.ends_at DESC NULLS FIRST)
        FROM sanctions s WHERE (${laidOn(wish)} ${from}) AND ${countsNow}), '[]') AS sanctions,
      coalesce(${counts}, '[]') AS counts
    FROM threads t JOIN articles a ON a.id = t.article_id
    CROSS JOIN LATERAL (SELECT coalesce(t.mode::text, ${settings.mode}) AS mode, coalesce(t.slow_seconds, ${slow}::int) AS slow) how
    WHERE ${which} AND a.published_revision_id IS NOT NULL`;
  const row = rows[0];
  if (!row) return null;
  const dated = row.sanctions.map((sanction) => ({
    ...sanction,
    endsAt: sanction.endsAt === null ? null : new Date(sanction.endsAt),
  }));
  return { ...row, sanctions: dated };
}
