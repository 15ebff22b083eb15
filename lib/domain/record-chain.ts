// The chain over the records of what was done (R80): which records there are, what of a line a seal covers, and what can be wrong.

/** The records that only grow: decisions about comments, accounts and powers, articles at the desk. */
export type RecordName = "moderation" | "accounts" | "desk";

/** A line as seals see it. */
export interface SealableLine {
  record: RecordName;
  id: bigint;
  /** Everything that stays for ever, as one text; null when the line is not there. */
  kept: string | null;
  /** What may have to be erased by law, as one text. */
  words: string | null;
  /** The words have been erased. */
  erased: boolean;
}

/** What binds a line into the chain, in the order in which it is hashed. The first part names this way of doing it. */
export function sealedParts(seal: {
  before: string;
  seq: bigint;
  line: Pick<SealableLine, "record" | "id" | "kept">;
  wordsHash: string;
}): string[] {
  const { before, seq, line, wordsHash } = seal;
  return ["colloquy record 1", before, String(seq), line.record, String(line.id), line.kept ?? "gone", wordsHash];
}

export type RecordFault =
  /** A line says something else than when it was sealed, or its seal does. */
  | { kind: "changed"; record: RecordName; line: string; seq: string }
  /** A line is gone that was sealed. */
  | { kind: "removed"; record: RecordName; line: string; seq: string }
  /** A line is there that never waited for a seal. */
  | { kind: "inserted"; record: RecordName; line: string }
  /** Seals before this one are missing. */
  | { kind: "broken"; seq: string }
  /** The seal that an earlier check ended with, or that was asked for, is another now or gone. */
  | { kind: "rewritten"; seq: string };

/** A fault in a sentence. */
export function faultSentence(fault: RecordFault): string {
  switch (fault.kind) {
    case "changed":
      return `Line ${fault.line} of the record “${fault.record}”, or its seal ${fault.seq}, is not what it was.`;
    case "removed":
      return `Line ${fault.line} of the record “${fault.record}” is gone (seal ${fault.seq}).`;
    case "inserted":
      return `Line ${fault.line} of the record “${fault.record}” was put in past the site.`;
    case "broken":
      return `Before seal ${fault.seq} seals are missing.`;
    case "rewritten":
      return `Seal ${fault.seq} is not the one that was there at an earlier check.`;
  }
}
