// Asking a member for their password again, before what would hurt most in a thief's hands (R41). Guessing at it is slowed like logging in.
import { DomainError } from "@/lib/domain/errors";
import { confirmationMs } from "@/lib/domain/session";
import { env } from "@/lib/env";
import { membersAllowances } from "@/lib/services/account-allowances";
import type { Context } from "@/lib/services/context";
import { isPassword } from "@/lib/services/hash-password";
import { ownAccount } from "@/lib/services/own-account";
import { isClosed, recordFailure } from "@/lib/services/password-failures";
import { type AccountRow, forgivePasswordFailures } from "@/lib/store/accounts";
import { database, inTransaction } from "@/lib/store/client";
import { providersOf } from "@/lib/store/provider-accounts";
import { consume, refund } from "@/lib/store/rate-limits";
import { confirmSession } from "@/lib/store/sessions";

/**
 * Goes on only when the password or provider was asked for within the last quarter of an hour.
 * @throws DomainError `unauthenticated` with `confirm.needed`; programs can never confirm
 */
export function requireConfirmed(ctx: Context): void {
  if (!isConfirmed(ctx)) throw new DomainError("unauthenticated", { reason: "confirm.needed" });
}

/** Whether the password or provider was asked for within the last quarter of an hour: what a page has to ask for beforehand. */
export function isConfirmed(ctx: Context): boolean {
  const session = ctx.actor.kind === "member" ? ctx.actor.session : null;
  return session !== null && ctx.now.getTime() - session.confirmedAt.getTime() <= confirmationMs;
}

/**
 * Takes the password once more, for the next quarter of an hour.
 * @param input.password as `typedPasswordSchema` leaves it
 * @throws DomainError `unauthenticated`, `forbidden` for programs, `invalid` on the field `password`, `rate_limited`, `unavailable`
 */
export async function confirmIdentity(ctx: Context, input: { password: string }): Promise<void> {
  const { actor, account } = await ownAccount(database(), ctx);
  await checkOwnPassword(ctx, { account, password: input.password, field: "password" });
  if (actor.session) await confirmSession(database(), actor.session.id);
}

/**
 * The services that confirm who a member without a password is; none for those who have one.
 * @throws DomainError `unauthenticated`, `forbidden` for programs
 */
export async function servicesThatConfirm(ctx: Context): Promise<string[]> {
  const { account } = await ownAccount(database(), ctx);
  if (account.passwordHash !== null) return [];
  const linked = (await providersOf(database(), account.id)).map(({ provider }) => provider);
  return env()
    .authProviders.map(({ id }) => id)
    .filter((id) => linked.includes(id));
}

/**
 * Compares with one's own password. Wrong ones count as when logging in.
 * @throws DomainError `invalid` on `field`, `rate_limited`, `unavailable`
 */
export async function checkOwnPassword(
  ctx: Context,
  check: { account: AccountRow; password: string; field: string },
): Promise<void> {
  const { account, password, field } = check;
  const allowances = membersAllowances(ctx, "ownPassword");
  await inTransaction((tx) => consume(tx, allowances, "password.too_often"));
  let right: boolean;
  try {
    right = await isPassword(account.passwordHash, password);
  } catch (error) {
    await inTransaction((tx) => refund(tx, allowances));
    throw error;
  }
  if (!right || isClosed(account, true)) {
    await recordFailure(account, true);
    throw new DomainError("invalid", { fields: { [field]: "password.wrong" } });
  }
  await inTransaction(async (tx) => {
    await refund(tx, allowances);
    await forgivePasswordFailures(tx, account.id);
  });
}
