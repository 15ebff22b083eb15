// Confirming the address of an account by the link that was sent to it (R33).
import { DomainError } from "@/lib/domain/errors";
import type { DomainEvent } from "@/lib/domain/events";
import { membersAllowances } from "@/lib/services/account-allowances";
import type { Context } from "@/lib/services/context";
import { ownAccount } from "@/lib/services/own-account";
import { releaseComments } from "@/lib/services/release-comments";
import { type Browser, deviceHashOf, type StartedSession, startSession } from "@/lib/services/start-session";
import { type AccountRow, confirmEmail, lockAccount } from "@/lib/store/accounts";
import { audit } from "@/lib/store/audit";
import { database, inTransaction, type Transaction } from "@/lib/store/client";
import { enqueue, priorities } from "@/lib/store/jobs";
import { useToken } from "@/lib/store/one-time-tokens";
import { consume } from "@/lib/store/rate-limits";
import { isKnownDevice } from "@/lib/store/sessions";

export interface VerifiedEmail {
  handle: string;
  displayName: string;
  /** For the browser that signed up: it is logged in from now on. Null for every other, and for who is logged in already. */
  session: StartedSession | null;
  /** Comments that waited for this. */
  events: DomainEvent[];
}

/**
 * Confirms an address, once, and publishes what waited for nothing else. Whoever signed up in this very browser is logged in: they gave the password there, and hold the mailbox.
 * @throws DomainError `not_found` when the link was used, is too old or another one is newer
 */
export async function verifyEmail(ctx: Context, input: { token: string; browser?: Browser }): Promise<VerifiedEmail> {
  return inTransaction(async (tx) => {
    const used = await useToken(tx, { purpose: "VERIFY_EMAIL", token: input.token });
    const account = used?.userId == null ? null : await lockAccount(tx, used.userId);
    if (!account || account.email !== used?.email) throw new DomainError("not_found", { reason: "link.ended" });
    const news = await confirmEmail(tx, account.id);
    if (news) await audit(tx, { kind: "emailVerified", actorId: account.id, subjectId: account.id });
    const events = news ? await releaseComments(tx, account.id) : [];
    const session = news && input.browser ? await logInHere(tx, ctx, { account, browser: input.browser }) : null;
    return { handle: account.handle, displayName: account.displayName, session, events };
  });
}

async function logInHere(
  tx: Transaction,
  ctx: Context,
  who: { account: AccountRow; browser: Browser },
): Promise<StartedSession | null> {
  const { account, browser } = who;
  if (ctx.actor.kind !== "visitor" || account.suspendedAt) return null;
  if (!(await isKnownDevice(tx, account.id, deviceHashOf(browser.deviceToken)))) return null;
  return startSession(tx, ctx, { user: account, browser, fresh: true });
}

/**
 * Sends the link anew; the one before ends when the new one is sent.
 * @throws DomainError `unauthenticated`, `forbidden` for programs, `conflict` when the address is confirmed, `rate_limited`
 */
export async function resendVerification(ctx: Context): Promise<void> {
  const { account } = await ownAccount(database(), ctx);
  if (account.emailVerifiedAt || !account.email) throw new DomainError("conflict", { reason: "email.confirmed" });
  const allowances = membersAllowances(ctx, "resendVerification");
  await inTransaction(async (tx) => {
    await consume(tx, allowances, "verification.too_often");
    const payload = { kind: "verifyEmail", userId: account.id } as const;
    await enqueue(tx, { task: "send-mail", payload }, { priority: priorities.security });
  });
}
