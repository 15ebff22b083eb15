// Forgotten passwords (R32): a link to the address of the account, good once and for half an hour. Asking gives nothing away, and using it
// ends everything that was open.

import { DomainError } from "@/lib/domain/errors";
import { isStaff } from "@/lib/domain/session";
import { mailAllowances, strangersAllowances, unprovenAllowances } from "@/lib/services/account-allowances";
import type { Context } from "@/lib/services/context";
import { hashPassword } from "@/lib/services/hash-password";
import { judgePassword } from "@/lib/services/judge-password";
import { consumeOrProve } from "@/lib/services/proof-of-work";
import { revokeAccessTokens } from "@/lib/store/access-tokens";
import {
  type AccountRow,
  confirmEmail,
  findAccount,
  findAccountById,
  lockAccount,
  unlinkProviders,
  writePassword,
} from "@/lib/store/accounts";
import { audit } from "@/lib/store/audit";
import { database, inTransaction } from "@/lib/store/client";
import { enqueue, priorities } from "@/lib/store/jobs";
import { endTokens, peekToken, type TokenFacts, useToken } from "@/lib/store/one-time-tokens";
import { consume, hasRoom } from "@/lib/store/rate-limits";
import { endSessions, forgetDevices } from "@/lib/store/sessions";

/**
 * Sends a link to the owner of the account with this address, if there is one. Nobody can tell from the answer.
 * @param input.email as `emailSchema` leaves it
 * @param input.proof of work, when it was asked for
 * @throws DomainError `rate_limited` by network or site, perhaps with a challenge; by address it is silent
 */
export async function askReset(ctx: Context, input: { email: string; proof?: string }): Promise<void> {
  const reason = "reset.too_often";
  const allowances = await strangersAllowances(ctx, "forgotPassword");
  const free = await unprovenAllowances(ctx, "forgotPassword");
  await inTransaction(async (tx) => {
    await consume(tx, allowances, reason);
    await consumeOrProve(tx, { action: "forgotPassword", proof: input.proof, allowances: free, reason });
    // Counted whether or not there is an account, so that both take as long.
    const room = await hasRoom(tx, mailAllowances("resetPassword", input.email));
    const account = await findAccount(tx, input.email);
    await audit(tx, { kind: "resetAsked", actorId: null, subjectId: account?.id ?? null, detail: { sent: room } });
    if (!account || !room) return;
    const payload = { kind: "resetPassword", userId: account.id } as const;
    await enqueue(tx, { task: "send-mail", payload }, { priority: priorities.security });
  });
}

/**
 * Sets a new password by a link, once. Every session, token, link and known browser of the account ends with it; nobody is logged in. The
 * link came to the address, so it is confirmed by it. Ways back to an earlier address stay: a thief of the newer one shall not end them.
 * @param input.password as `newPasswordSchema` leaves it
 * @throws DomainError `not_found` (link used, too old, or not the newest), `invalid` (weak password; the link is still good),
 *   `unavailable`
 */
export async function resetPassword(_ctx: Context, input: { token: string; password: string }): Promise<void> {
  const purpose = "RESET_PASSWORD";
  const peeked = await peekToken(database(), { purpose, token: input.token });
  const account = ownerOf(peeked, peeked?.userId == null ? null : await findAccountById(database(), peeked.userId));
  const { email, handle, displayName } = account;
  await judgePassword(input.password, { email, handle, displayName, staff: isStaff(account.roles) });
  const passwordHash = await hashPassword(input.password);
  await inTransaction(async (tx) => {
    const locked = await lockAccount(tx, account.id);
    const { id } = ownerOf(await useToken(tx, { purpose, token: input.token }), locked);
    await writePassword(tx, id, passwordHash);
    // Whoever made the account had never shown that the address was theirs: other ways in that they left are closed, and comments that
    // they left wait on for a moderator.
    if (await confirmEmail(tx, id)) {
      await unlinkProviders(tx, id);
      await audit(tx, { kind: "emailVerified", actorId: id, subjectId: id });
    }
    await endSessions(tx, { userId: id });
    await revokeAccessTokens(tx, { userId: id });
    await endTokens(tx, id, ["VERIFY_EMAIL", "RESET_PASSWORD", "CHANGE_EMAIL", "DOWNLOAD"]);
    await forgetDevices(tx, id);
    await audit(tx, { kind: "passwordReset", actorId: id, subjectId: id });
    const payload = { kind: "passwordChanged", userId: id } as const;
    await enqueue(tx, { task: "send-mail", payload }, { priority: priorities.security });
  });
}

/** The account that a reset link is for; it must still have the address that the link went to (R34). */
function ownerOf(token: TokenFacts | null, account: AccountRow | null): AccountRow {
  if (token === null || account === null || token.email !== account.email) {
    throw new DomainError("not_found", { reason: "link.ended" });
  }
  return account;
}
