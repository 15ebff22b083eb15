// Reading the public history of an article: the numbered texts that are or were published. Drafts are not in here.
import type { PublicRevision, PublicRevisionText } from "@/lib/domain/revision";
import type { Transaction } from "@/lib/store/client";
import type { SafeHtml } from "@/lib/text/safe-html";

const summary = {
  number: true,
  title: true,
  summary: true,
  class: true,
  note: true,
  words: true,
  publishedAt: true,
  createdAt: true,
  state: true,
} as const;

interface SummaryRow extends Omit<PublicRevision, "current" | "publishedAt"> {
  publishedAt: Date | null;
  createdAt: Date;
  state: string;
}

/** The newest published texts of an article, newest first; older than number `before` when given. */
export async function listPublicRevisions(
  db: Transaction,
  articleId: number,
  wish: { limit: number; before?: number },
): Promise<PublicRevision[]> {
  const rows = await db.revision.findMany({
    where: { articleId, number: { lt: wish.before }, state: { in: ["PUBLISHED", "SUPERSEDED"] } },
    select: summary,
    orderBy: { number: "desc" },
    take: wish.limit,
  });
  return rows.map(toPublic);
}

/** One published text; null when the article has none of this number, or it was never published. */
export async function findPublicRevision(
  db: Transaction,
  articleId: number,
  number: number,
): Promise<PublicRevisionText | null> {
  const row = await db.revision.findUnique({
    where: { articleId_number: { articleId, number }, state: { in: ["PUBLISHED", "SUPERSEDED"] } },
    select: { ...summary, body: true, html: true },
  });
  return row && { ...toPublic(row), body: row.body, html: row.html as SafeHtml };
}

function toPublic(row: SummaryRow): PublicRevision {
  return {
    number: row.number,
    title: row.title,
    summary: row.summary,
    class: row.class,
    note: row.note,
    words: row.words,
    publishedAt: row.publishedAt ?? row.createdAt,
    current: row.state === "PUBLISHED",
  };
}
