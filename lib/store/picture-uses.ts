// Which pictures the texts of articles use. Every revision counts, whatever became of it, and every save of a draft that is kept: from any
// of them a text can be brought back.
import type { Transaction } from "@/lib/store/client";
import { picturesNamed } from "@/lib/text/own-pictures";

/** Texts that are looked through in one question: it is answered in well under a second. */
const atOnce = 200;

/** The ids of all pictures that some text names. Reads every text once, in portions; takes as long as that takes. */
export async function picturesInUse(db: Transaction): Promise<Set<string>> {
  const used = new Set<string>();
  for (let after: number | null = 0; after !== null; ) {
    const rows: { last: number | null; ids: string[] }[] = await db.$queryRaw`
      WITH portion AS MATERIALIZED (SELECT id, body FROM revisions WHERE id > ${after} ORDER BY id LIMIT ${atOnce})
      SELECT max(id) AS last, ARRAY(
        SELECT DISTINCT found[1] FROM portion, regexp_matches(body, '/u/([A-Za-z0-9_-]{22})', 'g') AS found
        WHERE body LIKE '%/u/%') AS ids
      FROM portion`;
    for (const id of rows[0]?.ids ?? []) used.add(id);
    after = rows[0]?.last ?? null;
  }
  let at: { revision: number; number: number } | null = { revision: 0, number: 0 };
  while (at !== null) {
    const { revision, number }: { revision: number; number: number } = at;
    const rows: { revision: number; number: number; ids: string[] }[] = await db.$queryRaw`
      WITH portion AS MATERIALIZED (
        SELECT revision_id, number, body FROM draft_saves WHERE (revision_id, number) > (${revision}, ${number})
        ORDER BY revision_id, number LIMIT ${atOnce})
      SELECT revision_id AS revision, number, ARRAY(
        SELECT DISTINCT found[1] FROM portion, regexp_matches(body, '/u/([A-Za-z0-9_-]{22})', 'g') AS found
        WHERE body LIKE '%/u/%') AS ids
      FROM portion ORDER BY revision_id DESC, number DESC LIMIT 1`;
    for (const id of rows[0]?.ids ?? []) used.add(id);
    at = rows[0] ?? null;
  }
  return used;
}

/**
 * The pictures of a text that is being saved count as used from now on, whatever a look through all texts has just found: whoever
 * removes one waits for this transaction, and then leaves it.
 */
export async function keepUsedPictures(db: Transaction, body: string): Promise<void> {
  const ids = picturesNamed(body);
  if (ids.length === 0) return;
  await db.$executeRaw`UPDATE files SET unused_since = NULL WHERE id = ANY(${ids}) AND unused_since IS NOT NULL`;
}

/** Notes which pictures are used by no text, since now or since before. @param settledBefore younger ones are left alone */
export async function noteUnused(
  db: Transaction,
  { used, now, settledBefore }: { used: ReadonlySet<string>; now: Date; settledBefore: Date },
): Promise<void> {
  const ids = [...used];
  await db.$executeRaw`UPDATE files SET unused_since = NULL WHERE unused_since IS NOT NULL AND id = ANY(${ids})`;
  await db.$executeRaw`
    UPDATE files SET unused_since = ${now}
    WHERE unused_since IS NULL AND created_at < ${settledBefore} AND NOT (id = ANY(${ids}))`;
}

/** Deletes the rows of pictures that were unused since before a time, and still are. @returns what was deleted */
export function deleteUnused(
  db: Transaction,
  { before, limit }: { before: Date; limit: number },
): Promise<{ id: string; widths: number[] }[]> {
  return db.$queryRaw`
    DELETE FROM files WHERE unused_since < ${before}
      AND id IN (SELECT id FROM files WHERE unused_since < ${before} ORDER BY id LIMIT ${limit})
    RETURNING id, widths`;
}
