// Reading the moderation log for everybody: names of moderators as the site shows them, titles only of what can be read, no notes.
import { limits } from "@/lib/domain/limits";
import { type LogKind, type LogLine, type LogWish, logGroups, publicKinds } from "@/lib/domain/public-log";
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
