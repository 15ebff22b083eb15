// What the links in mails carry (R32-R34): good once, for a while, for one purpose and one member. Only hashes are kept; every time is
// judged by the database's clock.
import { createHash, randomBytes } from "node:crypto";
import type { Transaction } from "@/lib/store/client";

export type TokenPurpose =
  | "VERIFY_EMAIL"
  | "RESET_PASSWORD"
  | "CHANGE_EMAIL"
  | "UNDO_EMAIL"
  | "FIRST_ADMIN"
  | "DOWNLOAD";

export interface NewToken {
  purpose: TokenPurpose;
  /** Null for the first admin, who is nobody yet. */
  userId: number | null;
  /** The address it was sent to, or is about. */
  email?: string;
  ttlMs: number;
  /** The token itself, when it must be the same if this runs again: 256 bits that nobody can guess. Otherwise it is drawn. */
  token?: string;
}

/** Whose token it was, and about which address. */
export interface TokenFacts {
  userId: number | null;
  email: string | null;
}

/** 256 bits (R32). */
const tokenBytes = 32;

/** Longer is no token of ours, and not worth hashing. */
const longestToken = 100;

const hashOf = (token: string): Buffer => createHash("sha256").update(token).digest();

/**
 * Makes a token, and ends the member's earlier ones for the same purpose: only the newest counts. Ways back to an earlier address are
 * kept apart by address, so that a thief who changes it twice cannot end the owner's. Tokens of nobody stand beside each other: each
 * instance that starts prints one for the first admin. The same token issued again lives longer if it was not used.
 * @returns the token, which is kept nowhere
 */
export async function issueToken(tx: Transaction, issue: NewToken): Promise<string> {
  const { purpose, userId, email = null, ttlMs, token = randomBytes(tokenBytes).toString("base64url") } = issue;
  const tokenHash = hashOf(token);
  // One after the other, or two at once would both be the newest.
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(hashtextextended(concat_ws(':', 'one-time-token', ${purpose}::text, ${userId}::int), 0))`;
  await tx.$executeRaw`
    DELETE FROM one_time_tokens
    WHERE purpose = ${purpose}::token_purpose AND user_id = ${userId}::int AND token_hash <> ${tokenHash}
      AND (${purpose}::text <> 'UNDO_EMAIL' OR email IS NOT DISTINCT FROM ${email}::text)`;
  await tx.$executeRaw`
    INSERT INTO one_time_tokens AS known (token_hash, purpose, user_id, email, expires_at)
    VALUES (${tokenHash}, ${purpose}::token_purpose, ${userId}::int, ${email}::text,
            now() + ${ttlMs} * interval '1 millisecond')
    ON CONFLICT (token_hash) DO UPDATE SET expires_at = excluded.expires_at WHERE known.used_at IS NULL`;
  return token;
}

/** Uses a token up: of any number of simultaneous tries one gets the answer. Null: unknown, used, expired or for something else. */
export async function useToken(
  tx: Transaction,
  use: { purpose: TokenPurpose; token: string },
): Promise<TokenFacts | null> {
  if (use.token.length > longestToken) return null;
  const rows = await tx.$queryRaw<TokenFacts[]>`
    UPDATE one_time_tokens SET used_at = now()
    WHERE token_hash = ${hashOf(use.token)} AND purpose = ${use.purpose}::token_purpose
      AND used_at IS NULL AND expires_at > now()
    RETURNING user_id AS "userId", email`;
  return rows[0] ?? null;
}

/** What `useToken` would answer now, without using it up: for the pages that links lead to. */
export async function peekToken(
  db: Transaction,
  peek: { purpose: TokenPurpose; token: string },
): Promise<TokenFacts | null> {
  if (peek.token.length > longestToken) return null;
  const rows = await db.$queryRaw<TokenFacts[]>`
    SELECT user_id AS "userId", email FROM one_time_tokens
    WHERE token_hash = ${hashOf(peek.token)} AND purpose = ${peek.purpose}::token_purpose
      AND used_at IS NULL AND expires_at > now()`;
  return rows[0] ?? null;
}

/** Ends all of a member's tokens for these purposes, used or not. */
export async function endTokens(tx: Transaction, userId: number, purposes: TokenPurpose[]): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM one_time_tokens WHERE user_id = ${userId} AND purpose::text = ANY(${purposes}::text[])`;
}

/** Forgets tokens that can no longer be used. */
export async function forgetEndedTokens(db: Transaction): Promise<void> {
  await db.$executeRaw`DELETE FROM one_time_tokens WHERE expires_at <= now() OR used_at < now() - interval '1 hour'`;
}
