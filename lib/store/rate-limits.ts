// Counting attempts in windows, all of one request in a single statement, inside the transaction of what is attempted: a refused
// or failed attempt is rolled back with it and costs nobody anything.
import { DomainError } from "@/lib/domain/errors";
import { Prisma } from "@/lib/store/generated/client";
import type { Questions } from "@/lib/store/plain-transaction";

export interface Allowance {
  /** Action, window and who, the latter hashed. */
  key: string;
  max: number;
  windowMs: number;
}

/**
 * Counts one attempt against every allowance.
 * @param reason the sentence that says what there was too much of; without one it is about posting
 * @throws DomainError `rate_limited` with the seconds until the last full window ends
 */
export async function consume(db: Questions, allowances: readonly Allowance[], reason?: string): Promise<void> {
  const retryAfter = await secondsToWait(db, allowances);
  if (retryAfter > 0) throw new DomainError("rate_limited", { retryAfter, reason });
}

/**
 * Looks whether there is room for one attempt, without counting it and without waiting for anybody: for what counts its attempt as the
 * last thing in its transaction, since whoever has counted keeps all others of the same network waiting until it ends.
 * @throws DomainError `rate_limited` with the seconds until the last full window ends
 */
export async function refuseWhenFull(db: Questions, allowances: readonly Allowance[]): Promise<void> {
  if (allowances.length === 0) return;
  const rows = await db.$queryRaw<Counted[]>`
    SELECT key, count, ceil(extract(epoch FROM expires_at - now()))::int AS seconds
    FROM rate_limits WHERE key = ANY(${allowances.map(({ key }) => key)}) AND expires_at > now()`;
  const retryAfter = longestWait(
    allowances,
    rows.map((row) => ({ ...row, count: row.count + 1 })),
  );
  if (retryAfter > 0) throw new DomainError("rate_limited", { retryAfter });
}

/** Counts one attempt if there is room for it, and says whether there was: for what is left out in silence. */
export async function hasRoom(db: Questions, allowances: readonly Allowance[]): Promise<boolean> {
  return (await roomOrWait(db, allowances)) === 0;
}

/** Counts one attempt if there is room for it: then 0, otherwise the seconds until there will be, for what is put off. */
export async function roomOrWait(db: Questions, allowances: readonly Allowance[]): Promise<number> {
  const wait = await secondsToWait(db, allowances);
  if (wait > 0) await refund(db, allowances);
  return wait;
}

/** Counts one attempt; 0 when there was room, otherwise the seconds until the last full window ends. */
async function secondsToWait(db: Questions, allowances: readonly Allowance[]): Promise<number> {
  if (allowances.length === 0) return 0;
  // One order for everybody, so that two requests never wait for each other crosswise.
  const ordered = [...allowances].sort((a, b) => (a.key < b.key ? -1 : 1));
  const values = ordered.map(
    ({ key, windowMs }) => Prisma.sql`(${key}, 1, now() + ${windowMs} * interval '1 millisecond')`,
  );
  const rows = await db.$queryRaw<Counted[]>`
    INSERT INTO rate_limits AS l (key, count, expires_at) VALUES ${Prisma.join(values)}
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN l.expires_at <= now() THEN 1 ELSE l.count + 1 END,
      expires_at = CASE WHEN l.expires_at <= now() THEN excluded.expires_at ELSE l.expires_at END
    RETURNING key, count, ceil(extract(epoch FROM expires_at - now()))::int AS seconds`;
  return longestWait(ordered, rows);
}

interface Counted {
  key: string;
  /** With the attempt in hand. */
  count: number;
  /** Until the window ends. */
  seconds: number;
}

function longestWait(allowances: readonly Allowance[], rows: readonly Counted[]): number {
  const counts = new Map(rows.map((row) => [row.key, row]));
  const waits = allowances.flatMap(({ key, max }) => {
    const row = counts.get(key);
    return row && row.count > max ? [Math.max(1, row.seconds)] : [];
  });
  return Math.max(0, ...waits);
}

/** Forgets windows that have ended. */
export async function forgetEndedWindows(db: Questions): Promise<void> {
  await db.$executeRaw`DELETE FROM rate_limits WHERE expires_at < now()`;
}

/** Takes an attempt back that turned out to be none. */
export async function refund(db: Questions, allowances: readonly Allowance[]): Promise<void> {
  const keys = allowances.map(({ key }) => key).sort();
  await db.$executeRaw`UPDATE rate_limits SET count = greatest(0, count - 1) WHERE key = ANY(${keys})`;
}
