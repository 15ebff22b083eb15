// Logging in with a handle or an address and a password. Whatever is wrong, the answer is the same and takes as long (R30); guessing is
// slowed by account and network, and a browser that has been here before is not locked out by strangers (R31).
import { DomainError } from "@/lib/domain/errors";
import { failedLogInAllowances } from "@/lib/services/allowances";
import type { Context } from "@/lib/services/context";
import { hashPassword, isOutdated, isPassword } from "@/lib/services/hash-password";
import { type Browser, deviceHashOf, type StartedSession, startSession } from "@/lib/services/start-session";
import {
  type AccountRow,
  countPasswordFailure,
  findAccount,
  forgivePasswordFailures,
  writePassword,
} from "@/lib/store/accounts";
import { audit } from "@/lib/store/audit";
import { database, inTransaction } from "@/lib/store/client";
import { enqueue, priorities } from "@/lib/store/jobs";
import { consume, refund } from "@/lib/store/rate-limits";
import { isKnownDevice } from "@/lib/store/sessions";

/** Wrong passwords in a row that close this way in until a reset. */
const closedAfter = 100;

export interface LogIn {
  /** As `identifierSchema` leaves it. */
  identifier: string;
  password: string;
  browser: Browser;
}

export interface LoggedIn extends StartedSession {
  userId: number;
  handle: string;
  displayName: string;
}

/**
 * Logs somebody in.
 * @throws DomainError `invalid` on the field `password` (wrong, whatever it was), `forbidden` (suspended; only after the right
 *   password), `rate_limited`, `unavailable`
 */
export async function logIn(ctx: Context, input: LogIn): Promise<LoggedIn> {
  const account = await findAccount(database(), input.identifier);
  const knownDevice =
    account !== null && (await isKnownDevice(database(), account.id, deviceHashOf(input.browser.deviceToken)));
  // Counted before the work, in a transaction of its own: a wrong password must cost something.
  const allowances = await failedLogInAllowances(ctx, { identifier: input.identifier, knownDevice });
  await inTransaction((tx) => consume(tx, allowances));
  const right = await isPassword(account?.passwordHash ?? null, input.password);
  const closed = account !== null && account.passwordFailures >= closedAfter;
  if (!account || !right || closed) {
    await recordFailure(account, closed);
    throw new DomainError("invalid", { fields: { password: "logIn.wrong" } });
  }
  if (account.suspendedAt) throw new DomainError("forbidden", { reason: "logIn.suspended" });
  const better = isOutdated(account.passwordHash ?? "") ? await hashPassword(input.password) : null;
  return inTransaction(async (tx) => {
    await refund(tx, allowances);
    await forgivePasswordFailures(tx, account.id);
    if (better) await writePassword(tx, account.id, better);
    const started = await startSession(tx, ctx, { user: account, browser: input.browser });
    return { ...started, userId: account.id, handle: account.handle, displayName: account.displayName };
  });
}

async function recordFailure(account: AccountRow | null, closed: boolean): Promise<void> {
  if (!account) return;
  await inTransaction(async (tx) => {
    const failures = await countPasswordFailure(tx, account.id);
    await audit(tx, { kind: "logInFailed", actorId: null, subjectId: account.id, detail: { closed } });
    if (failures === closedAfter) {
      const payload = { kind: "passwordClosed", userId: account.id } as const;
      await enqueue(tx, { task: "send-mail", payload }, { priority: priorities.security });
    }
  });
}
