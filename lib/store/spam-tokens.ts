// What the classifier has learnt, shared by all instances: in how many texts judged spam and judged good each token stood.
import type { Transaction } from "@/lib/store/client";
import type { TokenCount } from "@/lib/text/spam-score";

/** Counts of these tokens, as far as they are known. */
export function tokenCounts(db: Transaction, tokens: readonly string[]): Promise<TokenCount[]> {
  return db.$queryRaw<TokenCount[]>`SELECT token, spam, ham FROM spam_tokens WHERE token = ANY(${[...tokens]})`;
}

/** Adds so much to every token's counts; never below zero. Tokens go in one order for everybody, so that two never wait crosswise. */
export async function addToTokens(
  db: Transaction,
  tokens: readonly string[],
  by: { spam: number; ham: number },
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO spam_tokens AS t (token, spam, ham)
    SELECT token, greatest(0, ${by.spam}::int), greatest(0, ${by.ham}::int) FROM unnest(${[...tokens].sort()}::text[]) token
    ON CONFLICT (token) DO UPDATE SET
      spam = greatest(0, t.spam + ${by.spam}::int), ham = greatest(0, t.ham + ${by.ham}::int)`;
}
