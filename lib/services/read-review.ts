// What an editor finds on the review desk: the texts that wait, those with a day set, and one of them with all that is needed to decide.
import { userIdOf } from "@/lib/domain/actor";
import type { PersonLink } from "@/lib/domain/article";
import { type RevisionState, writableStates } from "@/lib/domain/article-workflow";
import { DomainError } from "@/lib/domain/errors";
import { limits } from "@/lib/domain/limits";
import { authorize, can } from "@/lib/domain/permissions";
import type { Context } from "@/lib/services/context";
import { type DraftNoteView, notesIn } from "@/lib/services/draft-notes";
import { renderArticle } from "@/lib/services/render-article";
import { database, type Transaction } from "@/lib/store/client";
import { type RecordedAction, readEditorialRecord } from "@/lib/store/editorial-log";
import { topicNamesOf } from "@/lib/store/live-articles";
import {
  type ComparedText,
  countInReview,
  findComparedText,
  findReviewed,
  type ListedReview,
  listReviews,
  type ReviewedRevision,
} from "@/lib/store/reviews";

export interface ReviewItem extends Omit<ListedReview, "writers" | "authorName" | "authorHandle"> {
  author: PersonLink | null;
  /** Whoever asks has written in it, and leaves it to others. */
  own: boolean;
}

export interface ReviewDesk {
  /** Longest waiting first; at most `limits.reviewsListed`. */
  waiting: ReviewItem[];
  waitingCount: number;
  /** Soonest due first. */
  scheduled: ReviewItem[];
}

/**
 * What waits for review, and what waits for its day.
 * @throws DomainError `forbidden`
 */
export async function readReviewDesk(ctx: Context): Promise<ReviewDesk> {
  authorize(ctx.actor, "review.enter");
  const db = database();
  const limit = limits.reviewsListed;
  const [waiting, scheduled, waitingCount] = await Promise.all([
    listReviews(db, { state: "IN_REVIEW", limit }),
    listReviews(db, { state: "SCHEDULED", limit }),
    countInReview(db),
  ]);
  const item = ({ writers, authorName, authorHandle, ...row }: ListedReview): ReviewItem => ({
    ...row,
    author: authorName === null ? null : { name: authorName, handle: authorHandle },
    own: !can(ctx.actor, "revision.review", { writers }),
  });
  return { waiting: waiting.map(item), scheduled: scheduled.map(item), waitingCount };
}

/** What goes with a text on its way: what was said about it, what was done with it, and what may be done next. */
export interface RevisionAside {
  notes: DraftNoteView[];
  /** Newest first. */
  record: RecordedAction[];
  may: { review: boolean; withdraw: boolean; note: boolean; takeUp: boolean; write: boolean };
}

export interface ReviewView extends RevisionAside {
  revision: ReviewedRevision;
  /** What it is compared with: what readers see, or the text that it was begun from; null for a first text. */
  base: ComparedText | null;
  /** Readers have known the article: a change of it has a class and a note. */
  known: boolean;
  /** What its writer said when handing it in last. */
  submitNote: string;
  /** Whoever asks has written in it. */
  own: boolean;
}

/** Lines of the record that go with a text. */
const recordShown = 30;

async function asideOf(ctx: Context, revision: ReviewedRevision): Promise<RevisionAside> {
  const { id, articleId, state } = revision;
  const writers = revision.writers.map((writer) => writer.id);
  const [notes, record] = await Promise.all([
    notesIn(revision.body, id),
    readEditorialRecord(database(), { articleId, revisionId: id, limit: recordShown }),
  ]);
  const open = isOpen(state);
  const withdraw = state === "SCHEDULED" ? "revision.withdrawScheduled" : "revision.withdraw";
  return {
    notes,
    record,
    may: {
      review: (state === "IN_REVIEW" || state === "SCHEDULED") && can(ctx.actor, "revision.review", { writers }),
      withdraw: open && can(ctx.actor, withdraw, { writers }),
      note: open && can(ctx.actor, "draft.note", { writers }),
      write: isWritable(state) && can(ctx.actor, "draft.save", { writers }),
      takeUp: state === "WITHDRAWN" && can(ctx.actor, "article.revise", { writers }),
    },
  };
}

const isWritable = (state: RevisionState) => writableStates.some((writable) => writable === state);
const isOpen = (state: RevisionState) => state !== "PUBLISHED" && state !== "SUPERSEDED" && state !== "WITHDRAWN";

/**
 * What goes with the open draft at hand.
 * @throws DomainError `not_found`, `forbidden`
 */
export async function readRevisionAside(ctx: Context, input: { revisionId: number }): Promise<RevisionAside> {
  return asideOf(ctx, await readable(ctx, input.revisionId));
}

/**
 * A text with what it changes, what was said about it, and what may be decided.
 * @throws DomainError `not_found`, `forbidden` for whoever neither writes nor reviews it
 */
export async function readReview(ctx: Context, input: { revisionId: number }): Promise<ReviewView> {
  const db = database();
  const found = await readable(ctx, input.revisionId);
  const [revision, base, aside] = await Promise.all([rendered(ctx, found), baseOf(db, found), asideOf(ctx, found)]);
  const submitted = aside.record.find(({ kind }) => kind === "SUBMIT");
  const userId = userIdOf(ctx.actor);
  return {
    ...aside,
    revision: { ...revision, slug: revision.slug || revision.article.slug },
    base,
    known: revision.article.firstPublishedAt !== null,
    submitNote: submitted?.reason ?? "",
    own: revision.writers.some(({ id }) => id === userId),
  };
}

async function readable(ctx: Context, revisionId: number): Promise<ReviewedRevision> {
  const found = await findReviewed(database(), revisionId);
  if (!found) throw new DomainError("not_found");
  authorize(ctx.actor, "draft.read", { writers: found.writers.map(({ id }) => id) });
  return found;
}

/** A draft is rendered when it is handed in; before that, now. */
async function rendered(ctx: Context, revision: ReviewedRevision): Promise<ReviewedRevision> {
  if (!isWritable(revision.state)) return revision;
  const { html, words } = await renderArticle(ctx, revision.body);
  return { ...revision, html, words };
}

async function baseOf(db: Transaction, revision: ReviewedRevision): Promise<ComparedText | null> {
  const { publishedRevisionId, slug } = revision.article;
  const live = publishedRevisionId === revision.id ? null : publishedRevisionId;
  const id = isOpen(revision.state) ? (live ?? revision.basedOnId) : revision.basedOnId;
  const base = id === null ? null : await findComparedText(db, id);
  if (base === null) return null;
  // Where the article stands and is filed today is what a reader knows, wherever its older texts stood.
  const known = isOpen(revision.state) ? { slug, topics: await topicNamesOf(db, revision.articleId) } : {};
  return { ...base, ...known };
}
