// What a moderator reads beside the comments that they judge: what these answer, who complained, what was decided before. Each
// question is asked once for all comments of a page.
import type { CommentStatus } from "@/lib/domain/comment";
import type { ReportReason } from "@/lib/domain/report";
import type { Transaction } from "@/lib/store/client";

/** Reports and lines of the log shown with one comment. */
const linesAsked = 12;

export interface AnsweredRow {
  /** The comment that answers. */
  of: bigint;
  id: bigint;
  status: CommentStatus;
  authorName: string;
  html: string;
}

/** What comments answer, and what that answers, the farther one first. */
export function answeredBy(db: Transaction, ids: readonly bigint[]): Promise<AnsweredRow[]> {
  return db.$queryRaw<AnsweredRow[]>`
    SELECT item.id AS of, above.*
    FROM comments item
    CROSS JOIN LATERAL (
      SELECT p.id, p.status, p.author_name AS "authorName", left(p.html, 1500) AS html, p.depth
      FROM comments p WHERE p.id = item.parent_id
      UNION ALL
      SELECT g.id, g.status, g.author_name, left(g.html, 1500), g.depth
      FROM comments p JOIN comments g ON g.id = p.parent_id WHERE p.id = item.parent_id) above
    WHERE item.id = ANY(${ids}) AND item.parent_id IS NOT NULL
    ORDER BY item.id, above.depth`;
}

/** Who wrote these comments, as it stands on them, by id. */
export async function authorNamesOf(db: Transaction, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.comment.findMany({
    where: { id: { in: ids.map(BigInt) } },
    select: { id: true, authorName: true },
  });
  return new Map(rows.map(({ id, authorName }) => [String(id), authorName]));
}

export interface ReportRow {
  commentId: bigint;
  reason: ReportReason;
  note: string;
  weight: number;
  state: "OPEN" | "UPHELD" | "DISMISSED";
  /** It was about an earlier text. */
  revision: number;
  createdAt: Date;
  /** Of a member; null for a guest. */
  handle: string | null;
}

/** The newest reports about each comment, open ones first. */
export function reportsAbout(db: Transaction, ids: readonly bigint[]): Promise<ReportRow[]> {
  return db.$queryRaw<ReportRow[]>`
    SELECT c.id AS "commentId", r.reason, r.note, r.weight, r.state, r.comment_revision AS revision, r.created_at AS "createdAt",
           u.handle
    FROM unnest(${ids}::bigint[]) c(id)
    CROSS JOIN LATERAL (
      SELECT * FROM reports WHERE comment_id = c.id ORDER BY state, id DESC LIMIT ${linesAsked}) r
    LEFT JOIN users u ON u.id = r.user_id
    ORDER BY c.id, r.state, r.id DESC`;
}

export interface DecisionRow {
  commentId: bigint;
  kind: string;
  /** Null: the system. */
  actorName: string | null;
  from: CommentStatus | null;
  to: CommentStatus | null;
  reason: string;
  note: string;
  reversal: boolean;
  createdAt: Date;
}

/** What was decided about each comment, newest first. */
export function decisionsAbout(db: Transaction, ids: readonly bigint[]): Promise<DecisionRow[]> {
  return db.$queryRaw<DecisionRow[]>`
    SELECT c.id AS "commentId", m.kind::text AS kind, u.display_name AS "actorName", m.from_status AS "from", m.to_status AS "to",
           m.reason, m.note, m.reversal, m.created_at AS "createdAt"
    FROM unnest(${ids}::bigint[]) c(id)
    CROSS JOIN LATERAL (SELECT * FROM moderation_actions WHERE comment_id = c.id ORDER BY id DESC LIMIT ${linesAsked}) m
    LEFT JOIN users u ON u.id = m.actor_id
    ORDER BY c.id, m.id DESC`;
}
