// Logging in with a handle or an address and a password. Whatever is wrong, the answer is the same and takes as long (R30); guessing is
// slowed by account and network, and a browser that has been here before is not locked out by strangers (R31).
import { DomainError } from "@/lib/domain/errors";
import { failedLogInAllowances } from "@/lib/services/account-allowances";
import type { Context } from "@/lib/services/context";
import { hashPassword, isOutdated, isPassword } from "@/lib/services/hash-password";
import { isClosed, recordFailure } from "@/lib/services/password-failures";
import { consumeOrProve, makeChallenge } from "@/lib/services/proof-of-work";
import { type Browser, deviceHashOf, type StartedSession, startSession } from "@/lib/services/start-session";
import { findAccount, forgivePasswordFailures, lockAccount, replacePasswordHash } from "@/lib/store/accounts";
import { database, inTransaction } from "@/lib/store/client";
import { findLeaving } from "@/lib/store/leaving";
import { type Allowance, consume, refund } from "@/lib/store/rate-limits";
import { isKnownDevice } from "@/lib/store/sessions";

export interface LogIn {
  /** As `identifierSchema` leaves it. */
  identifier: string;
  /** As `typedPasswordSchema` leaves it. */
  password: string;
  browser: Browser;
  /** Of work, when it was asked for. */
  proof?: string;
}

export interface LoggedIn extends StartedSession {
  userId: number;
  handle: string;
  displayName: string;
  /** They have asked to leave, and did not take it back yet. */
  leaving: boolean;
}

/**
 * Logs somebody in, with a new session; the one this browser may have had ends.
 * @throws DomainError `invalid` on the field `password` (wrong, whatever it was), `forbidden` (suspended; only after the right
 *   password), `rate_limited`, `unavailable`; the first and the third with a challenge where somebody may be guessing
 */
export async function logIn(ctx: Context, input: LogIn): Promise<LoggedIn> {
  const { identifier, password, browser } = input;
  const account = await findAccount(database(), identifier);
  const known = account !== null && (await isKnownDevice(database(), account.id, deviceHashOf(browser.deviceToken)));
  // Counted before the work, in a transaction of its own: a wrong password must cost something.
  const knownDevice = known ? browser.deviceToken : null;
  const { guesses, suspicion } = await failedLogInAllowances(ctx, { identifier, knownDevice });
  const reason = "logIn.too_often";
  const counted = await inTransaction(async (tx) => {
    await consume(tx, guesses, reason);
    return consumeOrProve(tx, { action: "logIn", proof: input.proof, allowances: suspicion, reason });
  });
  const allowances = [...guesses, ...counted];
  const proven = counted !== suspicion;
  const right = await isRight(account?.passwordHash ?? null, password, allowances);
  if (!account || !right || isClosed(account, known)) {
    await recordFailure(account, known);
    // Whoever needed a proof for this try needs one for the next.
    const challenge = proven ? await makeChallenge("logIn") : undefined;
    throw new DomainError("invalid", { fields: { password: "logIn.wrong" }, challenge });
  }
  if (account.suspendedAt) throw new DomainError("forbidden", { reason: "logIn.suspended" });
  const stored = account.passwordHash ?? "";
  const better = isOutdated(stored) ? await hashPassword(password) : null;
  return inTransaction(async (tx) => {
    // While it was judged the password may have been changed, or the person suspended.
    const still = await lockAccount(tx, account.id);
    if (still?.passwordHash !== stored || still.suspendedAt) {
      throw new DomainError("invalid", { fields: { password: "logIn.wrong" } });
    }
    await refund(tx, proven ? guesses : allowances);
    await forgivePasswordFailures(tx, account.id);
    if (better) await replacePasswordHash(tx, { id: account.id, from: stored, to: better });
    // Before the address is confirmed nothing but that is written to it (R33).
    const fresh = account.emailVerifiedAt === null;
    const started = await startSession(tx, ctx, { user: account, browser, fresh });
    const leaving = (await findLeaving(tx, account.id)) !== null;
    return { ...started, userId: account.id, handle: account.handle, displayName: account.displayName, leaving };
  });
}

/** A try that nobody had time to judge was none. */
async function isRight(stored: string | null, password: string, allowances: readonly Allowance[]): Promise<boolean> {
  try {
    return await isPassword(stored, password);
  } catch (error) {
    await inTransaction((tx) => refund(tx, allowances));
    throw error;
  }
}
