// The salt of each day (UTC), without which that day's network keys say nothing; it is gone when two days have passed since (R71).
import type { Transaction } from "@/lib/store/client";

/** Days from the beginning of a salt's day to its end. */
const keptDays = 2;

/** The salt of `day` ("2026-11-23"), made by whoever asks first. `candidate` is 32 random bytes. */
export async function saltOfDay(db: Transaction, day: string, candidate: Uint8Array): Promise<Uint8Array> {
  await db.$executeRaw`INSERT INTO network_salts (day, salt) VALUES (${day}::date, ${candidate}) ON CONFLICT DO NOTHING`;
  await db.$executeRaw`DELETE FROM network_salts WHERE day <= ${day}::date - ${keptDays}::int`;
  const rows = await db.$queryRaw<{ salt: Uint8Array }[]>`SELECT salt FROM network_salts WHERE day = ${day}::date`;
  return rows[0]?.salt ?? candidate;
}

/** The salt of a day, if there still is one. */
export async function findSalt(db: Transaction, day: string): Promise<Uint8Array | null> {
  const rows = await db.$queryRaw<{ salt: Uint8Array }[]>`SELECT salt FROM network_salts WHERE day = ${day}::date`;
  return rows[0]?.salt ?? null;
}

/** Forgets the salts of days that are over, also when nobody asks for a new one. */
export async function forgetOldSalts(db: Transaction): Promise<void> {
  await db.$executeRaw`DELETE FROM network_salts WHERE day <= (now() AT TIME ZONE 'UTC')::date - ${keptDays}::int`;
}
