// Changing a discussion as a whole, and where a comment stands in it; each with its line in the log.
import { userIdOf } from "@/lib/domain/actor";
import type { CommentStatus } from "@/lib/domain/comment";
import { DomainError } from "@/lib/domain/errors";
import type { Permit } from "@/lib/domain/permissions";
import type { ManagedThread, ThreadSettings } from "@/lib/domain/thread-tools";
import type { Transaction } from "@/lib/store/client";

type ManagePermit = Permit<"thread.manage">;

export interface FoundThread extends ManagedThread {
  id: number;
  articleId: number;
}

/** The discussion of the published article at `slug`; locked until the transaction ends where it is to be changed. */
export async function findManagedThread(
  db: Transaction,
  slug: string,
  { lock }: { lock: boolean },
): Promise<FoundThread | null> {
  const rows = await db.$queryRaw<FoundThread[]>`
    SELECT t.id, a.id AS "articleId", a.slug, r.title, t.comment_count AS "commentCount", t.state = 'LOCKED' AS locked, t.mode,
           t.slow_seconds AS "slowSeconds", t.closes_at AS "closesAt"
    FROM articles a
    JOIN revisions r ON r.id = a.published_revision_id
    JOIN threads t ON t.article_id = a.id
    WHERE a.slug = ${slug}`;
  const row = rows[0];
  if (row && lock) await db.$executeRaw`SELECT 1 FROM threads WHERE id = ${row.id} FOR NO KEY UPDATE`;
  return row ?? null;
}

/** Discussions whose day came after `since` and no later than `until`: their own, or the site's where they have none. */
export function closedBetween(
  db: Transaction,
  wish: { since: Date; until: Date; closeAfterDays: number },
): Promise<{ articleId: number; articleSlug: string }[]> {
  const { since, until, closeAfterDays } = wish;
  return db.$queryRaw<{ articleId: number; articleSlug: string }[]>`
    SELECT a.id AS "articleId", a.slug AS "articleSlug"
    FROM threads t JOIN articles a ON a.id = t.article_id AND a.published_revision_id IS NOT NULL
    WHERE t.closes_at > ${since} AND t.closes_at <= ${until}
    UNION ALL
    SELECT a.id, a.slug
    FROM articles a JOIN threads t ON t.article_id = a.id AND t.closes_at IS NULL
    WHERE ${closeAfterDays} > 0 AND a.published_revision_id IS NOT NULL
      AND a.first_published_at > ${since}::timestamptz - ${closeAfterDays} * interval '1 day'
      AND a.first_published_at <= ${until}::timestamptz - ${closeAfterDays} * interval '1 day'`;
}

/** Sets how a discussion is held. */
export async function writeThreadSettings(
  db: Transaction,
  _permit: ManagePermit,
  change: { id: number; settings: ThreadSettings },
): Promise<void> {
  const { locked, mode, slowSeconds, closesAt } = change.settings;
  await db.thread.update({
    where: { id: change.id },
    data: { state: locked ? "LOCKED" : "OPEN", mode, slowSeconds, closesAt },
    select: { id: true },
  });
}

/** Adds a line about a discussion. */
export async function logThread(
  db: Transaction,
  permit: ManagePermit,
  line: { kind: "LOCK" | "UNLOCK" | "SET_THREAD"; articleId: number; reason: string },
): Promise<void> {
  await db.moderationAction.create({ data: { ...line, actorId: userIdOf(permit.actor) }, select: { id: true } });
}

async function logPlace(
  db: Transaction,
  permit: ManagePermit,
  line: { kind: "PIN" | "UNPIN" | "MOVE"; commentId: bigint; status: CommentStatus },
): Promise<void> {
  const { kind, commentId, status } = line;
  await db.moderationAction.create({
    data: {
      kind,
      commentId,
      fromStatus: status,
      toStatus: status,
      reason: `thread.${kind}`,
      actorId: userIdOf(permit.actor),
    },
    select: { id: true },
  });
}

export interface PlacedForTools {
  id: bigint;
  threadId: number;
  articleId: number;
  slug: string;
  status: CommentStatus;
  parentId: bigint | null;
  depth: number;
  pinned: boolean;
}

/** One comment with its place, locked until the transaction ends; null when readers never saw it. */
export async function lockPlaced(db: Transaction, id: string): Promise<PlacedForTools | null> {
  const rows = await db.$queryRaw<PlacedForTools[]>`
    SELECT c.id, c.thread_id AS "threadId", a.id AS "articleId", a.slug, c.status, c.parent_id AS "parentId", c.depth,
           c.pinned_at IS NOT NULL AS pinned
    FROM comments c
    JOIN threads t ON t.id = c.thread_id
    JOIN articles a ON a.id = t.article_id AND a.published_revision_id IS NOT NULL
    WHERE c.id = ${BigInt(id)} AND c.place IS NOT NULL
    FOR NO KEY UPDATE OF c`;
  return rows[0] ?? null;
}

/** How many comments of a thread are pinned; the thread's row is locked, so that two pins at once count each other. */
export async function countPinned(db: Transaction, threadId: number): Promise<number> {
  await db.$executeRaw`SELECT 1 FROM threads WHERE id = ${threadId} FOR NO KEY UPDATE`;
  return db.comment.count({ where: { threadId, pinnedAt: { not: null }, status: "PUBLISHED" } });
}

export async function setPinned(
  db: Transaction,
  permit: ManagePermit,
  change: { comment: PlacedForTools; pinned: boolean },
): Promise<void> {
  const { comment, pinned } = change;
  await db.comment.update({
    where: { id: comment.id },
    data: { pinnedAt: pinned ? new Date() : null },
    select: { id: true },
  });
  await logPlace(db, permit, { kind: pinned ? "PIN" : "UNPIN", commentId: comment.id, status: comment.status });
}

/**
 * Makes a reply and all under it a conversation of their own: it becomes a top-level comment, the last one of the thread, and keeps its
 * place among all comments.
 */
export async function moveToTop(db: Transaction, permit: ManagePermit, comment: PlacedForTools): Promise<void> {
  await lockSubThread(db, comment.id);
  if (comment.parentId !== null) {
    await db.$executeRaw`UPDATE comments SET reply_count = reply_count - 1 WHERE id = ${comment.parentId}`;
  }
  const rows = await db.$queryRaw<{ rootPlace: number }[]>`
    UPDATE threads SET root_places = root_places + 1 WHERE id = ${comment.threadId} RETURNING root_places AS "rootPlace"`;
  const rootPlace = rows[0]?.rootPlace;
  if (rootPlace === undefined) throw new DomainError("not_found");
  await db.$executeRaw`
    WITH RECURSIVE under AS (
      SELECT id FROM comments WHERE id = ${comment.id}
      UNION ALL
      SELECT c.id FROM under JOIN comments c ON c.parent_id = under.id)
    UPDATE comments c
    SET depth = c.depth - ${comment.depth},
        parent_id = CASE WHEN c.id = ${comment.id} THEN NULL ELSE c.parent_id END,
        root_id = CASE WHEN c.id = ${comment.id} THEN NULL ELSE ${comment.id}::bigint END,
        root_place = CASE WHEN c.id = ${comment.id} THEN ${rootPlace}::int END
    FROM under WHERE c.id = under.id`;
  await logPlace(db, permit, { kind: "MOVE", commentId: comment.id, status: comment.status });
}

/**
 * Locks a comment and all under it. Who is just replying has the comment that they answer locked, so their reply is either seen here at the
 * next look, or reads the new root and depth once this transaction has ended.
 */
async function lockSubThread(db: Transaction, id: bigint): Promise<void> {
  let known = -1;
  for (;;) {
    const rows = await db.$queryRaw<{ id: bigint }[]>`
      SELECT c.id FROM comments c
      WHERE c.id IN (
        WITH RECURSIVE under AS (
          SELECT id FROM comments WHERE id = ${id}
          UNION ALL
          SELECT c.id FROM under JOIN comments c ON c.parent_id = under.id)
        SELECT id FROM under)
      ORDER BY c.id FOR NO KEY UPDATE`;
    if (rows.length === known) return;
    known = rows.length;
  }
}

export interface PinnedRow {
  id: bigint;
  authorName: string;
  handle: string | null;
  html: string;
  createdAt: Date;
}

/** The pinned comments of a thread that can be read, in the order in which they were pinned. */
export function pinnedIn(db: Transaction, threadId: number, limit: number): Promise<PinnedRow[]> {
  return db.$queryRaw<PinnedRow[]>`
    SELECT c.id, c.author_name AS "authorName", u.handle, left(c.html, 2000) AS html, c.created_at AS "createdAt"
    FROM comments c LEFT JOIN users u ON u.id = c.user_id
    WHERE c.thread_id = ${threadId} AND c.pinned_at IS NOT NULL AND c.status = 'PUBLISHED'
    ORDER BY c.pinned_at LIMIT ${limit}`;
}
