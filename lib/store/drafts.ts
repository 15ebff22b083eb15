// Drafts: revisions that are being written. Beginning one, saving into it, and finding it with its article.
import { openStates, type RevisionState } from "@/lib/domain/article-workflow";
import type { DraftFields } from "@/lib/domain/draft";
import { DomainError } from "@/lib/domain/errors";
import type { Permit } from "@/lib/domain/permissions";
import type { Transaction } from "@/lib/store/client";
import { insertSave } from "@/lib/store/draft-saves";
import { Prisma } from "@/lib/store/generated/client";
import { keepUsedPictures } from "@/lib/store/picture-uses";
import type { AttributionRun } from "@/lib/text/attribution";

/** What a draft stands on. */
export interface DraftArticle {
  articleId: number;
  slug: string;
  /** Readers see it now. */
  live: boolean;
  /** Readers have seen it. */
  wasLive: boolean;
}

export interface OpenDraft extends DraftArticle, DraftFields {
  /** The revision's. */
  id: number;
  number: number;
  state: RevisionState;
  attribution: unknown;
  saveNumber: number;
  savedAt: Date | null;
  createdAt: Date;
  scheduledFor: Date | null;
  /** Members who write or have written in it. */
  writers: number[];
}

const article = Prisma.sql`
  a.id AS "articleId", a.slug, a.published_revision_id IS NOT NULL AS live, a.first_published_at IS NOT NULL AS "wasLive"`;

const open = Prisma.sql`r.state::text = ANY(${[...openStates]})`;

/** The article with this id; null when there is none. */
export async function findDraftArticle(db: Transaction, articleId: number): Promise<DraftArticle | null> {
  const rows = await db.$queryRaw<DraftArticle[]>`SELECT ${article} FROM articles a WHERE a.id = ${articleId}`;
  return rows[0] ?? null;
}

/** The article's one revision that is on its way to readers; null when it has none. */
export async function findOpenDraft(db: Transaction, articleId: number): Promise<OpenDraft | null> {
  // The article's own slug comes under another name, as the draft has a wish of its own.
  const rows = await db.$queryRaw<(OpenDraft & { articleSlug: string })[]>`
    SELECT a.id AS "articleId", a.published_revision_id IS NOT NULL AS live, a.first_published_at IS NOT NULL AS "wasLive",
           r.id, r.number, r.state, r.title, coalesce(nullif(r.slug, ''), a.slug) AS slug, r.topics, r.summary, r.body,
           r.copyright_holder AS "copyrightHolder", r.licence, r.attribution, r.save_number AS "saveNumber",
           r.saved_at AS "savedAt", r.created_at AS "createdAt", r.scheduled_for AS "scheduledFor",
           ARRAY(SELECT user_id FROM revision_writers w WHERE w.revision_id = r.id ORDER BY w.created_at, user_id) AS writers
    FROM articles a JOIN revisions r ON r.article_id = a.id AND ${open}
    WHERE a.id = ${articleId}`;
  return rows[0] ?? null;
}

/** Writes an article that nobody can see yet. @param slug its own until it is published under the one its draft wishes for */
export async function insertDraftArticle(
  db: Transaction,
  _permit: Permit<"draft.start">,
  started: { slug: string; at: Date },
): Promise<{ id: number }> {
  return db.article.create({
    data: { slug: started.slug, createdAt: started.at, thread: { create: {} } },
    select: { id: true },
  });
}

export interface NewDraft {
  articleId: number;
  /** Whoever begins it; its first writer. */
  authorId: number;
  fields: DraftFields;
  attribution: readonly AttributionRun[];
  /** The revision whose text it begins with. */
  basedOnId: number | null;
  at: Date;
}

/**
 * Writes a draft with its first save. The article must be locked, or new.
 * @throws DomainError `conflict` when the article has an open revision already
 */
export async function insertDraft(
  db: Transaction,
  _permit: Permit<"draft.start" | "article.revise" | "article.manage">,
  draft: NewDraft,
): Promise<{ id: number; number: number }> {
  const { articleId, authorId, fields, at } = draft;
  const before = await db.revision.findFirst({
    where: { articleId, state: { in: [...openStates] } },
    select: { id: true },
  });
  if (before) throw new DomainError("conflict", { reason: "draft.open_already" });
  const newest = await db.revision.aggregate({ where: { articleId }, _max: { number: true } });
  const row = await db.revision.create({
    data: {
      ...fields,
      articleId,
      authorId,
      number: (newest._max.number ?? 0) + 1,
      state: "DRAFT",
      // Rendered when it is submitted: a draft is saved every few seconds and shown to nobody but through the preview.
      html: "",
      rendererVersion: 0,
      attribution: draft.attribution.map((run) => [...run]),
      basedOnId: draft.basedOnId,
      saveNumber: 1,
      savedAt: at,
      createdAt: at,
      writers: { create: { userId: authorId } },
    },
    select: { id: true, number: true },
  });
  await insertSave(db, { revisionId: row.id, number: 1, fields, savedById: authorId, at });
  return row;
}

/**
 * Writes the next state of a draft. The revision must be locked.
 * @throws DomainError `conflict` when it was saved or submitted meanwhile
 */
export async function writeDraft(
  db: Transaction,
  _permit: Permit<"draft.save">,
  save: {
    id: number;
    after: number;
    fields: DraftFields;
    attribution: readonly AttributionRun[];
    savedById: number;
    at: Date;
  },
): Promise<number> {
  const { id, after, fields, attribution, savedById, at } = save;
  const saveNumber = after + 1;
  const { count } = await db.revision.updateMany({
    where: { id, saveNumber: after, state: { in: ["DRAFT", "CHANGES_REQUESTED"] } },
    data: { ...fields, attribution: attribution.map((run) => [...run]), saveNumber, savedAt: at },
  });
  if (count === 0) throw new DomainError("conflict", { reason: "state.changed" });
  await insertSave(db, { revisionId: id, number: saveNumber, fields, savedById, at });
  await keepUsedPictures(db, fields.body);
  await db.$executeRaw`
    INSERT INTO revision_writers (revision_id, user_id) VALUES (${id}, ${savedById}) ON CONFLICT DO NOTHING`;
  return saveNumber;
}

export interface DraftSource extends DraftFields {
  id: number;
  attribution: unknown;
}

/** What a new revision begins with: the published text, or for an article without one the newest that there is; null for an article without any. */
export async function findDraftSource(db: Transaction, articleId: number): Promise<DraftSource | null> {
  const rows = await db.$queryRaw<DraftSource[]>`
    SELECT r.id, r.title, r.summary, r.body, r.copyright_holder AS "copyrightHolder", r.licence, r.attribution,
           CASE WHEN a.first_published_at IS NULL THEN r.slug ELSE a.slug END AS slug,
           CASE WHEN r.state = 'PUBLISHED' THEN
             ARRAY(SELECT t.name FROM article_topics f JOIN topics t ON t.id = f.topic_id WHERE f.article_id = a.id ORDER BY t.name)
           ELSE r.topics END AS topics
    FROM articles a JOIN revisions r ON r.article_id = a.id
    WHERE a.id = ${articleId}
    ORDER BY r.id = a.published_revision_id DESC NULLS LAST, r.number DESC
    LIMIT 1`;
  return rows[0] ?? null;
}

/** Members who may revise an article because they are named on it or have written in one of its texts. */
export async function articleWriters(db: Transaction, articleId: number): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    SELECT user_id AS id FROM credits WHERE article_id = ${articleId} AND kind IN ('WRITTEN', 'EDITED') AND user_id IS NOT NULL
    UNION
    SELECT author_id FROM revisions WHERE article_id = ${articleId} AND author_id IS NOT NULL`;
  return rows.map(({ id }) => id);
}

/** How many articles this person has begun and not brought to an end. */
export function countOpenDrafts(db: Transaction, userId: number): Promise<number> {
  return db.revision.count({ where: { authorId: userId, state: { in: [...openStates] } } });
}
