// Appeals against removals: one a removal, decided once.
import { userIdOf } from "@/lib/domain/actor";
import type { AppealState, OwnAppeal } from "@/lib/domain/appeal";
import type { Permit } from "@/lib/domain/permissions";
import type { Transaction } from "@/lib/store/client";
import type { AuthorIds } from "@/lib/store/comments";

export interface Removal {
  actionId: number;
  /** Who removed it; null for the system. */
  actorId: number | null;
  reason: string;
  at: Date;
  appeal: OwnAppeal | null;
}

interface RemovalRow {
  actionId: number;
  actorId: number | null;
  reason: string;
  at: Date;
  state: AppealState | null;
  body: string | null;
  answer: string | null;
  createdAt: Date | null;
  decidedAt: Date | null;
}

/** The newest removal of a comment, with what was said against it; null when it was never removed. */
export async function lastRemovalOf(db: Transaction, commentId: bigint): Promise<Removal | null> {
  const rows = await db.$queryRaw<RemovalRow[]>`
    SELECT m.id AS "actionId", m.actor_id AS "actorId", m.reason, m.created_at AS at,
           p.state, p.body, p.answer, p.created_at AS "createdAt", p.decided_at AS "decidedAt"
    FROM moderation_actions m LEFT JOIN appeals p ON p.action_id = m.id
    WHERE m.comment_id = ${commentId} AND m.kind = 'REMOVE' AND m.to_status = 'REMOVED'
    ORDER BY m.id DESC LIMIT 1`;
  const row = rows[0];
  if (!row) return null;
  const { actionId, actorId, reason, at, state, body, answer, createdAt, decidedAt } = row;
  const appeal = state && createdAt ? { state, body: body ?? "", answer: answer ?? "", createdAt, decidedAt } : null;
  return { actionId, actorId, reason, at, appeal };
}

/** Writes an appeal; false when this removal has one already. */
export async function insertAppeal(
  db: Transaction,
  _permit: Permit<"appeal.make">,
  appeal: { commentId: bigint; actionId: number; body: string },
): Promise<boolean> {
  const { commentId, actionId, body } = appeal;
  const written = await db.$executeRaw`
    INSERT INTO appeals (comment_id, action_id, body) VALUES (${commentId}, ${actionId}, ${body}) ON CONFLICT DO NOTHING`;
  return written === 1;
}

export interface LockedAppeal {
  id: number;
  commentId: bigint;
  state: AppealState;
  /** Who removed the comment; null for the system. */
  removedById: number | null;
  /** Who decided the appeal. */
  decidedBy: string | null;
}

/** One appeal, locked until the transaction ends. */
export async function lockAppeal(db: Transaction, id: number): Promise<LockedAppeal | null> {
  const rows = await db.$queryRaw<LockedAppeal[]>`
    SELECT p.id, p.comment_id AS "commentId", p.state, m.actor_id AS "removedById", u.display_name AS "decidedBy"
    FROM appeals p
    JOIN moderation_actions m ON m.id = p.action_id
    LEFT JOIN users u ON u.id = p.decided_by_id
    WHERE p.id = ${id} FOR NO KEY UPDATE OF p`;
  return rows[0] ?? null;
}

/** Writes the decision, and its line in the log. */
export async function decideAppealRow(
  db: Transaction,
  permit: Permit<"appeal.decide">,
  decision: { appeal: LockedAppeal; granted: boolean; answer: string },
): Promise<void> {
  const { appeal, granted, answer } = decision;
  const actorId = userIdOf(permit.actor);
  await db.$executeRaw`
    UPDATE appeals SET state = ${granted ? "GRANTED" : "DENIED"}::appeal_state, answer = ${answer}, decided_at = now(),
           decided_by_id = ${actorId}
    WHERE id = ${appeal.id} AND state = 'OPEN'`;
  await db.$executeRaw`
    INSERT INTO moderation_actions (kind, actor_id, comment_id, from_status, to_status, reason, note)
    VALUES (${granted ? "GRANT_APPEAL" : "DENY_APPEAL"}::moderation_kind, ${actorId}, ${appeal.commentId}, 'REMOVED',
            ${granted ? "PUBLISHED" : "REMOVED"}::comment_status, ${granted ? "appeal.granted" : "appeal.denied"}, ${answer})`;
}

export interface OpenAppealRow {
  id: number;
  commentId: bigint;
  userId: number | null;
  visitorId: number | null;
  removedById: number | null;
  removedBy: string | null;
  removedAt: Date;
  removalReason: string;
  removalNote: string;
  authorName: string;
  html: string;
  slug: string;
  title: string;
  body: string;
  createdAt: Date;
}

/** Appeals that wait, oldest first. Of what was put back meanwhile, or taken away by its author, nothing is left to decide. */
export function openAppeals(db: Transaction, limit: number): Promise<OpenAppealRow[]> {
  return db.$queryRaw<OpenAppealRow[]>`
    SELECT p.id, p.comment_id AS "commentId", c.user_id AS "userId", c.visitor_id AS "visitorId", m.actor_id AS "removedById",
           u.display_name AS "removedBy", m.created_at AS "removedAt", m.reason AS "removalReason", m.note AS "removalNote",
           c.author_name AS "authorName", c.html, a.slug, coalesce(r.title, a.slug) AS title, p.body, p.created_at AS "createdAt"
    FROM appeals p
    JOIN moderation_actions m ON m.id = p.action_id
    JOIN comments c ON c.id = p.comment_id AND c.status = 'REMOVED'
    JOIN threads t ON t.id = c.thread_id
    JOIN articles a ON a.id = t.article_id
    LEFT JOIN revisions r ON r.id = a.published_revision_id
    LEFT JOIN users u ON u.id = m.actor_id
    WHERE p.state = 'OPEN'
    ORDER BY p.created_at, p.id LIMIT ${limit}`;
}

/** How many other people could decide: with nobody else, an admin may judge what they removed themselves. */
export async function otherModerators(db: Transaction, userId: number): Promise<number> {
  const rows = await db.$queryRaw<{ others: number }[]>`
    SELECT count(*)::int AS others FROM users
    WHERE id <> ${userId} AND roles && '{MODERATOR,ADMIN}'::role[] AND email IS NOT NULL
      AND suspended_at IS NULL AND deleted_at IS NULL`;
  return rows[0]?.others ?? 0;
}

export interface OwnRemovalRow {
  commentId: bigint;
  slug: string;
  title: string;
  html: string;
  reason: string;
  at: Date;
  state: AppealState | null;
  appealBody: string | null;
  answer: string | null;
  createdAt: Date | null;
  decidedAt: Date | null;
}

/** Somebody's newest removed comments on articles that can be read, each with its newest removal. */
export function removalsOf(db: Transaction, wish: AuthorIds & { limit: number }): Promise<OwnRemovalRow[]> {
  return db.$queryRaw<OwnRemovalRow[]>`
    SELECT c.id AS "commentId", a.slug, r.title, left(c.html, 2000) AS html, m.reason, m.created_at AS at, p.state,
           p.body AS "appealBody", p.answer, p.created_at AS "createdAt", p.decided_at AS "decidedAt"
    FROM (SELECT * FROM (
            (SELECT * FROM comments WHERE user_id = ${wish.userId} AND status = 'REMOVED' ORDER BY created_at DESC LIMIT ${wish.limit})
            UNION ALL
            (SELECT * FROM comments WHERE visitor_id = ${wish.visitorId} AND status = 'REMOVED' ORDER BY created_at DESC LIMIT ${wish.limit})
          ) both_lives ORDER BY created_at DESC LIMIT ${wish.limit}) c
    JOIN threads t ON t.id = c.thread_id
    JOIN articles a ON a.id = t.article_id
    JOIN revisions r ON r.id = a.published_revision_id
    CROSS JOIN LATERAL (
      SELECT id, reason, created_at FROM moderation_actions
      WHERE comment_id = c.id AND kind = 'REMOVE' ORDER BY id DESC LIMIT 1) m
    LEFT JOIN appeals p ON p.action_id = m.id
    ORDER BY m.created_at DESC`;
}

export interface OwnWaitingRow {
  commentId: bigint;
  slug: string;
  title: string;
  html: string;
  /** An edit of it waits, and readers see the text of before. */
  edit: boolean;
  heldReason: string | null;
  at: Date;
}

/** Somebody's newest comments that wait for a moderator, or whose edit does. For its author spam is a comment that waits. */
export function waitingOf(db: Transaction, wish: AuthorIds & { limit: number }): Promise<OwnWaitingRow[]> {
  return db.$queryRaw<OwnWaitingRow[]>`
    SELECT c.id AS "commentId", a.slug, r.title, left(coalesce(c.pending_html, c.html), 2000) AS html,
           c.pending_body IS NOT NULL AS edit, c.held_reason AS "heldReason", c.created_at AS at
    FROM comments c
    JOIN threads t ON t.id = c.thread_id
    JOIN articles a ON a.id = t.article_id
    JOIN revisions r ON r.id = a.published_revision_id
    WHERE (c.user_id = ${wish.userId} OR c.visitor_id = ${wish.visitorId})
      AND (c.status IN ('PENDING', 'SPAM') OR c.pending_body IS NOT NULL)
    ORDER BY c.created_at DESC LIMIT ${wish.limit}`;
}
