// Tokens for programs. The token itself is known to its maker alone; here is its hash.
import type { Role, Scope } from "@/lib/domain/actor";
import type { Permit } from "@/lib/domain/permissions";
import type { Transaction } from "@/lib/store/client";
import { Prisma } from "@/lib/store/generated/client";

export interface ListedAccessToken {
  id: number;
  name: string;
  scopes: string[];
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
}

/** A member's tokens that still open something, newest first. */
export function listAccessTokens(db: Transaction, userId: number): Promise<ListedAccessToken[]> {
  return db.$queryRaw<ListedAccessToken[]>`
    SELECT id, name, scopes, created_at AS "createdAt", last_used_at AS "lastUsedAt", expires_at AS "expiresAt"
    FROM access_tokens
    WHERE user_id = ${userId} AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())
    ORDER BY id DESC`;
}

export interface NewAccessToken {
  userId: number;
  name: string;
  scopes: readonly Scope[];
  tokenHash: Uint8Array;
  /** Days until it ends; null for never. */
  days: number | null;
}

/** Writes a token. */
export async function insertAccessToken(
  db: Transaction,
  _permit: Permit<"account.manage">,
  token: NewAccessToken,
): Promise<{ id: number }> {
  const { userId, name, tokenHash } = token;
  const rows = await db.$queryRaw<{ id: number }[]>`
    INSERT INTO access_tokens (user_id, name, token_hash, scopes, expires_at)
    VALUES (${userId}, ${name}, ${tokenHash}, ${[...token.scopes]}::text[], now() + ${token.days}::int * interval '1 day')
    RETURNING id`;
  return { id: rows[0]?.id ?? 0 };
}

/** Ends living tokens of a member: one, or all. Returns how many ended. */
export function revokeAccessTokens(db: Transaction, which: { userId: number; id?: number }): Promise<number> {
  const chosen = which.id === undefined ? Prisma.empty : Prisma.sql`AND id = ${which.id}::bigint`;
  return db.$executeRaw`
    UPDATE access_tokens SET revoked_at = now()
    WHERE user_id = ${which.userId} AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now()) ${chosen}`;
}

export interface TokenHolder {
  id: number;
  userId: number;
  handle: string;
  displayName: string;
  roles: Role[];
  scopes: Scope[];
  verified: boolean;
}

/** Whose living token this is, as they are now; notes its use, at most once a minute. */
export async function findTokenHolder(db: Transaction, tokenHash: Uint8Array): Promise<TokenHolder | null> {
  const rows = await db.$queryRaw<(TokenHolder & { stale: boolean })[]>`
    SELECT t.id, t.user_id AS "userId", u.handle, u.display_name AS "displayName", u.roles::text[] AS roles, t.scopes,
           u.email IS NULL OR u.email_verified_at IS NOT NULL AS verified,
           coalesce(t.last_used_at < now() - interval '1 minute', true) AS stale
    FROM access_tokens t JOIN users u ON u.id = t.user_id
    WHERE t.token_hash = ${tokenHash} AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now())
      AND u.suspended_at IS NULL AND u.deleted_at IS NULL`;
  const found = rows[0];
  if (!found) return null;
  const { stale, ...holder } = found;
  if (stale) await db.$executeRaw`UPDATE access_tokens SET last_used_at = now() WHERE id = ${holder.id}`;
  return holder;
}
