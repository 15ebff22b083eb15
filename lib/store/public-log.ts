// Reading the moderation log for everybody: names of moderators as the site shows them, titles only of what can be read, no notes.
import { limits } from "@/lib/domain/limits";
import {
  type LogKind,
  type LogLine,
  type LogWish,
  logGroups,
  publicKinds,
  type YearFigures,
} from "@/lib/domain/public-log";
import type { Transaction } from "@/lib/store/client";
import { Prisma } from "@/lib/store/generated/client";

interface LineRow {
  id: number;
  kind: LogKind;
  at: Date;
  actorId: number | null;
  moderatorName: string | null;
  displayName: string | null;
  handle: string | null;
  aboutId: number | null;
  slug: string | null;
  title: string | null;
  commentId: bigint | null;
  place: number | null;
  articleId: number | null;
  userId: number | null;
  visitorId: number | null;
  reason: string;
  reversal: boolean;
}

/** The newest lines of the wished part, newest first; `older` is the line to go on before. */
export async function listPublicLines(
  db: Transaction,
  wish: LogWish & { ownNames: boolean; limit?: number },
): Promise<{ lines: LogLine[]; older: number | null }> {
  const limit = wish.limit ?? limits.logLines;
  const kinds = wish.show ? logGroups[wish.show] : publicKinds;
  const about = wish.article
    ? Prisma.sql`AND m.about_id = (SELECT id FROM articles WHERE slug = ${wish.article} AND published_revision_id IS NOT NULL)`
    : Prisma.empty;
  const before = wish.before === undefined ? Prisma.empty : Prisma.sql`AND m.id < ${wish.before}`;
  const rows = await db.$queryRaw<LineRow[]>`
    SELECT m.id, m.kind::text AS kind, m.created_at AS at, m.actor_id AS "actorId", actor.moderator_name AS "moderatorName",
           actor.display_name AS "displayName", CASE WHEN actor.deleted_at IS NULL THEN actor.handle END AS handle,
           m.about_id AS "aboutId", a.slug, r.title, m.comment_id AS "commentId", c.place, m.article_id AS "articleId", m.user_id AS "userId",
           m.visitor_id AS "visitorId", m.reason, m.reversal
    FROM (SELECT * FROM moderation_actions m
          WHERE m.kind = ANY(${[...kinds]}::moderation_kind[]) ${about} ${before}
          ORDER BY m.id DESC LIMIT ${limit + 1}) m
    LEFT JOIN users actor ON actor.id = m.actor_id
    LEFT JOIN comments c ON c.id = m.comment_id
    LEFT JOIN articles a ON a.id = m.about_id AND a.published_revision_id IS NOT NULL
    LEFT JOIN revisions r ON r.id = a.published_revision_id
    ORDER BY m.id DESC`;
  const shown = rows.slice(0, limit);
  return {
    lines: shown.map((row) => toLine(row, wish.ownNames)),
    older: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}

/** What is told to the person alone. */
const privateReasons = new Set<LogKind>([...logGroups.people, ...logGroups.appeals]);

function toLine(row: LineRow, ownNames: boolean): LogLine {
  const { id, kind, at, aboutId, slug, title, commentId, place, reversal } = row;
  const about = aboutOf(row);
  return {
    id,
    kind,
    at,
    by: row.actorId === null ? null : nameOf(row, ownNames),
    article: aboutId !== null && slug !== null && title !== null ? { id: aboutId, slug, title } : null,
    // What was never seen has no page for others.
    commentId: about === "comment" && commentId !== null && place !== null && slug !== null ? String(commentId) : null,
    about,
    reason: privateReasons.has(kind) ? "" : row.reason,
    reversal,
  };
}

function nameOf(row: LineRow, ownNames: boolean): { name: string; handle: string | null } {
  if (ownNames && row.displayName !== null) return { name: row.displayName, handle: row.handle };
  return { name: row.moderatorName ?? "A moderator", handle: null };
}

const aboutPeople = new Set<LogKind>(logGroups.people);

function aboutOf(row: LineRow): LogLine["about"] {
  // A limit on a network is laid by a comment that came from there.
  if (row.commentId !== null) return aboutPeople.has(row.kind) ? "network" : "comment";
  if (row.articleId !== null) return "article";
  if (row.userId !== null) return "member";
  return row.visitorId === null ? "network" : "guest";
}

/** The figures of every year in which something was moderated or reported, newest first; at most ten. */
export function yearFigures(db: Transaction): Promise<YearFigures[]> {
  return db.$queryRaw<YearFigures[]>`
    WITH lines AS (
      SELECT extract(year FROM m.created_at AT TIME ZONE 'UTC')::int AS year, m.kind::text AS kind, m.actor_id,
             CASE WHEN m.actor_id IS NOT NULL AND m.kind IN ('APPROVE', 'MARK_SPAM', 'REMOVE', 'DISMISS_REPORTS') THEN
               extract(epoch FROM m.created_at - (
                 SELECT max(since.at) FROM (
                   SELECT max(h.created_at) AS at FROM moderation_actions h
                   WHERE h.comment_id = m.comment_id AND h.id < m.id AND h.kind = 'HOLD'
                   UNION ALL
                   SELECT min(p.created_at) FROM reports p WHERE p.comment_id = m.comment_id AND p.decided_at = m.created_at) since))
             END AS waited
      FROM moderation_actions m),
    told AS (
      SELECT extract(year FROM created_at AT TIME ZONE 'UTC')::int AS year, count(*)::int AS reports,
             count(*) FILTER (WHERE state = 'UPHELD')::int AS upheld, count(*) FILTER (WHERE state = 'DISMISSED')::int AS dismissed
      FROM reports GROUP BY 1),
    asked AS (
      SELECT extract(year FROM created_at AT TIME ZONE 'UTC')::int AS year, count(*)::int AS appeals,
             count(*) FILTER (WHERE state = 'GRANTED')::int AS granted, count(*) FILTER (WHERE state = 'DENIED')::int AS denied
      FROM appeals GROUP BY 1),
    said AS (
      SELECT extract(year FROM created_at AT TIME ZONE 'UTC')::int AS year, count(*)::int AS comments FROM comments GROUP BY 1),
    decided AS (
      SELECT year,
             count(*) FILTER (WHERE kind = 'HOLD' AND actor_id IS NULL)::int AS "heldBySystem",
             count(*) FILTER (WHERE kind = 'APPROVE')::int AS approved,
             count(*) FILTER (WHERE kind = 'REMOVE')::int AS removed,
             count(*) FILTER (WHERE kind = 'MARK_SPAM')::int AS spam,
             count(*) FILTER (WHERE kind IN ('RESTORE', 'GRANT_APPEAL'))::int AS restored,
             count(*) FILTER (WHERE kind IN ('WARN', 'MUTE', 'PREMODERATE', 'BAN'))::int AS sanctions,
             (percentile_cont(0.5) WITHIN GROUP (ORDER BY waited))::float8 AS "medianSeconds"
      FROM lines GROUP BY year)
    SELECT year, coalesce(comments, 0) AS comments, coalesce("heldBySystem", 0) AS "heldBySystem", coalesce(approved, 0) AS approved,
           coalesce(removed, 0) AS removed, coalesce(spam, 0) AS spam, coalesce(restored, 0) AS restored,
           coalesce(reports, 0) AS reports, coalesce(upheld, 0) AS "reportsUpheld", coalesce(dismissed, 0) AS "reportsDismissed",
           coalesce(appeals, 0) AS appeals, coalesce(granted, 0) AS "appealsGranted", coalesce(denied, 0) AS "appealsDenied",
           coalesce(sanctions, 0) AS sanctions, "medianSeconds"
    FROM decided FULL JOIN told USING (year) FULL JOIN asked USING (year) LEFT JOIN said USING (year)
    ORDER BY year DESC LIMIT 10`;
}
