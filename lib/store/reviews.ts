// What waits for a reviewer, what waits for its day, and one text with all that a reviewer looks at.
import type { PersonLink } from "@/lib/domain/article";
import type { RevisionState } from "@/lib/domain/article-workflow";
import type { RevisionClass } from "@/lib/domain/revision";
import type { Transaction } from "@/lib/store/client";
import { Prisma } from "@/lib/store/generated/client";
import type { SafeHtml } from "@/lib/text/safe-html";

export interface ListedReview {
  revisionId: number;
  articleId: number;
  title: string;
  number: number;
  words: number;
  /** Readers see an earlier text of it. */
  live: boolean;
  authorName: string | null;
  authorHandle: string | null;
  submittedAt: Date;
  scheduledFor: Date | null;
  /** What its writer said when handing it in. */
  note: string;
  /** Members who write or have written in it. */
  writers: number[];
}

/** Revisions in a state, those longest there or soonest due first. */
export function listReviews(
  db: Transaction,
  wish: { state: "IN_REVIEW" | "SCHEDULED"; limit: number },
): Promise<ListedReview[]> {
  const order = wish.state === "IN_REVIEW" ? Prisma.sql`r.submitted_at, r.id` : Prisma.sql`r.scheduled_for, r.id`;
  return db.$queryRaw<ListedReview[]>`
    SELECT r.id AS "revisionId", r.article_id AS "articleId", r.title, r.number, r.words,
           a.published_revision_id IS NOT NULL AS live, u.display_name AS "authorName",
           CASE WHEN u.deleted_at IS NULL THEN u.handle END AS "authorHandle",
           coalesce(r.submitted_at, r.created_at) AS "submittedAt", r.scheduled_for AS "scheduledFor",
           ARRAY(SELECT user_id FROM revision_writers w WHERE w.revision_id = r.id) AS writers,
           coalesce((SELECT e.reason FROM editorial_actions e
                     WHERE e.revision_id = r.id AND e.kind = 'SUBMIT' ORDER BY e.id DESC LIMIT 1), '') AS note
    FROM revisions r JOIN articles a ON a.id = r.article_id LEFT JOIN users u ON u.id = r.author_id
    WHERE r.state = ${wish.state}::revision_state
    ORDER BY ${order} LIMIT ${wish.limit}`;
}

/** How many revisions wait for a reviewer. */
export function countInReview(db: Transaction): Promise<number> {
  return db.revision.count({ where: { state: "IN_REVIEW" } });
}

/** Scheduled revisions whose time has come, by the database's clock, the earliest first. */
export async function dueRevisions(db: Transaction): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    SELECT id FROM revisions WHERE state = 'SCHEDULED' AND scheduled_for <= now() ORDER BY scheduled_for, id`;
  return rows.map(({ id }) => id);
}

/** What a reviewer compares: the text with everything that is published along with it. */
export interface ComparedText {
  id: number;
  number: number;
  title: string;
  summary: string;
  /** Markdown. */
  body: string;
  html: SafeHtml;
  slug: string;
  topics: string[];
  copyrightHolder: string;
  licence: string;
  words: number;
}

export interface ReviewedRevision extends ComparedText {
  articleId: number;
  state: RevisionState;
  class: RevisionClass | null;
  note: string;
  saveNumber: number;
  basedOnId: number | null;
  createdAt: Date;
  savedAt: Date | null;
  submittedAt: Date | null;
  scheduledFor: Date | null;
  publishedAt: Date | null;
  author: PersonLink | null;
  writers: (PersonLink & { id: number })[];
  article: { slug: string; publishedRevisionId: number | null; firstPublishedAt: Date | null };
}

const text = {
  id: true,
  number: true,
  title: true,
  summary: true,
  body: true,
  html: true,
  slug: true,
  topics: true,
  copyrightHolder: true,
  licence: true,
  words: true,
} as const;

const person = { displayName: true, handle: true, deletedAt: true } as const;

function linkOf(user: { displayName: string; handle: string; deletedAt: Date | null }): PersonLink {
  return { name: user.displayName, handle: user.deletedAt === null ? user.handle : null };
}

/** A text to compare with; null when there is none. */
export async function findComparedText(db: Transaction, id: number): Promise<ComparedText | null> {
  const row = await db.revision.findUnique({ where: { id }, select: text });
  return row && { ...row, html: row.html as SafeHtml };
}

/** A revision as its reviewers see it, whatever its state; null when there is none. */
export async function findReviewed(db: Transaction, id: number): Promise<ReviewedRevision | null> {
  const row = await db.revision.findUnique({
    where: { id },
    select: {
      ...text,
      articleId: true,
      state: true,
      class: true,
      note: true,
      saveNumber: true,
      basedOnId: true,
      createdAt: true,
      savedAt: true,
      submittedAt: true,
      scheduledFor: true,
      publishedAt: true,
      author: { select: person },
      writers: { select: { user: { select: { id: true, ...person } } }, orderBy: { createdAt: "asc" } },
      article: { select: { slug: true, publishedRevisionId: true, firstPublishedAt: true } },
    },
  });
  return (
    row && {
      ...row,
      html: row.html as SafeHtml,
      author: row.author && linkOf(row.author),
      writers: row.writers.map(({ user }) => ({ id: user.id, ...linkOf(user) })),
    }
  );
}
