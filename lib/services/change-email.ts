// Another mail address (R34): asked for with the password, confirmed from the new address, and for a week to be undone from the old one.
import { DomainError } from "@/lib/domain/errors";
import type { DomainEvent } from "@/lib/domain/events";
import { mailAllowances, membersAllowances } from "@/lib/services/account-allowances";
import { checkOwnPassword, requireConfirmed } from "@/lib/services/confirm-identity";
import type { Context } from "@/lib/services/context";
import { ownAccount } from "@/lib/services/own-account";
import { releaseComments } from "@/lib/services/release-comments";
import { revokeAccessTokens } from "@/lib/store/access-tokens";
import {
  closePassword,
  findAccount,
  lockAccount,
  releaseUnprovenEmail,
  unlinkProviders,
  writeEmail,
} from "@/lib/store/accounts";
import { audit } from "@/lib/store/audit";
import { database, inTransaction, type Transaction } from "@/lib/store/client";
import { enqueue, priorities } from "@/lib/store/jobs";
import { lockNames } from "@/lib/store/names";
import { endTokens, type TokenFacts, type TokenPurpose, useToken } from "@/lib/store/one-time-tokens";
import { consume, hasRoom } from "@/lib/store/rate-limits";
import { endSessions, forgetDevices } from "@/lib/store/sessions";

/**
 * Sends a link to the new address. Whether it has an account already is not to be told from the answer; its owner hears of it.
 * @param input.email as `emailSchema` leaves it
 * @param input.password as `typedPasswordSchema` leaves it; without it, the member must have confirmed who they are a moment ago
 * @throws DomainError `unauthenticated` (also: confirm first), `forbidden` for programs, `invalid` on `password` or `email` (the same as
 *   now), `rate_limited`, `unavailable`
 */
export async function askEmailChange(ctx: Context, input: { email: string; password?: string }): Promise<void> {
  const { account } = await ownAccount(database(), ctx);
  const { id: userId } = account;
  const { email, password } = input;
  if (password === undefined) requireConfirmed(ctx);
  else await checkOwnPassword(ctx, { account, password, field: "password" });
  if (email === account.email) throw new DomainError("invalid", { fields: { email: "email.same" } });
  const allowances = membersAllowances(ctx, "changeEmail");
  await inTransaction(async (tx) => {
    await consume(tx, allowances, "account.too_often");
    await audit(tx, { kind: "emailChangeAsked", actorId: userId, subjectId: userId });
    const owner = await findAccount(tx, email);
    // Of an account that never showed the address was its own, nobody need hear.
    const taken = owner?.emailVerifiedAt ? owner : null;
    if (!(await hasRoom(tx, mailAllowances(taken ? "addressTaken" : "changeEmail", email)))) return;
    const payload = taken
      ? ({ kind: "addressTaken", userId: taken.id } as const)
      : ({ kind: "changeEmail", userId, email } as const);
    await enqueue(tx, { task: "send-mail", payload }, { priority: priorities.security });
  });
}

/** Every link that went to an address, or is about it. */
const linksOfAddress: TokenPurpose[] = ["VERIFY_EMAIL", "RESET_PASSWORD", "CHANGE_EMAIL", "DOWNLOAD"];

export interface ChangedEmail {
  handle: string;
  email: string;
}

/**
 * Gives the account the address that this link went to, once. Links to the old one end; it is told, with a way back. Comments that
 * waited for a confirmed address are published.
 * @throws DomainError `not_found` (link used, too old, not the newest), `conflict` when the address has become somebody else's
 */
export async function confirmEmailChange(
  _ctx: Context,
  input: { token: string },
): Promise<ChangedEmail & { events: DomainEvent[] }> {
  return inTransaction(async (tx) => {
    const used = await useToken(tx, { purpose: "CHANGE_EMAIL", token: input.token });
    const { id, handle, email, oldEmail, verified } = await moveTo(tx, used);
    await endTokens(tx, id, linksOfAddress);
    await audit(tx, { kind: "emailChanged", actorId: id, subjectId: id });
    if (oldEmail) {
      const payload = { kind: "emailChanged", userId: id, oldEmail } as const;
      await enqueue(tx, { task: "send-mail", payload }, { priority: priorities.security });
    }
    return { handle, email, events: verified ? [] : await releaseComments(tx, id) };
  });
}

/**
 * Brings the old address back, and the account into its owner's hands: whoever changed it knew the password, so that opens nothing any
 * more, everything open ends, and a link to set a new one goes to the old address.
 * @throws DomainError `not_found` (link used or too old), `conflict` when the address has become somebody else's
 */
export async function undoEmailChange(_ctx: Context, input: { token: string }): Promise<ChangedEmail> {
  return inTransaction(async (tx) => {
    const used = await useToken(tx, { purpose: "UNDO_EMAIL", token: input.token });
    const { id, handle, email } = await moveTo(tx, used);
    await closePassword(tx, id);
    await unlinkProviders(tx, id);
    await endSessions(tx, { userId: id });
    await revokeAccessTokens(tx, { userId: id });
    await endTokens(tx, id, [...linksOfAddress, "UNDO_EMAIL"]);
    await forgetDevices(tx, id);
    await audit(tx, { kind: "emailChangeUndone", actorId: id, subjectId: id });
    const payload = { kind: "resetPassword", userId: id, closed: true } as const;
    await enqueue(tx, { task: "send-mail", payload }, { priority: priorities.security });
    return { handle, email };
  });
}

/** Gives the account of a used link its address. Whoever has that address unproven loses it to the one who just proved it. */
async function moveTo(
  tx: Transaction,
  used: TokenFacts | null,
): Promise<ChangedEmail & { id: number; oldEmail: string | null; verified: boolean }> {
  await lockNames(tx);
  const account = used?.userId == null ? null : await lockAccount(tx, used.userId);
  const email = used?.email;
  if (!account || !email) throw new DomainError("not_found", { reason: "link.ended" });
  const squatter = await releaseUnprovenEmail(tx, email, account.id);
  if (squatter) {
    await endSessions(tx, { userId: squatter.id });
    await revokeAccessTokens(tx, { userId: squatter.id });
  }
  const owner = await findAccount(tx, email);
  if (owner && owner.id !== account.id) throw new DomainError("conflict", { reason: "email.taken" });
  await writeEmail(tx, account.id, email);
  const { id, handle, email: oldEmail, emailVerifiedAt } = account;
  return { id, handle, email, oldEmail, verified: emailVerifiedAt !== null };
}
