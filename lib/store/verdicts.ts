// Judging comments: a row is locked, its state compared, and status, places, counts and reports change together.
import type { CommentStatus } from "@/lib/domain/comment";
import { DomainError } from "@/lib/domain/errors";
import type { Permit } from "@/lib/domain/permissions";
import type { Seen } from "@/lib/domain/verdict";
import type { Transaction } from "@/lib/store/client";
import { takePlace } from "@/lib/store/comments";
import { Prisma } from "@/lib/store/generated/client";

type JudgesPermit = Permit<"comment.moderate"> | Permit<"comment.moderateBySystem"> | Permit<"appeal.decide">;

/** A short digest of the edit that waits beside a comment, from `comments c`: it says which edit a moderator has read. */
export const editDigest = Prisma.sql`left(md5(coalesce(c.pending_body, '')), 8)`;

export interface JudgedComment extends Seen {
  id: bigint;
  threadId: number;
  parentId: bigint | null;
  articleId: number;
  slug: string;
  /** Null when readers never saw it. */
  place: number | null;
  userId: number | null;
  visitorId: number | null;
  /** A member's; null for a guest. */
  authorHandle: string | null;
  html: string;
  pendingBody: string | null;
  removalReason: string | null;
  /** Milliseconds since it was posted. */
  ageMs: number;
}

/** One comment, locked until the transaction ends; null when there is none. */
export async function lockForVerdict(db: Transaction, id: string): Promise<JudgedComment | null> {
  const rows = await db.$queryRaw<JudgedComment[]>`
    SELECT c.id, c.thread_id AS "threadId", c.parent_id AS "parentId", a.id AS "articleId", a.slug, c.place, c.status, c.revision,
           ${editDigest} AS edit, c.user_id AS "userId", c.visitor_id AS "visitorId", u.handle AS "authorHandle", c.html,
           c.pending_body AS "pendingBody", c.removal_reason AS "removalReason",
           c.report_weight > 0 AS reported,
           (extract(epoch FROM now() - c.created_at) * 1000)::float8 AS "ageMs"
    FROM comments c
    JOIN threads t ON t.id = c.thread_id
    JOIN articles a ON a.id = t.article_id
    LEFT JOIN users u ON u.id = c.user_id
    WHERE c.id = ${BigInt(id)}
    FOR NO KEY UPDATE OF c`;
  return rows[0] ?? null;
}

/**
 * Gives a comment another status: compared and set, with its place when readers see it for the first time, and the counts that go
 * with it. Rows are locked from the comment to its parent to the thread, as everywhere.
 * @param change.removalReason for REMOVED, and only then
 * @throws DomainError `conflict` when the status or the text is another by now
 */
export async function changeStatus(
  db: Transaction,
  _permit: JudgesPermit,
  change: { comment: JudgedComment; to: CommentStatus; removalReason?: string; heldReason?: string },
): Promise<void> {
  const { comment, to } = change;
  const wasSeen = comment.status === "PUBLISHED";
  const first = to === "PUBLISHED" && comment.place === null;
  if (first && comment.parentId !== null) {
    await db.$executeRaw`UPDATE comments SET reply_count = reply_count + 1 WHERE id = ${comment.parentId}`;
  }
  const root = comment.parentId === null;
  const place = first ? await takePlace(db, comment.threadId, { root }) : null;
  const changed = await db.$executeRaw`
    UPDATE comments
    SET status = ${to}::comment_status, decided_at = now(), removal_reason = ${change.removalReason ?? null},
        held_reason = coalesce(${change.heldReason ?? null}, held_reason),
        place = coalesce(place, ${place?.places ?? null}::int),
        root_place = coalesce(root_place, ${place && root ? place.rootPlaces : null}::int)
    WHERE id = ${comment.id} AND status = ${comment.status}::comment_status AND revision = ${comment.revision}`;
  if (changed !== 1) throw new DomainError("conflict", { reason: "state.changed" });
  const by = (to === "PUBLISHED" && !first ? 1 : 0) - (wasSeen ? 1 : 0);
  if (by !== 0)
    await db.$executeRaw`UPDATE threads SET comment_count = comment_count + ${by} WHERE id = ${comment.threadId}`;
}

/** Decides the reports about a comment that were open. */
export async function decideReports(
  db: Transaction,
  _permit: JudgesPermit,
  decision: { commentId: bigint; state: "UPHELD" | "DISMISSED" },
): Promise<void> {
  await db.$executeRaw`
    WITH decided AS (
      UPDATE reports SET state = ${decision.state}::report_state, decided_at = now()
      WHERE comment_id = ${decision.commentId} AND state = 'OPEN')
    UPDATE comments SET report_weight = 0 WHERE id = ${decision.commentId} AND report_weight > 0`;
}

/** Opens the reports again that were decided at this time, with the decision that is taken back. */
export async function reopenReports(
  db: Transaction,
  _permit: Permit<"comment.moderate">,
  decision: { commentId: bigint; at: Date },
): Promise<void> {
  await db.$executeRaw`
    WITH reopened AS (
      UPDATE reports SET state = 'OPEN', decided_at = NULL
      WHERE comment_id = ${decision.commentId} AND decided_at = ${decision.at} RETURNING weight)
    UPDATE comments SET report_weight = report_weight + (SELECT coalesce(sum(weight), 0) FROM reopened)
    WHERE id = ${decision.commentId}`;
}

/** Lets the edit that waits take the place of the text that readers see; `public` says whether they are told. */
export async function publishEdit(
  db: Transaction,
  _permit: Permit<"comment.moderate">,
  change: { comment: JudgedComment; public: boolean },
): Promise<void> {
  const { comment } = change;
  await keepText(db, comment, change.public);
  await db.$executeRaw`
    UPDATE comments
    SET body = pending_body, html = pending_html, body_hash = sha256(convert_to(pending_body, 'UTF8')), revision = revision + 1,
        edited_at = CASE WHEN ${change.public} THEN now() ELSE edited_at END, pending_body = NULL, pending_html = NULL
    WHERE id = ${comment.id}`;
}

/** Puts the edit that waits among the earlier texts, as one that readers never saw: nothing is lost that somebody wrote. */
export async function setEditAside(
  db: Transaction,
  _permit: Permit<"comment.moderate">,
  comment: JudgedComment,
): Promise<void> {
  await keepText(db, comment, false);
  await db.$executeRaw`
    INSERT INTO comment_revisions (comment_id, number, body, html, created_at, public)
    SELECT id, revision + 1, pending_body, pending_html, now(), false FROM comments WHERE id = ${comment.id}`;
  await db.$executeRaw`
    UPDATE comments SET revision = revision + 2, pending_body = NULL, pending_html = NULL WHERE id = ${comment.id}`;
}

async function keepText(db: Transaction, comment: JudgedComment, visible: boolean): Promise<void> {
  await db.$executeRaw`
    INSERT INTO comment_revisions (comment_id, number, body, html, created_at, public)
    SELECT id, revision, body, html, coalesce(edited_at, created_at), ${visible} FROM comments WHERE id = ${comment.id}`;
}

/** Nobody has this item before them any more. */
export async function endClaim(db: Transaction, _permit: JudgesPermit, commentId: bigint): Promise<void> {
  await db.$executeRaw`DELETE FROM queue_claims WHERE comment_id = ${commentId}`;
}
