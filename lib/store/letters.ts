// Comments as letters to their authors see them.
import type { Transaction } from "@/lib/store/client";

/** A member's comment on an article that can be read; null for guests' and for who left. Whether they get mail is judged when it is sent. */
export async function commentForLetter(
  db: Transaction,
  commentId: bigint,
): Promise<{ userId: number; title: string; html: string } | null> {
  const rows = await db.$queryRaw<{ userId: number; title: string; html: string }[]>`
    SELECT c.user_id AS "userId", r.title, left(c.html, 4000) AS html
    FROM comments c
    JOIN users u ON u.id = c.user_id AND u.deleted_at IS NULL
    JOIN threads t ON t.id = c.thread_id
    JOIN articles a ON a.id = t.article_id
    JOIN revisions r ON r.id = a.published_revision_id
    WHERE c.id = ${commentId}`;
  return rows[0] ?? null;
}

/** Whether a comment is removed still: a letter about what was taken back since would be wrong. */
export async function isRemoved(db: Transaction, commentId: bigint): Promise<boolean> {
  const row = await db.comment.findUnique({ where: { id: commentId }, select: { status: true } });
  return row?.status === "REMOVED";
}
