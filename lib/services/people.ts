// What an admin does with people: find them, give and take powers, end their sessions, keep them out. Each leaves a line in the record, and
// there is always somebody left who can.
import type { Role } from "@/lib/domain/actor";
import { userIdOf } from "@/lib/domain/actor";
import { DomainError } from "@/lib/domain/errors";
import { limits } from "@/lib/domain/limits";
import { authorize, can } from "@/lib/domain/permissions";
import { requireConfirmed } from "@/lib/services/confirm-identity";
import type { Context } from "@/lib/services/context";
import { audit } from "@/lib/store/audit";
import { database, inTransaction, type Transaction } from "@/lib/store/client";
import {
  countAdmins,
  type ListedPerson,
  listPeople,
  lockPerson,
  writeRoles,
  writeSuspension,
} from "@/lib/store/people";
import { endSessions } from "@/lib/store/sessions";

export interface PersonForAdmin extends ListedPerson {
  may: { setRoles: boolean; suspend: boolean; endSessions: boolean };
}

/**
 * One page of people, newest first.
 * @throws DomainError `forbidden`
 */
export async function readPeople(
  ctx: Context,
  input: { search: string; role?: Role; before?: number },
): Promise<{ people: PersonForAdmin[]; older: number | null }> {
  authorize(ctx.actor, "people.read");
  const rows = await listPeople(database(), input);
  const shown = rows.slice(0, limits.peoplePerPage);
  return {
    people: shown.map((row) => ({
      ...row,
      may: {
        setRoles: can(ctx.actor, "people.setRoles", { userId: row.id }),
        suspend: can(ctx.actor, "people.suspend", { userId: row.id }),
        endSessions: can(ctx.actor, "people.endSessions"),
      },
    })),
    older: rows.length > shown.length ? (shown.at(-1)?.id ?? null) : null,
  };
}

/**
 * Gives a person exactly these roles. Their sessions end: who has other powers logs in anew (R37).
 * @throws DomainError `forbidden` (oneself), `not_found`, `conflict` (nobody would be left to do this), `unauthenticated` (confirm first)
 */
export async function setRoles(ctx: Context, input: { id: number; roles: readonly Role[] }): Promise<void> {
  const permit = authorize(ctx.actor, "people.setRoles", { userId: input.id });
  requireConfirmed(ctx);
  await inTransaction(async (tx) => {
    const person = await lockKept(tx, input.id, !input.roles.includes("ADMIN"));
    const given = input.roles.filter((role) => !person.roles.includes(role));
    const taken = person.roles.filter((role) => !input.roles.includes(role));
    if (given.length + taken.length === 0) return;
    await writeRoles(tx, permit, input);
    await endSessions(tx, { userId: person.id });
    const about = { actorId: userIdOf(ctx.actor), subjectId: person.id };
    for (const role of given) await audit(tx, { kind: "roleGiven", ...about, detail: { role } });
    for (const role of taken) await audit(tx, { kind: "roleTaken", ...about, detail: { role } });
  });
}

/**
 * Keeps a person out, or lets them in again. Their sessions end at once.
 * @throws DomainError `forbidden` (oneself), `not_found`, `conflict` (nobody would be left), `unauthenticated` (confirm first)
 */
export async function setSuspended(ctx: Context, input: { id: number; suspended: boolean }): Promise<void> {
  const permit = authorize(ctx.actor, "people.suspend", { userId: input.id });
  requireConfirmed(ctx);
  await inTransaction(async (tx) => {
    const person = await lockKept(tx, input.id, input.suspended);
    if ((person.suspendedAt !== null) === input.suspended) return;
    await writeSuspension(tx, permit, input);
    await endSessions(tx, { userId: person.id });
    const kind = input.suspended ? "suspended" : "unsuspended";
    await audit(tx, { kind, actorId: userIdOf(ctx.actor), subjectId: person.id });
  });
}

/**
 * Logs a person out everywhere.
 * @throws DomainError `forbidden`, `not_found`
 */
export async function endPersonSessions(ctx: Context, input: { id: number }): Promise<number> {
  authorize(ctx.actor, "people.endSessions");
  return inTransaction(async (tx) => {
    const person = await lockPerson(tx, input.id);
    if (!person) throw new DomainError("not_found");
    const ended = await endSessions(tx, { userId: person.id });
    await audit(tx, { kind: "sessionEnded", actorId: userIdOf(ctx.actor), subjectId: person.id, detail: { ended } });
    return ended;
  });
}

/** The person, locked; refuses when they are the last admin and would stop being one. */
async function lockKept(tx: Transaction, id: number, losesAdmin: boolean): Promise<ListedPerson> {
  // All admins first, always in the same order: two who act on each other wait, and the second one sees what the first did.
  const admins = losesAdmin ? await countAdmins(tx) : 0;
  const person = await lockPerson(tx, id);
  if (!person) throw new DomainError("not_found");
  const isLast = person.roles.includes("ADMIN") && person.canLogIn && person.suspendedAt === null && admins <= 1;
  if (losesAdmin && isLast) throw new DomainError("conflict", { reason: "people.last_admin" });
  return person;
}
