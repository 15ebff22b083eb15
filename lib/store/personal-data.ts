// Everything that one member has here, read for their archive: their own words and acts, and nothing of anybody else but where they said it.
import type { Transaction } from "@/lib/store/client";

/** The account itself, and what opens it; no secrets, not even their hashes. */
export async function readAccountData(db: Transaction, id: number) {
  const account = await db.user.findUnique({
    where: { id },
    select: {
      handle: true,
      displayName: true,
      email: true,
      emailVerifiedAt: true,
      roles: true,
      bio: true,
      mailReplies: true,
      createdAt: true,
      providerAccounts: { select: { provider: true, subject: true, createdAt: true } },
      accessTokens: {
        select: { name: true, scopes: true, createdAt: true, lastUsedAt: true, expiresAt: true, revokedAt: true },
      },
      handleHolds: { select: { handle: true, until: true } },
    },
  });
  const sessions = await db.session.findMany({
    where: { userId: id },
    select: { device: true, createdAt: true, lastSeenAt: true, idleUntil: true, endsAt: true },
    orderBy: { id: "asc" },
  });
  return { account, sessions };
}

export interface CommentData {
  id: bigint;
  article: string;
  articleTitle: string | null;
  parentId: bigint | null;
  status: string;
  name: string;
  body: string;
  /** An edit that waits for a moderator. */
  waitingBody: string | null;
  createdAt: Date;
  editedAt: Date | null;
}

/** A page of a member's comments, oldest first, after the one with id `after`. */
export function readCommentData(
  db: Transaction,
  page: { userId: number; after: bigint; limit: number },
): Promise<CommentData[]> {
  return db.$queryRaw<CommentData[]>`
    SELECT c.id, a.slug AS article, r.title AS "articleTitle", c.parent_id AS "parentId", lower(c.status::text) AS status,
           c.author_name AS name, c.body, c.pending_body AS "waitingBody", c.created_at AS "createdAt",
           c.edited_at AS "editedAt"
    FROM comments c JOIN threads t ON t.id = c.thread_id JOIN articles a ON a.id = t.article_id
    LEFT JOIN revisions r ON r.id = a.published_revision_id
    WHERE c.user_id = ${page.userId} AND c.id > ${page.after} ORDER BY c.id LIMIT ${page.limit}`;
}

export interface EarlierText {
  commentId: bigint;
  number: number;
  body: string;
  createdAt: Date;
}

/** The earlier texts of comments. */
export function readEarlierTexts(db: Transaction, ids: readonly bigint[]): Promise<EarlierText[]> {
  return db.commentRevision.findMany({
    where: { commentId: { in: [...ids] } },
    select: { commentId: true, number: true, body: true, createdAt: true },
    orderBy: [{ commentId: "asc" }, { number: "asc" }],
  });
}

export interface RevisionData {
  id: number;
  article: string;
  number: number;
  state: string;
  title: string;
  summary: string;
  body: string;
  note: string;
  createdAt: Date;
  publishedAt: Date | null;
}

/** A page of the texts of articles that a member wrote, oldest first, after the one with id `after`. */
export function readRevisionData(
  db: Transaction,
  page: { userId: number; after: number; limit: number },
): Promise<RevisionData[]> {
  return db.$queryRaw<RevisionData[]>`
    SELECT r.id, a.slug AS article, r.number, lower(r.state::text) AS state, r.title, r.summary, r.body, r.note,
           r.created_at AS "createdAt", r.published_at AS "publishedAt"
    FROM revisions r JOIN articles a ON a.id = r.article_id
    WHERE r.author_id = ${page.userId} AND r.id > ${page.after} ORDER BY r.id LIMIT ${page.limit}`;
}

/** The private notes that a member wrote on drafts. */
export function readNoteData(db: Transaction, userId: number) {
  return db.draftNote.findMany({
    where: { authorId: userId },
    select: {
      ...{ quote: true, body: true, createdAt: true, resolvedAt: true },
      revision: { select: { number: true, title: true, article: { select: { slug: true } } } },
    },
    orderBy: { id: "asc" },
  });
}

/** What a member did with texts on their way to readers: handed in, decided, took back. */
export function readEditorialData(db: Transaction, userId: number) {
  return db.editorialAction.findMany({
    where: { actorId: userId },
    select: {
      ...{ kind: true, reason: true, createdAt: true },
      article: { select: { slug: true } },
      revision: { select: { number: true } },
    },
    orderBy: { id: "asc" },
  });
}

/** The complaints that a member made, and what became of them. */
export function readReportData(db: Transaction, userId: number) {
  return db.report.findMany({
    where: { userId },
    select: { commentId: true, reason: true, note: true, state: true, createdAt: true, decidedAt: true },
    orderBy: { id: "asc" },
  });
}

export interface RecordLine {
  id: bigint;
  kind: string;
  byOneself: boolean;
  detail: unknown;
  createdAt: Date;
}

/** A page of the record of what was done with a member's account, oldest first; who else did it is not told. */
export function readRecord(
  db: Transaction,
  page: { userId: number; after: bigint; limit: number },
): Promise<RecordLine[]> {
  return db.$queryRaw<RecordLine[]>`
    SELECT id, kind, actor_id IS NOT DISTINCT FROM subject_id AS "byOneself", detail, created_at AS "createdAt"
    FROM audit_events
    WHERE subject_id = ${page.userId} AND id > ${page.after} ORDER BY id LIMIT ${page.limit}`;
}
