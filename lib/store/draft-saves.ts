// The saved states of a draft: what a later save is merged upon, and where a lost text is found again. Bounded in number.
import type { DraftFields } from "@/lib/domain/draft";
import { limits } from "@/lib/domain/limits";
import type { Permit } from "@/lib/domain/permissions";
import type { Transaction } from "@/lib/store/client";

export interface NewSave {
  revisionId: number;
  number: number;
  fields: DraftFields;
  savedById: number | null;
  at: Date;
}

/** Keeps a state; called by whoever writes the draft, in the same transaction. */
export async function insertSave(db: Transaction, save: NewSave): Promise<void> {
  const { revisionId, number, fields, savedById, at } = save;
  await db.draftSave.create({
    data: { revisionId, number, ...fields, savedById, createdAt: at },
    select: { number: true },
  });
}

const fieldColumns = {
  title: true,
  slug: true,
  topics: true,
  summary: true,
  body: true,
  copyrightHolder: true,
  licence: true,
} as const;

/**
 * The state that a text began from, which was saved as number `number`: or, when that is not kept any more, the nearest before it, which
 * both sides have come from, too. Null for a draft without saves.
 */
export function findSaveAt(db: Transaction, revisionId: number, number: number): Promise<DraftFields | null> {
  return db.draftSave.findFirst({
    where: { revisionId, number: { lte: Math.max(number, 1) } },
    select: fieldColumns,
    orderBy: { number: "desc" },
  });
}

export interface SaveRow {
  number: number;
  savedBy: string | null;
  createdAt: Date;
  title: string;
  /** UTF-16 units of the text, for "about as long as". */
  length: number;
}

/** The kept states, newest first, without their texts. */
export function listSaves(db: Transaction, revisionId: number): Promise<SaveRow[]> {
  return db.$queryRaw<SaveRow[]>`
    SELECT s.number, u.display_name AS "savedBy", s.created_at AS "createdAt", s.title, char_length(s.body) AS length
    FROM draft_saves s LEFT JOIN users u ON u.id = s.saved_by_id
    WHERE s.revision_id = ${revisionId}
    ORDER BY s.number DESC`;
}

/** One kept state; null when it is not kept (any more). */
export async function findSave(
  db: Transaction,
  revisionId: number,
  number: number,
): Promise<{ fields: DraftFields; savedBy: string | null; createdAt: Date } | null> {
  const row = await db.draftSave.findUnique({
    where: { revisionId_number: { revisionId, number } },
    select: { ...fieldColumns, createdAt: true, savedBy: { select: { displayName: true } } },
  });
  if (!row) return null;
  const { createdAt, savedBy, ...fields } = row;
  return { fields, savedBy: savedBy?.displayName ?? null, createdAt };
}

/** Who saved after number `after`, except `userId`: names, the latest first. */
export async function saversSince(
  db: Transaction,
  since: { revisionId: number; after: number; userId: number },
): Promise<string[]> {
  const rows = await db.$queryRaw<{ name: string }[]>`
    SELECT u.display_name AS name
    FROM draft_saves s JOIN users u ON u.id = s.saved_by_id
    WHERE s.revision_id = ${since.revisionId} AND s.number > ${since.after} AND u.id <> ${since.userId}
    GROUP BY u.id ORDER BY max(s.number) DESC LIMIT 5`;
  return rows.map(({ name }) => name);
}

/** Lets go of saves beyond those that are kept: the first, the newest, and one in so many minutes of the others. */
export async function pruneSaves(db: Transaction, _permit: Permit<"draft.save">, revisionId: number): Promise<void> {
  const { newest, older, everyMinutes } = limits.savesKept;
  await db.$executeRaw`
    DELETE FROM draft_saves WHERE revision_id = ${revisionId} AND number <> 1 AND number NOT IN (
      (SELECT number FROM draft_saves WHERE revision_id = ${revisionId} ORDER BY number DESC LIMIT ${newest})
      UNION
      (SELECT max(number) FROM draft_saves WHERE revision_id = ${revisionId}
       GROUP BY date_bin(${everyMinutes} * interval '1 minute', created_at, timestamptz '2000-01-01')
       ORDER BY 1 DESC LIMIT ${older}))`;
}

/** Forgets the saves of texts that readers have seen for so many days: the text itself stays. */
export async function forgetOldSaves(db: Transaction, days: number): Promise<void> {
  await db.$executeRaw`
    DELETE FROM draft_saves s USING revisions r
    WHERE r.id = s.revision_id AND r.state IN ('PUBLISHED', 'SUPERSEDED') AND r.published_at < now() - ${days} * interval '1 day'`;
}
