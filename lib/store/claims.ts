// Comments passing from a visitor to the member that the visitor became.
import type { Permit } from "@/lib/domain/permissions";
import type { Transaction } from "@/lib/store/client";
import { Prisma } from "@/lib/store/generated/client";
import { excerptOfHtml } from "@/lib/text/excerpt";

export interface ClaimableComment {
  id: string;
  /** The name it carries now. */
  authorName: string;
  excerpt: string;
  createdAt: Date;
  article: { slug: string; title: string };
}

interface ClaimableRow {
  id: bigint;
  authorName: string;
  html: string;
  createdAt: Date;
  slug: string;
  title: string;
}

/** Characters of a comment in the list. */
const excerptLength = 160;

/** A visitor's comments that stand, newest first. */
export async function claimableComments(
  db: Transaction,
  visitorId: number,
  limit: number,
): Promise<ClaimableComment[]> {
  const rows = await db.$queryRaw<ClaimableRow[]>`
    SELECT c.id, c.author_name AS "authorName", left(c.html, 2000) AS html, c.created_at AS "createdAt", a.slug, r.title
    FROM comments c
    JOIN threads t ON t.id = c.thread_id
    JOIN articles a ON a.id = t.article_id
    JOIN revisions r ON r.id = a.published_revision_id
    WHERE c.visitor_id = ${visitorId} AND c.status IN ('PUBLISHED', 'PENDING')
    ORDER BY c.created_at DESC LIMIT ${limit}`;
  return rows.map(({ id, html, slug, title, ...row }) => ({
    ...row,
    id: String(id),
    excerpt: excerptOfHtml(html, excerptLength),
    article: { slug, title },
  }));
}

export interface ClaimedComment {
  id: bigint;
  threadId: number;
  articleId: number;
  slug: string;
}

/** Gives these comments of a visitor to a member, with the member's name on them. Says which. */
export function claimComments(
  db: Transaction,
  _permit: Permit<"comment.claim">,
  claim: { visitorId: number; userId: number; authorName: string; ids: readonly string[] | "all" },
): Promise<ClaimedComment[]> {
  const chosen = claim.ids === "all" ? Prisma.empty : Prisma.sql`AND c.id = ANY(${claim.ids.map(BigInt)})`;
  return db.$queryRaw<ClaimedComment[]>`
    UPDATE comments c
    SET user_id = ${claim.userId}, visitor_id = NULL, author_name = ${claim.authorName}, name_chosen = false
    FROM threads t JOIN articles a ON a.id = t.article_id
    WHERE t.id = c.thread_id AND c.visitor_id = ${claim.visitorId} AND c.status IN ('PUBLISHED', 'PENDING') ${chosen}
    RETURNING c.id, c.thread_id AS "threadId", a.id AS "articleId", a.slug`;
}

/** Whether a visitor left anything that could be claimed. */
export async function hasClaimable(db: Transaction, visitorId: number): Promise<boolean> {
  const rows = await db.$queryRaw<{ found: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM comments WHERE visitor_id = ${visitorId} AND status IN ('PUBLISHED', 'PENDING')) AS found`;
  return rows[0]?.found ?? false;
}
