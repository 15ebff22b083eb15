// The queue of the moderators, as a question: what waits, oldest first, a page at a time; each tab has an index of its own.
import type { CommentStatus } from "@/lib/domain/comment";
import { limits } from "@/lib/domain/limits";
import type { CommentTab, QueueCounts } from "@/lib/domain/moderation-queue";
import type { Transaction } from "@/lib/store/client";
import { Prisma } from "@/lib/store/generated/client";
import { editDigest } from "@/lib/store/verdicts";

/** Where a page of the queue ended. */
export interface QueuePlace {
  at: Date;
  id: bigint;
}

export interface QueueRow {
  id: bigint;
  status: CommentStatus;
  revision: number;
  /** A short digest of the edit that waits. */
  edit: string;
  reported: boolean;
  body: string;
  html: string;
  pendingHtml: string | null;
  authorName: string;
  nameChosen: boolean;
  userId: number | null;
  visitorId: number | null;
  handle: string | null;
  createdAt: Date;
  editedAt: Date | null;
  /** When it began to wait; when it was put aside as spam; when it was decided. */
  since: Date;
  heldReason: string | null;
  removalReason: string | null;
  spamScore: number | null;
  reportWeight: number;
  /** Readers have seen it. */
  seen: boolean;
  parentId: bigint | null;
  article: { slug: string; title: string };
}

type RawRow = Omit<QueueRow, "article"> & { slug: string; title: string };

const itemColumns = Prisma.sql`
  c.id, c.status, c.revision, ${editDigest} AS edit, c.report_weight > 0 AS reported, c.body, c.html, c.pending_html AS "pendingHtml",
  c.author_name AS "authorName", c.name_chosen AS "nameChosen", c.user_id AS "userId", c.visitor_id AS "visitorId", u.handle,
  c.created_at AS "createdAt", c.edited_at AS "editedAt", coalesce(c.waiting_since, c.decided_at, c.created_at) AS since,
  c.held_reason AS "heldReason", c.removal_reason AS "removalReason", c.spam_score AS "spamScore",
  c.report_weight AS "reportWeight", c.place IS NOT NULL AS seen, c.parent_id AS "parentId", a.slug,
  coalesce(r.title, a.slug) AS title`;

const itemTables = Prisma.sql`
  JOIN threads t ON t.id = c.thread_id
  JOIN articles a ON a.id = t.article_id
  LEFT JOIN revisions r ON r.id = a.published_revision_id
  LEFT JOIN users u ON u.id = c.user_id`;

/** What each tab holds, word for word as its index says it. */
const held = Prisma.sql`c.waiting_since IS NOT NULL AND (c.status = 'PENDING' OR c.pending_body IS NOT NULL)`;
const reported = Prisma.sql`c.waiting_since IS NOT NULL AND c.status = 'PUBLISHED' AND c.report_weight > 0`;
const spam = Prisma.sql`c.status = 'SPAM'`;

export interface QueueWish {
  tab: CommentTab;
  after: QueuePlace | null;
  /** Only one person's. */
  by?: { userId: number | null; visitorId: number | null };
  /** Only these. */
  ids?: readonly bigint[];
  limit: number;
}

function chosen(wish: QueueWish): Prisma.Sql {
  const { by, ids, after } = wish;
  const where = { held, reported, spam }[wish.tab];
  const place =
    after === null
      ? Prisma.empty
      : wish.tab === "spam"
        ? Prisma.sql`AND c.id < ${after.id}`
        : Prisma.sql`AND (c.waiting_since, c.id) > (${after.at}, ${after.id})`;
  const person = by ? Prisma.sql`AND (c.user_id = ${by.userId} OR c.visitor_id = ${by.visitorId})` : Prisma.empty;
  const named = ids ? Prisma.sql`AND c.id = ANY(${ids})` : Prisma.empty;
  return Prisma.sql`${where} ${place} ${person} ${named}`;
}

/** What is put aside is looked through from the newest; what waits is answered from the oldest. */
function order(tab: CommentTab): Prisma.Sql {
  return tab === "spam" ? Prisma.sql`c.id DESC` : Prisma.sql`c.waiting_since, c.id`;
}

function toRow({ slug, title, ...row }: RawRow): QueueRow {
  return { ...row, article: { slug, title } };
}

/** A page of a tab. The page is found by its index alone before anything is joined to it. */
export async function queuePage(db: Transaction, wish: QueueWish): Promise<QueueRow[]> {
  const rows = await db.$queryRaw<RawRow[]>`
    SELECT ${itemColumns}
    FROM (SELECT c.* FROM comments c WHERE ${chosen(wish)} ORDER BY ${order(wish.tab)} LIMIT ${wish.limit}) c
    ${itemTables}
    ORDER BY ${order(wish.tab)}`;
  return rows.map(toRow);
}

/** One comment as an item of the queue, whatever its state; null when there is none. */
export async function queueItem(db: Transaction, id: string): Promise<QueueRow | null> {
  const rows = await db.$queryRaw<RawRow[]>`
    SELECT ${itemColumns} FROM comments c ${itemTables} WHERE c.id = ${BigInt(id)}`;
  return rows[0] ? toRow(rows[0]) : null;
}

/** The texts of the oldest items of a tab, cut, to be compared. */
export function queueTexts(db: Transaction, tab: CommentTab): Promise<{ id: bigint; body: string }[]> {
  const wish: QueueWish = { tab, after: null, limit: limits.queueCompared };
  return db.$queryRaw<{ id: bigint; body: string }[]>`
    SELECT c.id, left(c.body, 2000) AS body FROM comments c
    WHERE ${chosen(wish)} ORDER BY ${order(tab)} LIMIT ${wish.limit}`;
}

/** How much each tab holds; counted no further than one more than `limits.queueCounted`. */
export async function queueCounts(db: Transaction): Promise<QueueCounts> {
  const most = limits.queueCounted + 1;
  const rows = await db.$queryRaw<QueueCounts[]>`
    SELECT (SELECT count(*)::int FROM (SELECT 1 FROM comments c WHERE ${held} LIMIT ${most}) h) AS held,
           (SELECT count(*)::int FROM (SELECT 1 FROM comments c WHERE ${reported} LIMIT ${most}) r) AS reported,
           (SELECT count(*)::int FROM (SELECT 1 FROM appeals p JOIN comments c ON c.id = p.comment_id AND c.status = 'REMOVED'
                                    WHERE p.state = 'OPEN' LIMIT ${most}) p) AS appeals,
           (SELECT count(*)::int FROM (SELECT 1 FROM comments c WHERE ${spam} LIMIT ${most}) s) AS spam`;
  return rows[0] ?? { held: 0, reported: 0, appeals: 0, spam: 0 };
}
