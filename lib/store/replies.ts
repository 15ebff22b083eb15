// Replies, as mails about them see them: who wrote what to whom. A reply counts from when readers can see it.
import type { Questions } from "@/lib/store/plain-transaction";

/** Somebody who wants to hear of a reply. */
export interface ReplyReceiver {
  userId: number;
  threadId: number;
  /** Of the reply among all comments of its thread. */
  place: number;
}

/**
 * Whoever wrote the comment that a published one answers, if they want to hear of it: another member, with a confirmed address, neither
 * gone nor suspended.
 */
export async function receiverOfReply(db: Questions, commentId: bigint): Promise<ReplyReceiver | null> {
  const rows = await db.$queryRaw<ReplyReceiver[]>`
    SELECT u.id AS "userId", c.thread_id AS "threadId", c.place
    FROM comments c
    JOIN comments p ON p.id = c.parent_id
    JOIN users u ON u.id = p.user_id
    WHERE c.id = ${commentId} AND c.status = 'PUBLISHED' AND c.user_id IS DISTINCT FROM p.user_id
      AND u.mail_replies AND u.email IS NOT NULL AND u.email_verified_at IS NOT NULL
      AND u.suspended_at IS NULL AND u.deleted_at IS NULL`;
  return rows[0] ?? null;
}

/** A reply, for its mail. */
export interface SeenReply {
  writer: string;
  html: string;
  title: string;
}

/** A reply to a member, if readers can see it and the member still wants to hear of it. */
export async function findReply(db: Questions, commentId: bigint, userId: number): Promise<SeenReply | null> {
  const rows = await db.$queryRaw<SeenReply[]>`
    SELECT coalesce(w.display_name, c.author_name) AS writer, c.html, r.title
    FROM comments c
    JOIN comments p ON p.id = c.parent_id
    JOIN users u ON u.id = p.user_id AND u.mail_replies
    LEFT JOIN users w ON w.id = c.user_id
    JOIN threads t ON t.id = c.thread_id
    JOIN articles a ON a.id = t.article_id
    JOIN revisions r ON r.id = a.published_revision_id
    WHERE c.id = ${commentId} AND p.user_id = ${userId} AND c.status = 'PUBLISHED'`;
  return rows[0] ?? null;
}

/** Several replies in one thread, for a mail about all of them. */
export interface SeenReplies {
  count: number;
  /** The first of them. */
  firstId: bigint;
  title: string;
}

/**
 * The replies to a member that readers of a thread came to see from a place on, if the member still wants to hear of them.
 * @param from the place of the first
 */
export async function findReplies(
  db: Questions,
  about: { userId: number; threadId: number; from: number },
): Promise<SeenReplies | null> {
  const { userId, threadId, from } = about;
  const rows = await db.$queryRaw<SeenReplies[]>`
    SELECT count(*)::int AS count, min(c.id) AS "firstId", r.title
    FROM comments c
    JOIN comments p ON p.id = c.parent_id AND p.user_id = ${userId}
    JOIN users u ON u.id = p.user_id AND u.mail_replies
    JOIN threads t ON t.id = c.thread_id
    JOIN articles a ON a.id = t.article_id
    JOIN revisions r ON r.id = a.published_revision_id
    WHERE c.thread_id = ${threadId} AND c.place >= ${from} AND c.status = 'PUBLISHED'
      AND c.user_id IS DISTINCT FROM ${userId}::int
    GROUP BY r.title`;
  return rows[0] ?? null;
}

/** No more mail about replies. Says whether there was such a member. */
export async function stopReplyMails(db: Questions, userId: number): Promise<boolean> {
  const rows = await db.$executeRaw`
    UPDATE users SET mail_replies = false WHERE id = ${userId} AND deleted_at IS NULL`;
  return rows === 1;
}
