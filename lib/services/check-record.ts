// Walking the chain over the records from its first seal to its newest, and telling every place at which it does not hold (R80).
import { authorize } from "@/lib/domain/permissions";
import { faultSentence, type RecordFault } from "@/lib/domain/record-chain";
import type { Context } from "@/lib/services/context";
import { hashSeal, hashWords } from "@/lib/services/seal-record";
import { database } from "@/lib/store/client";
import {
  countWaiting,
  keepCheck,
  newestCheck,
  newestSeal,
  rewrittenHeads,
  type SealRow,
  sealsAfter,
  strayLines,
} from "@/lib/store/record-seals";

/** Seals read at a time. */
const step = 1_000;

/** Faults told one by one; where there are more, the first ones say where to look. */
const toldFaults = 20;

/** Waiting lines are counted no further. */
const countedWaiting = 10_000;

export interface RecordState {
  /** The newest seal; 0 and empty before the first. */
  head: { seq: bigint; hash: string };
  /** Lines that have no seal yet. */
  waiting: number;
  /** Lines whose words were erased after they were sealed. */
  erased: number;
  /** No more than twenty. */
  faults: RecordFault[];
}

/**
 * Walks the whole chain.
 * @param held what somebody outside holds of it: the seal's number and hash, hexadecimal
 * @throws DomainError `unavailable`
 */
export async function walkRecord(held?: { seq: bigint; hash: string }): Promise<RecordState> {
  const db = database();
  const newest = await newestSeal(db);
  const faults: RecordFault[] = [];
  let erased = 0;
  let found = false;
  let { seq, hash } = { seq: 0n, hash: new Uint8Array() as Uint8Array };
  // What is sealed meanwhile is for the next walk.
  while (newest && seq < newest.seq && faults.length < toldFaults) {
    const rows = await sealsAfter(db, seq, step);
    if (rows.length === 0) break;
    for (const row of rows) {
      faults.push(...faultsOf(row, { seq, hash }));
      if (row.salt === null && row.erased) erased += 1;
      if (held?.seq === row.seq) found = Buffer.from(row.hash).toString("hex") === held.hash;
      ({ seq, hash } = row);
    }
  }
  if (held && !found) faults.push({ kind: "rewritten", seq: String(held.seq) });
  for (const head of await rewrittenHeads(db, toldFaults)) faults.push({ kind: "rewritten", seq: String(head.seq) });
  for (const { record, id } of await strayLines(db, toldFaults)) {
    faults.push({ kind: "inserted", record, line: String(id) });
  }
  const head = { seq: newest?.seq ?? 0n, hash: Buffer.from(newest?.hash ?? []).toString("hex") };
  return { head, waiting: await countWaiting(db, countedWaiting), erased, faults: faults.slice(0, toldFaults) };
}

/** What is wrong with one seal, given the one before it as it stands: so one wrong line is one fault. */
function faultsOf(row: SealRow, before: { seq: bigint; hash: Uint8Array }): RecordFault[] {
  const about = { record: row.record, line: String(row.id), seq: String(row.seq) };
  if (row.seq !== before.seq + 1n) return [{ kind: "broken", seq: about.seq }];
  if (row.kept === null) return [{ kind: "removed", ...about }];
  const { seq, salt, wordsHash } = row;
  const follows = hashSeal({ before: before.hash, seq, line: row, wordsHash }).equals(row.hash);
  const said = salt === null ? row.erased : hashWords(row.words, salt).equals(wordsHash);
  return follows && said ? [] : [{ kind: "changed", ...about }];
}

/** Walks the chain and keeps what was found, for the desk and for the next walk. */
export async function checkRecord(): Promise<RecordState> {
  const state = await walkRecord();
  const { head, faults } = state;
  await keepCheck(database(), {
    seq: head.seq,
    hash: Buffer.from(head.hash, "hex"),
    faults: faults.length,
    first: faults[0] ? faultSentence(faults[0]) : "",
  });
  return state;
}

export interface RecordCheck {
  at: Date;
  lines: number;
  /** Of the newest seal then, hexadecimal. */
  hash: string;
  faults: number;
  /** The first of them, in a sentence. */
  first: string;
}

/** What the newest check found; null before the first night. @throws DomainError `forbidden` */
export async function readRecordCheck(ctx: Context): Promise<RecordCheck | null> {
  authorize(ctx.actor, "site.manage");
  const row = await newestCheck(database());
  if (!row) return null;
  const { checkedAt, seq, hash, faults, first } = row;
  return { at: checkedAt, lines: Number(seq), hash: Buffer.from(hash).toString("hex"), faults, first };
}
