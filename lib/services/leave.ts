// Leaving for good. A member asks with their password, and has some days in which logging in and one click undo it. On the day a job
// takes away what was theirs: what they said stays under nobody's name, or goes, as they chose (R97).
import { randomBytes } from "node:crypto";
import { DomainError } from "@/lib/domain/errors";
import type { DomainEvent } from "@/lib/domain/events";
import { limits } from "@/lib/domain/limits";
import { authorize } from "@/lib/domain/permissions";
import { dropFile } from "@/lib/media/files";
import { checkOwnPassword, requireConfirmed } from "@/lib/services/confirm-identity";
import type { Context } from "@/lib/services/context";
import { ownAccount, self } from "@/lib/services/own-account";
import { audit } from "@/lib/store/audit";
import { database, inTransaction, type Transaction } from "@/lib/store/client";
import { filesOfExports, forgetExportsOf } from "@/lib/store/exports";
import { holdHandle } from "@/lib/store/handle-holds";
import { enqueue } from "@/lib/store/jobs";
import {
  articlesOf,
  clearLeaving,
  disown,
  emptyCommentsOf,
  endAllWaysIn,
  findLeaving,
  type Leaver,
  type Leaving,
  type LeavingMode,
  leaveDesk,
  lockLeaver,
  writeFormerMember,
  writeLeaving,
} from "@/lib/store/leaving";
import { lockAdmins } from "@/lib/store/people";
import { insertAnonymousVisitor } from "@/lib/store/visitors";
import { skeleton } from "@/lib/text/confusables";

/** Who has left is called so. */
export const formerMember = "Former member";

/** A whole life of comments is changed at once; nobody waits for it. Milliseconds. */
const removalTimeout = 60_000;

/**
 * Asks to leave, or asks again with another choice, which counts its days anew. Sessions stay, so that it can be undone.
 * @param input.password as `typedPasswordSchema` leaves it; undefined for an account that has none
 * @param input.mode what becomes of comments: they stay under nobody's name, or are emptied
 * @throws DomainError `unauthenticated` (also: confirm first, without a password), `forbidden` for programs, `invalid` on `password`,
 *   `conflict` for the last admin, `rate_limited`, `unavailable`
 */
export async function askToLeave(
  ctx: Context,
  input: { password: string | undefined; mode: LeavingMode },
): Promise<Leaving> {
  const { actor, account, permit } = await ownAccount(database(), ctx);
  if (account.passwordHash === null) requireConfirmed(ctx);
  else await checkOwnPassword(ctx, { account, password: input.password ?? "", field: "password" });
  const { userId } = actor;
  return inTransaction(async (tx) => {
    if (await isLastAdmin(tx, userId)) throw new DomainError("conflict", { reason: "people.last_admin" });
    const leaving = await writeLeaving(tx, permit, { id: userId, days: limits.leavingDays, mode: input.mode });
    await audit(tx, { kind: "leavingAsked", actorId: userId, subjectId: userId, detail: { mode: input.mode } });
    const until = leaving.until.toISOString();
    await enqueue(tx, { task: "send-mail", payload: { kind: "leaving", userId, until } });
    const when = { runAt: leaving.until, key: `delete-account:${userId}` };
    await enqueue(tx, { task: "delete-account", payload: { userId } }, when);
    return leaving;
  });
}

/**
 * Stays after all. Without a wish to leave nothing happens.
 * @throws DomainError `unauthenticated`, `forbidden` for programs
 */
export async function stay(ctx: Context): Promise<void> {
  const { actor, permit } = self(ctx);
  const { userId } = actor;
  await inTransaction(async (tx) => {
    const leaving = await clearLeaving(tx, permit, userId);
    if (leaving) await audit(tx, { kind: "leavingCancelled", actorId: userId, subjectId: userId });
  });
}

/**
 * Whether and when one is leaving.
 * @throws DomainError `unauthenticated`, `forbidden` for programs
 */
export function readLeaving(ctx: Context): Promise<Leaving | null> {
  return findLeaving(database(), self(ctx).actor.userId);
}

/**
 * Carries out a member's wish to leave, when its day has come and they have not changed their mind. A last admin stays.
 * @throws DomainError `forbidden` for everybody but the system
 */
export async function removeAccount(ctx: Context, input: { userId: number }): Promise<DomainEvent[]> {
  const permit = authorize(ctx.actor, "account.remove");
  const { events, files } = await inTransaction(async (tx) => {
    const lastAdmin = await isLastAdmin(tx, input.userId);
    const leaver = await lockLeaver(tx, input.userId);
    if (!leaver) return { events: [], files: [] };
    if (lastAdmin) {
      await clearLeaving(tx, permit, leaver.id);
      await audit(tx, { kind: "leavingCancelled", actorId: null, subjectId: leaver.id });
      return { events: [], files: [] };
    }
    const articleIds = await articlesOf(tx, leaver.id);
    if (leaver.mode === "DELETE") await emptyCommentsOf(tx, permit, leaver.id);
    await leaveDesk(tx, permit, { userId: leaver.id, notes: leaver.mode === "DELETE" ? "delete" : "keep" });
    const { id: visitorId } = await insertAnonymousVisitor(tx);
    const comments = await disown(tx, permit, { userId: leaver.id, visitorId, name: formerMember });
    const kept = await filesOfExports(tx, { userId: leaver.id });
    await forgetExportsOf(tx, leaver.id);
    await endAllWaysIn(tx, permit, leaver.id);
    await forgetPerson(tx, ctx, leaver);
    const detail = { mode: leaver.mode, comments };
    await audit(tx, { kind: "accountDeleted", actorId: null, subjectId: leaver.id, detail });
    const event: DomainEvent = { type: "MemberLeft", handle: leaver.handle, articleIds };
    return { events: [event], files: kept };
  }, removalTimeout);
  for (const file of files) await dropFile(file, "exports");
  return events;
}

async function forgetPerson(tx: Transaction, ctx: Context, leaver: Leaver): Promise<void> {
  const permit = authorize(ctx.actor, "account.remove");
  // Nobody shall pass for them by taking their handle as soon as it is free (R53).
  await holdHandle(tx, { handle: leaver.handle, userId: leaver.id });
  const handle = `former_${randomBytes(8).toString("hex")}`;
  await writeFormerMember(tx, permit, { id: leaver.id, handle, displayName: formerMember, key: skeleton(handle) });
  if (leaver.email === null) return;
  const payload = { kind: "left", email: leaver.email, displayName: leaver.displayName } as const;
  await enqueue(tx, { task: "send-mail", payload });
}

/** Whether nobody would be left to administer the site. */
async function isLastAdmin(tx: Transaction, userId: number): Promise<boolean> {
  const admins = await lockAdmins(tx);
  const isAdmin = admins.some(({ id }) => id === userId);
  return isAdmin && !admins.some(({ id, stays }) => stays && id !== userId);
}
