// Tokens that a member makes for programs: shown once, good for what they were made for, ended at any time.
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { type MemberActor, type Scope, scopes } from "@/lib/domain/actor";
import { DomainError } from "@/lib/domain/errors";
import { limits } from "@/lib/domain/limits";
import { requireConfirmed } from "@/lib/services/confirm-identity";
import type { Context } from "@/lib/services/context";
import { self } from "@/lib/services/own-account";
import { sha256 } from "@/lib/services/tokens";
import {
  findTokenHolder,
  insertAccessToken,
  type ListedAccessToken,
  listAccessTokens,
  revokeAccessTokens,
} from "@/lib/store/access-tokens";
import { lockAccount } from "@/lib/store/accounts";
import { audit } from "@/lib/store/audit";
import { database, inTransaction } from "@/lib/store/client";
import { codePointLength, hasVisibleContent, normalizeName } from "@/lib/text/normalize";

/** So that a leaked one can be recognised for what it is. */
const prefix = "colloquy_";
const tokenBytes = 32;

const reason = (text: string) => ({ message: text, abort: true });

export const accessTokenSchema = z.object({
  name: z
    .string(reason("accessToken.name_missing"))
    .max(limits.accessTokenName * 6, reason("accessToken.name_too_long"))
    .transform((name) => normalizeName(name))
    .refine((name) => hasVisibleContent(name), reason("accessToken.name_missing"))
    .refine((name) => codePointLength(name) <= limits.accessTokenName, reason("accessToken.name_too_long")),
  scopes: z
    .array(z.enum(scopes))
    .min(1, reason("accessToken.scopes_missing"))
    .transform((chosen) => scopes.filter((scope) => chosen.includes(scope))),
  days: z.union([z.literal(7), z.literal(30), z.literal(365), z.null()]),
});

/**
 * Makes a token. Only now can it be read.
 * @throws DomainError `unauthenticated` (also: confirm first), `forbidden` for programs, `conflict` when there are too many
 */
export async function makeAccessToken(
  ctx: Context,
  input: z.output<typeof accessTokenSchema>,
): Promise<{ id: number; token: string }> {
  const { actor, permit } = self(ctx);
  requireConfirmed(ctx);
  const token = prefix + randomBytes(tokenBytes).toString("base64url");
  return inTransaction(async (tx) => {
    // One after the other, or several at once would each find room.
    await lockAccount(tx, actor.userId);
    const living = await listAccessTokens(tx, actor.userId);
    if (living.length >= limits.accessTokens) throw new DomainError("conflict", { reason: "accessToken.too_many" });
    const { id } = await insertAccessToken(tx, permit, { ...input, userId: actor.userId, tokenHash: sha256(token) });
    const detail = { name: input.name, scopes: input.scopes.join(" ") };
    await audit(tx, { kind: "accessTokenMade", actorId: actor.userId, subjectId: actor.userId, detail });
    return { id, token };
  });
}

/**
 * One's tokens that still open something.
 * @throws DomainError `unauthenticated`, `forbidden` for programs
 */
export async function readAccessTokens(ctx: Context): Promise<ListedAccessToken[]> {
  return listAccessTokens(database(), self(ctx).actor.userId);
}

/**
 * Ends one of one's tokens. One that is not one's own, or has ended, is `not_found`.
 * @throws DomainError `unauthenticated`, `forbidden` for programs, `not_found`
 */
export async function revokeAccessToken(ctx: Context, input: { id: number }): Promise<void> {
  const { actor } = self(ctx);
  await inTransaction(async (tx) => {
    const ended = await revokeAccessTokens(tx, { userId: actor.userId, id: input.id });
    if (ended === 0) throw new DomainError("not_found");
    await audit(tx, { kind: "accessTokenRevoked", actorId: actor.userId, subjectId: actor.userId });
  });
}

/** The member that a program speaks for, with what it may do; null for a token that opens nothing. */
export async function identifyProgram(token: string): Promise<MemberActor | null> {
  if (!token.startsWith(prefix) || token.length > 100) return null;
  const holder = await findTokenHolder(database(), sha256(token));
  if (!holder) return null;
  const { id: _, ...member } = holder;
  const known = member.scopes.filter((scope): scope is Scope => scopes.includes(scope));
  return { ...member, kind: "member", scopes: known, visitorId: null, session: null };
}
