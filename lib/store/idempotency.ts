// The first result of a request that may come again. The row is written in the transaction of the request, so a simultaneous
// repeat waits for the first and then finds its result.
import { DomainError } from "@/lib/domain/errors";
import type { Questions } from "@/lib/store/plain-transaction";

interface KeyRow {
  requestHash: Uint8Array;
  result: unknown;
}

/**
 * Claims `key` for a request, or returns the result of the earlier one with the same key.
 * @param validMs how long the earlier one counts
 * @returns undefined when this is the first
 * @throws DomainError `conflict` when the key was used for another request
 */
export async function claimKey(
  db: Questions,
  claim: { key: Uint8Array; requestHash: Uint8Array; validMs: number },
): Promise<unknown> {
  const claimed = await db.$executeRaw`
    INSERT INTO idempotency_keys AS kept (key, request_hash) VALUES (${claim.key}, ${claim.requestHash})
    ON CONFLICT (key) DO UPDATE SET request_hash = excluded.request_hash, result = NULL, created_at = now()
      WHERE kept.created_at < now() - ${claim.validMs} * interval '1 millisecond'`;
  if (claimed === 1) return undefined;
  const rows = await db.$queryRaw<KeyRow[]>`
    SELECT request_hash AS "requestHash", result FROM idempotency_keys WHERE key = ${claim.key}`;
  const row = rows[0];
  if (!row || row.result === null) throw new DomainError("unavailable", { retryAfter: 1 });
  if (Buffer.compare(row.requestHash, claim.requestHash) !== 0)
    throw new DomainError("conflict", { reason: "key.reused" });
  return row.result;
}

/** Keeps the result for those who ask again. */
export async function keepResult(db: Questions, key: Uint8Array, result: object): Promise<void> {
  await db.$executeRaw`UPDATE idempotency_keys SET result = ${JSON.stringify(result)}::jsonb WHERE key = ${key}`;
}

/** Forgets keys older than `hours`. */
export async function forgetOldKeys(db: Questions, hours: number): Promise<void> {
  await db.$executeRaw`DELETE FROM idempotency_keys WHERE created_at < now() - ${hours} * interval '1 hour'`;
}
