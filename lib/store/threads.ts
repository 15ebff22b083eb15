// Reading discussions, a bounded part at a time: a page of roots with their first replies, one comment with what hangs on it,
// the newest of a thread. Cost follows what is shown, not what exists.
import type { CommentView } from "@/lib/domain/comment";
import { limits } from "@/lib/domain/limits";
import type { SetThread } from "@/lib/domain/thread-terms";
import type { Transaction } from "@/lib/store/client";
import { type CommentRow, commentColumns, toView } from "@/lib/store/comment-rows";
import { Prisma } from "@/lib/store/generated/client";
import type { SafeHtml } from "@/lib/text/safe-html";

/**
 * The top-level comments with these places and the first replies under each. The first replies of a root in order of place
 * hold every reply's parent before it, so the part that is shown is always a tree; when a page has more than its share of
 * replies, each root gives up its last ones first. The roots' limit says what their range says: Postgres' planner cannot know that
 * places are numbered thread by thread, and would read all comments of a large site.
 */
export async function threadPage(
  db: Transaction,
  threadId: number,
  range: { first: number; last: number },
): Promise<CommentView[]> {
  const rows = await db.$queryRaw<CommentRow[]>`
    WITH roots AS (
      SELECT id, reply_count FROM comments
      WHERE thread_id = ${threadId} AND root_place BETWEEN ${range.first} AND ${range.last}
      ORDER BY root_place LIMIT ${limits.rootsPerPage}),
    chosen AS (
      SELECT reply.id
      FROM roots
      CROSS JOIN LATERAL (
        SELECT id, row_number() OVER (ORDER BY place) AS nth
        FROM (SELECT id, place FROM comments
              WHERE root_id = roots.id AND place IS NOT NULL
              ORDER BY place LIMIT ${limits.repliesPerRoot}) first_replies) reply
      WHERE roots.reply_count > 0
      ORDER BY reply.nth LIMIT ${limits.repliesPerPage})
    SELECT ${commentColumns}
    FROM (SELECT id FROM roots UNION ALL SELECT id FROM chosen) shown
    JOIN comments c ON c.id = shown.id
    LEFT JOIN users u ON u.id = c.user_id
    ORDER BY c.place`;
  return rows.map((row) => toView(row));
}

export interface FoundComment {
  view: CommentView;
  threadId: number;
  /** How its discussion is set. */
  set: SetThread;
  article: { id: number; slug: string; title: string };
  /** Where its top-level comment stands among the thread's; null when that one was never seen. */
  rootPlace: number | null;
  rootPlaces: number;
  places: number;
  userId: number | null;
  visitorId: number | null;
  body: string;
  /** The text, whatever the state: for the one who wrote it. */
  html: SafeHtml;
  /** An edit of it that waits. */
  pendingBody: string | null;
  revision: number;
  pinned: boolean;
}

interface FoundRow extends CommentRow, SetThread {
  threadId: number;
  articleId: number;
  slug: string;
  title: string;
  rootPlace: number | null;
  rootPlaces: number;
  places: number;
  userId: number | null;
  visitorId: number | null;
  body: string;
  pendingBody: string | null;
  revision: number;
  pinned: boolean;
}

/** One comment whatever its state, with its article when that can be read; the caller decides what may be seen of it. */
export async function findComment(
  db: Transaction,
  id: string,
): Promise<(FoundComment & { revealed: () => CommentView }) | null> {
  const rows = await db.$queryRaw<FoundRow[]>`
    SELECT ${commentColumns}, c.thread_id AS "threadId", t.state AS "threadState", t.mode,
           t.closes_at AS "closesAt", t.slow_seconds AS "slowSeconds", a.first_published_at AS "firstPublishedAt", a.id AS "articleId", a.slug, r.title,
           t.root_places AS "rootPlaces", t.places,
           (SELECT root_place FROM comments root WHERE root.id = coalesce(c.root_id, c.id)) AS "rootPlace",
           c.user_id AS "userId", c.visitor_id AS "visitorId", c.body, c.pending_body AS "pendingBody", c.revision, c.pinned_at IS NOT NULL AS pinned
    FROM comments c
    JOIN threads t ON t.id = c.thread_id
    JOIN articles a ON a.id = t.article_id
    JOIN revisions r ON r.id = a.published_revision_id
    LEFT JOIN users u ON u.id = c.user_id
    WHERE c.id = ${BigInt(id)}`;
  const row = rows[0];
  if (!row) return null;
  return {
    view: toView(row),
    revealed: () => toView(row, true),
    threadId: row.threadId,
    set: row,
    article: { id: row.articleId, slug: row.slug, title: row.title },
    rootPlace: row.rootPlace,
    rootPlaces: row.rootPlaces,
    places: row.places,
    userId: row.userId,
    visitorId: row.visitorId,
    body: row.body,
    html: row.html as SafeHtml,
    pendingBody: row.pendingBody,
    revision: row.revision,
    pinned: row.pinned,
  };
}

/** The nearest ancestors of a comment, the top-level one first and always there; at most `limit` of them. */
export async function ancestorsOf(db: Transaction, comment: CommentView, limit: number): Promise<CommentView[]> {
  if (comment.parentId === null) return [];
  const rows = await db.$queryRaw<CommentRow[]>`
    WITH RECURSIVE up AS (
      SELECT id, parent_id, 1 AS step FROM comments WHERE id = ${BigInt(comment.parentId)}
      UNION ALL
      SELECT c.id, c.parent_id, up.step + 1 FROM up JOIN comments c ON c.id = up.parent_id WHERE up.step < ${limit - 1})
    SELECT ${commentColumns}
    FROM (SELECT id FROM up UNION SELECT ${comment.rootId === null ? null : BigInt(comment.rootId)}::bigint) chain
    JOIN comments c ON c.id = chain.id
    LEFT JOIN users u ON u.id = c.user_id
    ORDER BY c.depth`;
  return rows.map((row) => toView(row));
}

/**
 * The replies under a comment, level by level, and no more than a page holds; direct replies start after place `after`.
 * `more` is the place to go on from, or null.
 */
export async function repliesUnder(
  db: Transaction,
  id: string,
  after: number,
): Promise<{ comments: CommentView[]; more: number | null }> {
  const rows = await db.$queryRaw<CommentRow[]>`
    WITH RECURSIVE under AS (
      (SELECT id FROM comments WHERE parent_id = ${BigInt(id)} AND place > ${after}
       ORDER BY place LIMIT ${limits.rootsPerPage + 1})
      UNION ALL
      SELECT c.id FROM under JOIN comments c ON c.parent_id = under.id AND c.place IS NOT NULL)
    SELECT ${commentColumns}
    FROM (SELECT id FROM under LIMIT ${limits.commentsPerSubThread}) shown
    JOIN comments c ON c.id = shown.id
    LEFT JOIN users u ON u.id = c.user_id
    ORDER BY c.place`;
  const views = rows.map((row) => toView(row));
  const direct = views.filter((view) => view.parentId === id);
  if (direct.length <= limits.rootsPerPage) return { comments: views, more: null };
  const overflow = direct.at(-1);
  const last = direct.at(-2);
  const left = new Set(overflow ? [overflow.id] : []);
  const comments = views.filter((view) => {
    if (view.parentId !== null && left.has(view.parentId)) left.add(view.id);
    return !left.has(view.id);
  });
  return { comments, more: last?.place ?? null };
}

/** The newest comments of a thread that can be read, newest first; older than place `before` when given. */
export async function newestInThread(
  db: Transaction,
  threadId: number,
  wish: { limit: number; before?: number },
): Promise<CommentView[]> {
  const rows = await db.$queryRaw<CommentRow[]>`
    SELECT ${commentColumns}
    FROM comments c LEFT JOIN users u ON u.id = c.user_id
    WHERE c.thread_id = ${threadId} AND c.place < ${wish.before ?? 2_147_483_647} AND c.status = 'PUBLISHED'
    ORDER BY c.place DESC LIMIT ${wish.limit}`;
  return rows.map((row) => toView(row));
}

/** Comments of a thread in order of place, tombstones included; only what comes after place `after` in that order, when given. */
export async function threadInOrder(
  db: Transaction,
  threadId: number,
  wish: { limit: number; after?: number; order?: "oldest" | "newest" },
): Promise<CommentView[]> {
  const part =
    wish.order === "newest"
      ? Prisma.sql`c.place < ${wish.after ?? 2_147_483_647} ORDER BY c.place DESC`
      : Prisma.sql`c.place > ${wish.after ?? 0} ORDER BY c.place`;
  const rows = await db.$queryRaw<CommentRow[]>`
    SELECT ${commentColumns}
    FROM comments c LEFT JOIN users u ON u.id = c.user_id
    WHERE c.thread_id = ${threadId} AND ${part} LIMIT ${wish.limit}`;
  return rows.map((row) => toView(row));
}

/** The texts that readers may look back at, newest first. */
export async function publicHistoryOf(
  db: Transaction,
  id: string,
): Promise<{ number: number; html: string; createdAt: Date }[]> {
  return db.commentRevision.findMany({
    where: { commentId: BigInt(id), public: true },
    select: { number: true, html: true, createdAt: true },
    orderBy: { number: "desc" },
    take: limits.commentRevisions,
  });
}
