// A revision on its way: taken in hand with its article, and moved from one state to the next only when it is still in the one that was seen.
import type { RevisionState } from "@/lib/domain/article-workflow";
import { DomainError } from "@/lib/domain/errors";
import type { Permit } from "@/lib/domain/permissions";
import type { RevisionClass } from "@/lib/domain/revision";
import type { Transaction } from "@/lib/store/client";
import { Prisma } from "@/lib/store/generated/client";
import type { Rendered } from "@/lib/text/rendered";

/** Whoever may move a revision in some way. */
type MovePermit = Permit<
  | "draft.submit"
  | "revision.review"
  | "revision.withdraw"
  | "revision.withdrawScheduled"
  | "revision.publishDue"
  | "article.manage"
>;

/** The article of a revision, as it is now. */
export interface ArticleInHand {
  articleId: number;
  articleSlug: string;
  publishedRevisionId: number | null;
  /** Null: readers have never seen it. */
  firstPublishedAt: Date | null;
  creditsSet: boolean;
  /** The database's clock. */
  now: Date;
}

export interface RevisionInHand extends ArticleInHand {
  id: number;
  number: number;
  state: RevisionState;
  title: string;
  summary: string;
  body: string;
  /** The address it wishes for; empty: the article's own. */
  slug: string;
  topics: string[];
  copyrightHolder: string;
  licence: string;
  words: number;
  attribution: unknown;
  class: RevisionClass | null;
  note: string;
  authorId: number | null;
  saveNumber: number;
  scheduledFor: Date | null;
  /** Members who write or have written in it. */
  writers: number[];
}

const articleColumns = Prisma.sql`
  a.id AS "articleId", a.slug AS "articleSlug", a.published_revision_id AS "publishedRevisionId",
  a.first_published_at AS "firstPublishedAt", a.credits_set AS "creditsSet", now() AS now`;

/** An article, locked until the transaction ends; null when there is none. */
export async function lockArticle(db: Transaction, id: number): Promise<ArticleInHand | null> {
  const rows = await db.$queryRaw<
    ArticleInHand[]
  >`SELECT ${articleColumns} FROM articles a WHERE a.id = ${id} FOR UPDATE`;
  return rows[0] ?? null;
}

const inHand = (id: number) => Prisma.sql`
  SELECT r.id, r.number, r.state, r.title, r.summary, r.body, r.slug, r.topics,
         r.copyright_holder AS "copyrightHolder", r.licence, r.words, r.attribution, r.class, r.note,
         r.author_id AS "authorId", r.save_number AS "saveNumber", r.scheduled_for AS "scheduledFor",
         ARRAY(SELECT user_id FROM revision_writers w WHERE w.revision_id = r.id ORDER BY user_id) AS writers,
         ${articleColumns}
  FROM revisions r JOIN articles a ON a.id = r.article_id
  WHERE r.id = ${id}`;

/** A revision with its article, as they are at this moment; null when there is none. */
export async function readRevisionInHand(db: Transaction, id: number): Promise<RevisionInHand | null> {
  const rows = await db.$queryRaw<RevisionInHand[]>`${inHand(id)}`;
  return rows[0] ?? null;
}

/** A revision and its article, both locked until the transaction ends, always the article first; null when there is none. */
export async function lockRevision(db: Transaction, id: number): Promise<RevisionInHand | null> {
  await db.$executeRaw`
    SELECT 1 FROM articles WHERE id = (SELECT article_id FROM revisions WHERE id = ${id}) FOR UPDATE`;
  const rows = await db.$queryRaw<RevisionInHand[]>`${inHand(id)} FOR UPDATE OF r`;
  return rows[0] ?? null;
}

export interface Move {
  id: number;
  from: RevisionState;
  to: RevisionState;
  /** What is written with it. */
  set?: {
    rendered?: Pick<Rendered, "html" | "headings" | "words"> & { version: number };
    class?: RevisionClass | null;
    note?: string;
    decidedById?: number | null;
    submittedAt?: Date;
    scheduledFor?: Date;
    publishedAt?: Date;
  };
}

/** @throws DomainError `conflict` when the revision is not in that state any more */
export async function moveRevision(db: Transaction, _permit: MovePermit, move: Move): Promise<void> {
  const { rendered, ...set } = move.set ?? {};
  const text = rendered && {
    html: rendered.html,
    headings: rendered.headings.map(({ level, id, text }) => ({ level, id, text })),
    words: rendered.words,
    rendererVersion: rendered.version,
  };
  const { count } = await db.revision.updateMany({
    where: { id: move.id, state: move.from },
    data: { state: move.to, ...set, ...text },
  });
  if (count === 0) throw new DomainError("conflict", { reason: "state.changed" });
}
