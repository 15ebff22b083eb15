// What members change of themselves: password, names, profile. The address has a file of its own.
import { randomBytes } from "node:crypto";
import { DomainError } from "@/lib/domain/errors";
import { limits } from "@/lib/domain/limits";
import { isStaff } from "@/lib/domain/session";
import { membersAllowances } from "@/lib/services/account-allowances";
import { takeNames } from "@/lib/services/check-names";
import { checkOwnPassword, requireConfirmed } from "@/lib/services/confirm-identity";
import type { Context } from "@/lib/services/context";
import { hashPassword } from "@/lib/services/hash-password";
import { judgePassword } from "@/lib/services/judge-password";
import { ownAccount, self } from "@/lib/services/own-account";
import { renderComment } from "@/lib/services/render-comment";
import type { StartedSession } from "@/lib/services/start-session";
import { sha256 } from "@/lib/services/tokens";
import { findAccountById, lockAccount, writePassword } from "@/lib/store/accounts";
import { audit } from "@/lib/store/audit";
import { database, inTransaction } from "@/lib/store/client";
import { holdHandle, isHeldFor, releaseHandle, secondsSinceHandleChange } from "@/lib/store/handle-holds";
import { enqueue, priorities } from "@/lib/store/jobs";
import { writeDisplayName, writeHandle } from "@/lib/store/names";
import { endTokens } from "@/lib/store/one-time-tokens";
import { writeProfile } from "@/lib/store/profiles";
import { consume } from "@/lib/store/rate-limits";
import { endSessions, renewSessionToken } from "@/lib/store/sessions";
import { skeleton } from "@/lib/text/confusables";

const sessionTokenBytes = 32;

/**
 * Gives the account a new password. All other sessions end, and links to reset it; this one goes on under a new token (R37).
 * @param input.current as `typedPasswordSchema` leaves it; undefined for an account that has no password yet
 * @param input.next as `newPasswordSchema` leaves it
 * @returns the token to keep from now on
 * @throws DomainError `unauthenticated` (also: confirm first, without a password), `forbidden` for programs, `invalid` on `current` or
 *   `next`, `conflict` when it was changed meanwhile, `rate_limited`, `unavailable`
 */
export async function changePassword(
  ctx: Context,
  input: { current: string | undefined; next: string },
): Promise<StartedSession> {
  const { account, actor } = await ownAccount(database(), ctx);
  const { session } = actor;
  if (!session) throw new DomainError("unauthenticated");
  if (account.passwordHash === null) requireConfirmed(ctx);
  else await checkOwnPassword(ctx, { account, password: input.current ?? "", field: "current" });
  await judgePassword(input.next, { ...account, staff: isStaff(account.roles) }, "next");
  const passwordHash = await hashPassword(input.next);
  const sessionToken = randomBytes(sessionTokenBytes).toString("base64url");
  return inTransaction(async (tx) => {
    const { id } = account;
    if ((await lockAccount(tx, id))?.passwordHash !== account.passwordHash) throw new DomainError("conflict");
    await writePassword(tx, id, passwordHash);
    await endSessions(tx, { userId: id, exceptId: session.id });
    await endTokens(tx, id, ["RESET_PASSWORD"]);
    const maxAge = await renewSessionToken(tx, session.id, sha256(sessionToken));
    if (maxAge === null) throw new DomainError("unauthenticated");
    await audit(tx, { kind: "passwordChanged", actorId: id, subjectId: id });
    const payload = { kind: "passwordChanged", userId: id } as const;
    await enqueue(tx, { task: "send-mail", payload }, { priority: priorities.security });
    return { sessionToken, maxAge };
  });
}

/**
 * Gives the member another display name.
 * @param input.displayName as `displayNameSchema` leaves it
 * @throws DomainError `unauthenticated`, `forbidden` for programs, `invalid` when it is taken, `rate_limited`
 */
export async function changeName(ctx: Context, input: { displayName: string }): Promise<void> {
  const { actor, permit } = self(ctx);
  const { displayName } = input;
  const { userId } = actor;
  if (displayName === actor.displayName) return;
  const allowances = membersAllowances(ctx, "changeName");
  await inTransaction(async (tx) => {
    await consume(tx, allowances, "account.too_often");
    await takeNames(tx, { displayName, userId });
    await writeDisplayName(tx, permit, { id: userId, displayName, nameKey: skeleton(displayName) });
    await audit(tx, { kind: "nameChanged", actorId: userId, subjectId: userId });
  });
}

const secondsBetweenHandles = limits.handleChangeDays * 24 * 3600;

/**
 * Gives the member another handle. The old one leads to them for a while, and nobody else can have it; going back to one that is still
 * theirs is possible at any time.
 * @param input.handle as `newHandleSchema` leaves it
 * @throws DomainError `unauthenticated`, `forbidden` for programs, `invalid` when it is taken, `rate_limited` within a week of the last
 *   change
 */
export async function changeHandle(ctx: Context, input: { handle: string }): Promise<void> {
  const { actor, permit } = self(ctx);
  const { handle } = input;
  const { userId } = actor;
  await inTransaction(async (tx) => {
    await takeNames(tx, { handle, userId });
    const before = (await findAccountById(tx, userId))?.handle;
    if (before === undefined) throw new DomainError("unauthenticated");
    if (before === handle) return;
    const since = await secondsSinceHandleChange(tx, userId);
    if (since !== null && since < secondsBetweenHandles && !(await isHeldFor(tx, handle, userId))) {
      throw new DomainError("rate_limited", { retryAfter: secondsBetweenHandles - since, reason: "handle.too_often" });
    }
    await releaseHandle(tx, handle);
    await writeHandle(tx, permit, { id: userId, handle, handleKey: skeleton(handle) });
    await holdHandle(tx, { handle: before, userId });
    await audit(tx, {
      kind: "handleChanged",
      actorId: userId,
      subjectId: userId,
      detail: { from: before, to: handle },
    });
  });
}

/**
 * Changes what the member says of themselves, and which mails they want. What is left out stays as it is.
 * @param input as `profileSchema` leaves it
 * @throws DomainError `unauthenticated`, `forbidden` for programs, `unavailable`
 */
export async function changeProfile(ctx: Context, input: { bio?: string; mailReplies?: boolean }): Promise<void> {
  const { actor, permit } = self(ctx);
  const { bio, mailReplies } = input;
  const bioHtml = bio === undefined ? undefined : (await renderComment(ctx, bio)).html;
  await writeProfile(database(), permit, { id: actor.userId, bio, bioHtml, mailReplies });
}
