// Reading the public history of an article: the numbered texts that are or were published. Drafts are not in here.
import type { PersonLink } from "@/lib/domain/article";
import type { PublicRevision, PublicRevisionText, RevisionNeighbours } from "@/lib/domain/revision";
import type { Transaction } from "@/lib/store/client";
import type { SafeHtml } from "@/lib/text/safe-html";

const person = { select: { id: true, displayName: true, handle: true, deletedAt: true } } as const;

/** Names in the list of a text's contributors; hundreds would be a crowd, not a credit. */
const contributorsNamed = 20;

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
  author: person,
  writers: { select: { user: person }, orderBy: { createdAt: "asc" }, take: contributorsNamed },
} as const;

interface Contributor {
  id: number;
  displayName: string;
  handle: string;
  deletedAt: Date | null;
}

interface SummaryRow extends Omit<PublicRevision, "current" | "publishedAt" | "contributors"> {
  publishedAt: Date | null;
  createdAt: Date;
  state: string;
  author: Contributor | null;
  writers: { user: Contributor }[];
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
    select: { ...summary, body: true, html: true, copyrightHolder: true, licence: true },
  });
  if (!row) return null;
  const { body, copyrightHolder, licence } = row;
  return { ...toPublic(row), body, html: row.html as SafeHtml, copyrightHolder, licence };
}

/** The published texts before and after one of an article. */
export async function neighboursOf(db: Transaction, articleId: number, number: number): Promise<RevisionNeighbours> {
  const rows = await db.$queryRaw<RevisionNeighbours[]>`
    SELECT (SELECT max(number) FROM revisions
            WHERE article_id = ${articleId} AND number < ${number} AND state IN ('PUBLISHED', 'SUPERSEDED')) AS older,
           (SELECT min(number) FROM revisions
            WHERE article_id = ${articleId} AND number > ${number} AND state IN ('PUBLISHED', 'SUPERSEDED')) AS newer`;
  return rows[0] ?? { older: null, newer: null };
}

function toPublic(row: SummaryRow): PublicRevision {
  return {
    number: row.number,
    title: row.title,
    summary: row.summary,
    class: row.class,
    note: row.note,
    words: row.words,
    contributors: contributorsOf(row),
    publishedAt: row.publishedAt ?? row.createdAt,
    current: row.state === "PUBLISHED",
  };
}

function contributorsOf({ author, writers }: SummaryRow): PersonLink[] {
  const others = writers.map(({ user }) => user).filter((user) => user.id !== author?.id);
  return [...(author ? [author] : []), ...others].map(({ displayName, handle, deletedAt }) => ({
    name: displayName,
    handle: deletedAt === null ? handle : null,
  }));
}
