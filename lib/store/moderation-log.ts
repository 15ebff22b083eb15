// The moderation log: lines are added, never changed.
import { userIdOf } from "@/lib/domain/actor";
import type { CommentStatus } from "@/lib/domain/comment";
import type { Permit } from "@/lib/domain/permissions";
import type { Transaction } from "@/lib/store/client";
import type { Questions } from "@/lib/store/plain-transaction";

export interface CommentActionLine {
  kind: "APPROVE" | "HOLD" | "MARK_SPAM" | "REMOVE" | "RESTORE";
  commentId: bigint;
  /** Null: the system. */
  actorId: number | null;
  from: CommentStatus | null;
  to: CommentStatus;
  reason: string;
  /** For moderators alone. */
  note?: string;
  createdAt?: Date;
}

/** Adds the line that belongs to a change of a comment's status; called in the same transaction. */
export async function logCommentAction(db: Questions, line: CommentActionLine): Promise<void> {
  await db.$executeRaw`
    INSERT INTO moderation_actions (kind, actor_id, comment_id, from_status, to_status, reason, note, created_at)
    VALUES (${line.kind}::moderation_kind, ${line.actorId}, ${line.commentId}, ${line.from}::comment_status,
            ${line.to}::comment_status, ${line.reason}, ${line.note ?? ""},
            coalesce(${line.createdAt ?? null}::timestamptz, clock_timestamp()))`;
}

/** Why the system or a moderator last held a comment or an edit of it: the reason's code; null when nobody did. */
export async function holdReasonOf(db: Transaction, commentId: string): Promise<string | null> {
  const row = await db.moderationAction.findFirst({
    where: { commentId: BigInt(commentId), kind: "HOLD" },
    select: { reason: true },
    orderBy: { id: "desc" },
  });
  return row?.reason ?? null;
}

/** What a moderator decided about one comment. */
export interface VerdictLine {
  kind: "APPROVE" | "HOLD" | "MARK_SPAM" | "REMOVE" | "RESTORE" | "DISMISS_REPORTS" | "APPROVE_EDIT" | "DECLINE_EDIT";
  commentId: bigint;
  from: CommentStatus;
  to: CommentStatus;
  reason: string;
  /** For moderators alone. */
  note: string;
  /** It takes an earlier line back. */
  reversal: boolean;
}

/** Adds the line of a verdict, at the transaction's own time; answers its id. */
export async function logVerdict(
  db: Transaction,
  permit: Permit<"comment.moderate">,
  line: VerdictLine,
): Promise<number> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    INSERT INTO moderation_actions (kind, actor_id, comment_id, from_status, to_status, reason, note, reversal, created_at)
    VALUES (${line.kind}::moderation_kind, ${userIdOf(permit.actor)}, ${line.commentId}, ${line.from}::comment_status,
            ${line.to}::comment_status, ${line.reason}, ${line.note}, ${line.reversal}, now())
    RETURNING id`;
  return rows[0]?.id ?? 0;
}

export interface LastLine {
  id: number;
  kind: string;
  actorId: number | null;
  /** Null: the system. */
  actorName: string | null;
  from: CommentStatus | null;
  to: CommentStatus | null;
  reason: string;
  reversal: boolean;
  createdAt: Date;
}

/** The newest line about a comment; null when nothing was ever decided. */
export async function lastLineOf(db: Transaction, commentId: bigint): Promise<LastLine | null> {
  const rows = await db.$queryRaw<LastLine[]>`
    SELECT m.id, m.kind::text AS kind, m.actor_id AS "actorId", u.display_name AS "actorName", m.from_status AS "from", m.to_status AS "to", m.reason, m.reversal, m.created_at AS "createdAt"
    FROM moderation_actions m LEFT JOIN users u ON u.id = m.actor_id
    WHERE m.comment_id = ${commentId} ORDER BY m.id DESC LIMIT 1`;
  return rows[0] ?? null;
}

export interface UndoableLine {
  id: number;
  kind: string;
  commentId: bigint;
  authorName: string;
  /** The beginning of its text. */
  opening: string;
  createdAt: Date;
}

/**
 * What a moderator decided and nothing has followed, newest first: what can be taken back. Looks no further back than at five times as
 * many of their lines.
 */
export function undoableLines(db: Transaction, wish: { actorId: number; limit: number }): Promise<UndoableLine[]> {
  return db.$queryRaw<UndoableLine[]>`
    SELECT m.id, m.kind::text AS kind, m.comment_id AS "commentId", c.author_name AS "authorName", left(c.body, 120) AS opening, m.created_at AS "createdAt"
    FROM (SELECT * FROM moderation_actions WHERE actor_id = ${wish.actorId} AND comment_id IS NOT NULL AND NOT reversal
          ORDER BY id DESC LIMIT ${wish.limit * 5}) m
    JOIN comments c ON c.id = m.comment_id
    WHERE m.kind IN ('APPROVE', 'HOLD', 'MARK_SPAM', 'REMOVE', 'RESTORE', 'DISMISS_REPORTS') AND c.status = m.to_status
      AND NOT EXISTS (SELECT 1 FROM moderation_actions later WHERE later.comment_id = m.comment_id AND later.id > m.id)
    ORDER BY m.id DESC LIMIT ${wish.limit}`;
}

/** A line that this moderator wrote about a comment; null when there is none. */
export async function findOwnLine(
  db: Transaction,
  wish: { id: number; actorId: number },
): Promise<{
  id: number;
  commentId: bigint;
  kind: string;
  from: CommentStatus;
  to: CommentStatus;
  createdAt: Date;
} | null> {
  const row = await db.moderationAction.findFirst({
    where: { id: wish.id, actorId: wish.actorId, reversal: false },
    select: { id: true, commentId: true, kind: true, fromStatus: true, toStatus: true, createdAt: true },
  });
  if (!row || row.commentId === null || row.fromStatus === null || row.toStatus === null) return null;
  return {
    id: row.id,
    commentId: row.commentId,
    kind: row.kind,
    from: row.fromStatus,
    to: row.toStatus,
    createdAt: row.createdAt,
  };
}

/** Why a comment was removed last before line `before`: what it is given again when its restoring is taken back. */
export async function removalReasonBefore(db: Transaction, commentId: bigint, before: number): Promise<string> {
  const row = await db.moderationAction.findFirst({
    where: { commentId, kind: "REMOVE", id: { lt: before } },
    select: { reason: true },
    orderBy: { id: "desc" },
  });
  return row?.reason ?? "removal.OFF_TOPIC";
}
