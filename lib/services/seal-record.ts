// Sealing the records of what was done (R80): each line is bound to all before it, some seconds after it was written. The act itself
// waits for nobody (docs/decisions/0035).
import { randomBytes } from "node:crypto";
import { type SealableLine, sealedParts } from "@/lib/domain/record-chain";
import { sha256 } from "@/lib/services/tokens";
import { inTransaction, type Transaction } from "@/lib/store/client";
import { addSeals, type NewSeal, newestSeal, takeSealing, waitingLines } from "@/lib/store/record-seals";

/** Lines in one transaction: so many are read, hashed and written in a tenth of a second. */
const batch = 500;

/** As many bits as nobody can try, so that the hash of erased words tells nothing of them. */
const saltBytes = 16;

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** The hash of a line's words. */
export function hashWords(words: string | null, salt: Uint8Array): Buffer {
  return sha256(JSON.stringify([hex(salt), words]));
}

/** The hash of a seal, from the one before it. @param before.hash empty for the first */
export function hashSeal(seal: {
  before: Uint8Array;
  seq: bigint;
  line: Pick<SealableLine, "record" | "id" | "kept">;
  wordsHash: Uint8Array;
}): Buffer {
  return sha256(JSON.stringify(sealedParts({ ...seal, before: hex(seal.before), wordsHash: hex(seal.wordsHash) })));
}

/**
 * Seals every line that waits, in the order in which they came to wait; leaves it to whoever is at it already.
 * @returns how many were sealed
 * @throws DomainError `unavailable`
 */
export async function sealRecord(): Promise<number> {
  let all = 0;
  for (;;) {
    const sealed = await inTransaction(sealBatch);
    all += sealed;
    if (sealed < batch) return all;
  }
}

async function sealBatch(tx: Transaction): Promise<number> {
  if (!(await takeSealing(tx))) return 0;
  const lines = await waitingLines(tx, batch);
  if (lines.length === 0) return 0;
  let { seq, hash } = (await newestSeal(tx)) ?? { seq: 0n, hash: new Uint8Array() };
  const seals = lines.map((line): NewSeal => {
    const salt = randomBytes(saltBytes);
    const wordsHash = hashWords(line.words, salt);
    seq += 1n;
    hash = hashSeal({ before: hash, seq, line, wordsHash });
    return { seq, hash, record: line.record, lineId: line.id, wordsHash, salt };
  });
  await addSeals(
    tx,
    seals,
    lines.map(({ place }) => place),
  );
  return seals.length;
}
