// The other services through which a member comes in: which they are, and ending one. Linking one is coming in through it
// (`enter-by-provider`).
import { DomainError } from "@/lib/domain/errors";
import { requireConfirmed } from "@/lib/services/confirm-identity";
import type { Context } from "@/lib/services/context";
import { self } from "@/lib/services/own-account";
import { lockAccount } from "@/lib/store/accounts";
import { audit } from "@/lib/store/audit";
import { database, inTransaction } from "@/lib/store/client";
import { providersOf, unlinkProvider as unlink } from "@/lib/store/provider-accounts";

/**
 * The services linked to one's account.
 * @throws DomainError `unauthenticated`, `forbidden` for programs
 */
export function readProviders(ctx: Context): Promise<{ provider: string; createdAt: Date }[]> {
  return providersOf(database(), self(ctx).actor.userId);
}

/**
 * Before a link is made: whoever sits at a browser left open must not be able to add a way in of their own (R41).
 * @throws DomainError `unauthenticated` (also: confirm first), `forbidden` for programs
 */
export function requireMayLink(ctx: Context): void {
  self(ctx);
  requireConfirmed(ctx);
}

/**
 * Ends a link, unless it is the only way in.
 * @throws DomainError `unauthenticated` (also: confirm first), `forbidden` for programs, `not_found`, `conflict`
 */
export async function unlinkProvider(ctx: Context, input: { provider: string }): Promise<void> {
  requireMayLink(ctx);
  const { userId } = self(ctx).actor;
  await inTransaction(async (tx) => {
    const account = await lockAccount(tx, userId);
    if (!account || !(await unlink(tx, { userId, provider: input.provider }))) throw new DomainError("not_found");
    const others = await providersOf(tx, userId);
    if (account.passwordHash === null && others.length === 0) {
      throw new DomainError("conflict", { reason: "provider.last_way_in" });
    }
    const detail = { provider: input.provider };
    await audit(tx, { kind: "providerUnlinked", actorId: userId, subjectId: userId, detail });
  });
}
