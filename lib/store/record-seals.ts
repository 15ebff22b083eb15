// The chain of seals over the records, in rows: lines that wait for a seal, seals with their lines, and what earlier checks found.
import type { RecordName, SealableLine } from "@/lib/domain/record-chain";
import type { Transaction } from "@/lib/store/client";
import { Prisma } from "@/lib/store/generated/client";

/** One line as seals see it, whichever record it is in. A new column of a record joins these lists only with a new way of sealing. */
const lineOf = (record: Prisma.Sql, id: Prisma.Sql) => Prisma.sql`
  SELECT jsonb_build_array(m.kind, m.actor_id, m.comment_id, m.article_id, m.user_id, m.visitor_id, m.from_status, m.to_status,
           m.reversal, m.about_id, (extract(epoch FROM m.created_at) * 1000)::bigint)::text AS kept,
         jsonb_build_array(m.reason, m.note)::text AS words, m.reason = 'erased' AND m.note = '' AS erased
  FROM moderation_actions m WHERE ${record} = 'moderation' AND m.id = ${id}
  UNION ALL
  SELECT jsonb_build_array(e.kind, e.actor_id, e.subject_id, (extract(epoch FROM e.created_at) * 1000)::bigint)::text,
         jsonb_build_array(e.detail)::text, e.detail = '{}'
  FROM audit_events e WHERE ${record} = 'accounts' AND e.id = ${id}
  UNION ALL
  SELECT jsonb_build_array(d.kind, d.article_id, d.revision_id, d.actor_id, d.from_state, d.to_state,
           (extract(epoch FROM d.created_at) * 1000)::bigint)::text,
         jsonb_build_array(d.reason, d.detail)::text, d.reason = '' AND d.detail = '{}'
  FROM editorial_actions d WHERE ${record} = 'desk' AND d.id = ${id}`;

/** Whether this transaction may add seals: one at a time does. */
export async function takeSealing(db: Transaction): Promise<boolean> {
  const rows = await db.$queryRaw<{ free: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended('colloquy.record.seals', 0)) AS free`;
  return rows[0]?.free === true;
}

export interface SealHead {
  seq: bigint;
  hash: Uint8Array;
}

/** The newest seal; null before the first. */
export async function newestSeal(db: Transaction): Promise<SealHead | null> {
  return db.recordSeal.findFirst({ select: { seq: true, hash: true }, orderBy: { seq: "desc" } });
}

/** Lines without a seal, in the order in which they came to wait. */
export function waitingLines(db: Transaction, limit: number): Promise<(SealableLine & { place: bigint })[]> {
  return db.$queryRaw<(SealableLine & { place: bigint })[]>`
    SELECT w.id AS place, w.record, w.line_id AS id, l.kept, l.words, coalesce(l.erased, false) AS erased
    FROM (SELECT * FROM unsealed_lines ORDER BY id LIMIT ${limit}) w
    LEFT JOIN LATERAL (${lineOf(Prisma.sql`w.record`, Prisma.sql`w.line_id`)}) l ON true
    ORDER BY w.id`;
}

export interface NewSeal extends SealHead {
  record: RecordName;
  lineId: bigint;
  wordsHash: Uint8Array;
  salt: Uint8Array;
}

/** Adds seals; their lines wait no more. */
export async function addSeals(db: Transaction, seals: NewSeal[], places: bigint[]): Promise<void> {
  const bytes = (value: Uint8Array) => Uint8Array.from(value);
  await db.recordSeal.createMany({
    data: seals.map((seal) => ({
      ...seal,
      wordsHash: bytes(seal.wordsHash),
      salt: bytes(seal.salt),
      hash: bytes(seal.hash),
    })),
  });
  await db.unsealedLine.deleteMany({ where: { id: { in: places } } });
}

export interface SealRow extends SealableLine, SealHead {
  wordsHash: Uint8Array;
  /** Null when the words were erased after they were sealed. */
  salt: Uint8Array | null;
}

/** Seals with their lines, from after `after` on. */
export function sealsAfter(db: Transaction, after: bigint, limit: number): Promise<SealRow[]> {
  return db.$queryRaw<SealRow[]>`
    SELECT s.seq, s.hash, s.words_hash AS "wordsHash", s.salt, s.record, s.line_id AS id, l.kept, l.words,
           coalesce(l.erased, false) AS erased
    FROM (SELECT * FROM record_seals WHERE seq > ${after} ORDER BY seq LIMIT ${limit}) s
    LEFT JOIN LATERAL (${lineOf(Prisma.sql`s.record`, Prisma.sql`s.line_id`)}) l ON true
    ORDER BY s.seq`;
}

/** Lines that have no seal and do not wait for one: they came past the triggers. */
export function strayLines(db: Transaction, limit: number): Promise<{ record: RecordName; id: bigint }[]> {
  return db.$queryRaw<{ record: RecordName; id: bigint }[]>`
    SELECT record, id FROM (
      SELECT 'moderation' AS record, id::bigint FROM moderation_actions
      UNION ALL SELECT 'accounts', id FROM audit_events
      UNION ALL SELECT 'desk', id FROM editorial_actions) lines
    WHERE NOT EXISTS (SELECT 1 FROM record_seals s WHERE s.record = lines.record AND s.line_id = lines.id)
      AND NOT EXISTS (SELECT 1 FROM unsealed_lines w WHERE w.record = lines.record AND w.line_id = lines.id)
    ORDER BY record, id LIMIT ${limit}`;
}

/** How many lines wait, and since when the first of them has; counts no further than `limit`. */
export async function countWaiting(db: Transaction, limit: number): Promise<number> {
  const rows = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (SELECT 1 FROM unsealed_lines LIMIT ${limit}) w`;
  return rows[0]?.count ?? 0;
}

export interface RecordCheckRow extends SealHead {
  checkedAt: Date;
  faults: number;
  first: string;
}

const checkColumns = { checkedAt: true, seq: true, hash: true, faults: true, first: true } as const;

/** Keeps what a check found. */
export async function keepCheck(db: Transaction, check: Omit<RecordCheckRow, "checkedAt">): Promise<void> {
  await db.recordCheck.create({ data: { ...check, hash: Uint8Array.from(check.hash) }, select: { id: true } });
}

/** The newest check; null before the first. */
export async function newestCheck(db: Transaction): Promise<RecordCheckRow | null> {
  return db.recordCheck.findFirst({ select: checkColumns, orderBy: { id: "desc" } });
}

/** Where earlier checks ended whose seal is another now, or gone. */
export function rewrittenHeads(db: Transaction, limit: number): Promise<{ seq: bigint }[]> {
  return db.$queryRaw<{ seq: bigint }[]>`
    SELECT DISTINCT k.seq FROM record_checks k LEFT JOIN record_seals s ON s.seq = k.seq
    WHERE k.seq > 0 AND s.hash IS DISTINCT FROM k.hash ORDER BY k.seq LIMIT ${limit}`;
}
