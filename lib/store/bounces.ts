// Addresses that refused mail for good, by a hash of them. They lie among the windows of the rate limits, and end like those.
import type { Transaction } from "@/lib/store/client";

/** One more mail was refused. @param key says what it is and holds a hash */
export async function countBounce(db: Transaction, key: string, windowMs: number): Promise<void> {
  await db.$executeRaw`
    INSERT INTO rate_limits AS l (key, count, expires_at)
    VALUES (${key}, 1, now() + ${windowMs} * interval '1 millisecond')
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN l.expires_at <= now() THEN 1 ELSE l.count + 1 END, expires_at = excluded.expires_at`;
}

/** How many were refused lately. */
export async function bouncesOf(db: Transaction, key: string): Promise<number> {
  const rows = await db.$queryRaw<{ count: number }[]>`
    SELECT count FROM rate_limits WHERE key = ${key} AND expires_at > now()`;
  return rows[0]?.count ?? 0;
}
