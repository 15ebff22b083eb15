// Writing comments. Each function is one step of a service's transaction and keeps the counts that go with it.
import type { CommentStatus } from "@/lib/domain/comment";
import { DomainError } from "@/lib/domain/errors";
import { limits } from "@/lib/domain/limits";
import type { Permit } from "@/lib/domain/permissions";
import type { Transaction } from "@/lib/store/client";

import { Prisma } from "@/lib/store/generated/client";
import type { Questions } from "@/lib/store/plain-transaction";

export interface ParentRow {
  id: bigint;
  depth: number;
  rootId: bigint | null;
  status: CommentStatus;
}

/**
 * The comment that a reply hangs on, if it is in this thread and was ever seen. Locked until the transaction ends: it counts its
 * replies, and it cannot be taken away meanwhile.
 */
export async function findParent(db: Questions, threadId: number, id: string): Promise<ParentRow | null> {
  const rows = await db.$queryRaw<ParentRow[]>`
    SELECT id, depth, root_id AS "rootId", status FROM comments
    WHERE id = ${BigInt(id)} AND thread_id = ${threadId} AND place IS NOT NULL
    FOR NO KEY UPDATE`;
  return rows[0] ?? null;
}

/** Who writes: one of the two is known, or neither yet. */
export interface AuthorIds {
  userId: number | null;
  visitorId: number | null;
}

/** Lets one person's posts come one after another, so that two at once know of each other. */
export async function takeTurn(db: Questions, { userId, visitorId }: AuthorIds): Promise<void> {
  const name = `colloquy.author.${userId}.${visitorId}`;
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
}

export interface PlacedComment {
  id: bigint;
  status: CommentStatus;
  /** Null for replies, and for what was never seen. */
  rootPlace: number | null;
}

/** The same text by the same person to the same parent a moment ago. */
export async function findRepeat(
  db: Questions,
  wish: AuthorIds & { slug: string; parentId: string | null; bodyHash: Uint8Array },
): Promise<PlacedComment | null> {
  const rows = await db.$queryRaw<PlacedComment[]>`
    SELECT id, status, root_place AS "rootPlace" FROM comments
    WHERE thread_id = (SELECT t.id FROM threads t JOIN articles a ON a.id = t.article_id WHERE a.slug = ${wish.slug})
      AND parent_id IS NOT DISTINCT FROM ${wish.parentId === null ? null : BigInt(wish.parentId)}::bigint
      AND (user_id = ${wish.userId} OR visitor_id = ${wish.visitorId})
      AND body_hash = ${wish.bodyHash} AND status IN ('PUBLISHED', 'PENDING')
      AND created_at > now() - ${limits.repeatWindowMs} * interval '1 millisecond'
    ORDER BY id DESC LIMIT 1`;
  return rows[0] ?? null;
}

/** Whether a comment has neither been deleted nor decided against. */
export async function commentStands(db: Questions, id: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM comments WHERE id = ${BigInt(id)} AND status IN ('PUBLISHED', 'PENDING')`;
  return rows.length > 0;
}

export interface NewComment extends AuthorIds {
  threadId: number;
  parent: ParentRow | null;
  status: "PUBLISHED" | "PENDING";
  authorName: string;
  nameChosen: boolean;
  body: string;
  html: string;
  rendererVersion: number;
  bodyHash: Uint8Array;
  articleRevisionId: number | null;
  /** Why it waits. */
  heldReason?: string | null;
  /** The classifier's, when it was asked. */
  spamScore?: number | null;
  /** From which network a guest's came, and until when that is known: see `lib/services/network-keys`. */
  network?: { key: Uint8Array; endsAt: Date };
  /** For what an import brings; now otherwise. */
  createdAt?: Date;
}

/**
 * Writes a comment, with all that goes with it, in one statement: a published one gets its place in the thread, which is told as it is
 * now, and is counted there and by the comment that it answers.
 * @param comment.createdAt now, when the thread was there to be written to, if nothing is said
 */
export async function insertComment(
  db: Questions,
  _permit: Permit<"comment.post"> | Permit<"site.import">,
  comment: NewComment,
): Promise<PlacedComment & { thread: ThreadPlaces | null }> {
  const { parent, network } = comment;
  const at = comment.createdAt ?? null;
  const published = comment.status === "PUBLISHED";
  const place = published
    ? placeTaken(comment.threadId, { root: parent === null, at: comment.createdAt })
    : Prisma.sql`SELECT NULL::int AS places, NULL::int AS "rootPlaces"`;
  const answered =
    published && parent
      ? Prisma.sql`, answered AS (UPDATE comments SET reply_count = reply_count + 1 WHERE id = ${parent.id})`
      : Prisma.empty;
  const from = network
    ? Prisma.sql`, origin AS (
        INSERT INTO comment_networks (comment_id, network_key, ends_at)
        SELECT id, ${network.key}::bytea, ${network.endsAt}::timestamptz FROM written)`
    : Prisma.empty;
  const rows = await db.$queryRaw<(PlacedComment & { places: number | null; rootPlaces: number | null })[]>`
    WITH place AS (${place}), written AS (
      INSERT INTO comments (thread_id, parent_id, root_id, depth, place, root_place, status, user_id, visitor_id, author_name, name_chosen,
        body, html, renderer_version, body_hash, article_revision_id, held_reason, spam_score, created_at)
      SELECT ${comment.threadId}::int, ${parent?.id ?? null}::bigint, ${parent ? (parent.rootId ?? parent.id) : null}::bigint,
        ${parent ? parent.depth + 1 : 0}::int, places, CASE WHEN ${parent === null}::boolean THEN "rootPlaces" END,
        ${comment.status}::comment_status, ${comment.userId}::int, ${comment.visitorId}::int, ${comment.authorName}::text,
        ${comment.nameChosen}::boolean, ${comment.body}::text, ${comment.html}::text, ${comment.rendererVersion}::int,
        ${comment.bodyHash}::bytea,
        ${comment.articleRevisionId}::int, ${comment.heldReason ?? null}::text, ${comment.spamScore ?? null}::float8,
        coalesce(${at}::timestamptz, clock_timestamp())
      FROM place
      RETURNING id, status, root_place)
    ${answered} ${from}
    SELECT w.id, w.status, w.root_place AS "rootPlace", p.places, p."rootPlaces" FROM written w, place p`;
  const row = rows[0];
  if (!row) throw new DomainError("not_found");
  const { id, status, rootPlace, places, rootPlaces } = row;
  const thread = places !== null && rootPlaces !== null ? { places, rootPlaces } : null;
  return { id, status, rootPlace, thread };
}

export interface ThreadPlaces {
  /** Given out to all comments, and to top-level ones. */
  places: number;
  rootPlaces: number;
}

/**
 * Gives out the next place of a thread, which is the last one then, and counts the comment; the thread's row is locked until the
 * transaction ends.
 */
export async function takePlace(
  db: Transaction,
  threadId: number,
  options: { root: boolean; at?: Date },
): Promise<ThreadPlaces> {
  const rows = await db.$queryRaw<ThreadPlaces[]>(placeTaken(threadId, options));
  const row = rows[0];
  if (!row) throw new DomainError("not_found");
  return row;
}

const placeTaken = (threadId: number, { root, at }: { root: boolean; at?: Date }) => Prisma.sql`
  UPDATE threads
  SET places = places + 1, root_places = root_places + ${root ? 1 : 0}, comment_count = comment_count + 1,
      last_comment_at = greatest(last_comment_at, coalesce(${at ?? null}::timestamptz, now()))
  WHERE id = ${threadId}
  RETURNING places, root_places AS "rootPlaces"`;

export interface LockedComment {
  id: bigint;
  threadId: number;
  articleId: number;
  slug: string;
  locked: boolean;
  status: CommentStatus;
  userId: number | null;
  visitorId: number | null;
  body: string;
  html: string;
  pendingBody: string | null;
  revision: number;
  /** Milliseconds since it was posted, by the database's clock. */
  ageMs: number;
  authorName: string;
  /** A member's; null for a guest. */
  authorHandle: string | null;
}

/** One comment on a published article, locked until the transaction ends; null when there is none. */
export async function lockComment(db: Transaction, id: string): Promise<LockedComment | null> {
  const rows = await db.$queryRaw<LockedComment[]>`
    SELECT c.id, c.thread_id AS "threadId", a.id AS "articleId", a.slug, t.state = 'LOCKED' AS locked, c.status,
           c.user_id AS "userId", c.visitor_id AS "visitorId", c.body, c.html, c.pending_body AS "pendingBody", c.revision,
           (extract(epoch FROM now() - c.created_at) * 1000)::float8 AS "ageMs", c.author_name AS "authorName",
           u.handle AS "authorHandle"
    FROM comments c
    JOIN threads t ON t.id = c.thread_id
    JOIN articles a ON a.id = t.article_id AND a.published_revision_id IS NOT NULL
    LEFT JOIN users u ON u.id = c.user_id
    WHERE c.id = ${BigInt(id)}
    FOR NO KEY UPDATE OF c`;
  return rows[0] ?? null;
}

export interface NewText {
  body: string;
  html: string;
  rendererVersion: number;
  bodyHash: Uint8Array;
}

/** Replaces a comment's text and keeps the old one; `public` says whether readers are told. */
export async function replaceText(
  db: Transaction,
  _permit: Permit<"comment.edit"> | Permit<"site.import">,
  change: { comment: LockedComment; text: NewText; public: boolean; at?: Date },
): Promise<void> {
  const { comment, text } = change;
  const at = change.at ?? null;
  await db.$executeRaw`
    INSERT INTO comment_revisions (comment_id, number, body, html, created_at, public)
    SELECT id, revision, body, html, coalesce(edited_at, created_at), ${change.public} FROM comments WHERE id = ${comment.id}`;
  const changed = await db.$executeRaw`
    UPDATE comments
    SET body = ${text.body}, html = ${text.html}, renderer_version = ${text.rendererVersion}, body_hash = ${text.bodyHash},
        revision = revision + 1, edited_at = CASE WHEN ${change.public} THEN coalesce(${at}::timestamptz, now()) ELSE edited_at END,
        pending_body = NULL, pending_html = NULL
    WHERE id = ${comment.id} AND revision = ${comment.revision} AND status = ${comment.status}::comment_status`;
  if (changed !== 1) throw new DomainError("conflict", { reason: "state.changed" });
}

/** Puts an edit beside the text that readers go on seeing, until a moderator has looked at it. */
export async function holdText(
  db: Transaction,
  _permit: Permit<"comment.edit">,
  change: { comment: LockedComment; text: NewText; reason: string; spamScore: number | null },
): Promise<void> {
  await db.$executeRaw`
    UPDATE comments
    SET pending_body = ${change.text.body}, pending_html = ${change.text.html}, held_reason = ${change.reason},
        spam_score = ${change.spamScore}::real
    WHERE id = ${change.comment.id}`;
}

/**
 * Remembers why the new text of a comment that waits would be held by itself, when until now it only waited for its author's address to be
 * confirmed: then it would come out by itself.
 */
export async function noteHold(
  db: Transaction,
  _permit: Permit<"comment.edit">,
  hold: { comment: LockedComment; reason: string },
): Promise<void> {
  await db.$executeRaw`
    UPDATE comments SET held_reason = ${hold.reason}
    WHERE id = ${hold.comment.id} AND status = 'PENDING' AND held_reason = 'unverified'`;
}

/** Takes back an edit that waits. */
export async function dropHeldText(
  db: Transaction,
  _permit: Permit<"comment.edit">,
  comment: LockedComment,
): Promise<void> {
  await db.$executeRaw`UPDATE comments SET pending_body = NULL, pending_html = NULL WHERE id = ${comment.id}`;
}

/** Empties a comment for good at its author's wish; its place stays, so that its replies keep theirs. */
export async function emptyComment(
  db: Transaction,
  _permit: Permit<"comment.delete"> | Permit<"site.import">,
  change: { comment: LockedComment; to: CommentStatus; at?: Date },
): Promise<void> {
  const { comment } = change;
  const changed = await db.$executeRaw`
    UPDATE comments
    SET status = ${change.to}::comment_status, body = '', html = '', body_hash = ''::bytea, pending_body = NULL, pending_html = NULL,
        edited_at = NULL, decided_at = coalesce(${change.at ?? null}::timestamptz, now())
    WHERE id = ${comment.id} AND status = ${comment.status}::comment_status`;
  if (changed !== 1) throw new DomainError("conflict", { reason: "state.changed" });
  await db.$executeRaw`DELETE FROM comment_revisions WHERE comment_id = ${comment.id}`;
  if (comment.status === "PUBLISHED") {
    await db.$executeRaw`UPDATE threads SET comment_count = comment_count - 1 WHERE id = ${comment.threadId}`;
  }
}

export interface OwnComment extends AuthorIds {
  id: bigint;
  status: CommentStatus;
  parentId: bigint | null;
}

/** What this person has left in a thread, newest first, at most two hundred; tombstones left out. */
export function ownComments(db: Transaction, wish: AuthorIds & { threadId: number }): Promise<OwnComment[]> {
  return db.$queryRaw<OwnComment[]>`
    SELECT id, status, parent_id AS "parentId", user_id AS "userId", visitor_id AS "visitorId" FROM comments
    WHERE thread_id = ${wish.threadId} AND (user_id = ${wish.userId} OR visitor_id = ${wish.visitorId})
      AND status IN ('PUBLISHED', 'PENDING')
    ORDER BY id DESC LIMIT 200`;
}
