// What an admin does with people: find them, give and take powers, end their sessions, keep them out. Each leaves a line in the record, and
// there is always somebody left who can.
import { type Role, roles, userIdOf } from "@/lib/domain/actor";
import { DomainError } from "@/lib/domain/errors";
import { limits } from "@/lib/domain/limits";
import { authorize, can } from "@/lib/domain/permissions";
import { requireConfirmed } from "@/lib/services/confirm-identity";
import type { Context } from "@/lib/services/context";
import { giveModeratorName } from "@/lib/services/moderator-name";
import { audit } from "@/lib/store/audit";
import { database, inTransaction, type Transaction } from "@/lib/store/client";
import { type ListedPerson, listPeople, lockAdmins, lockPerson, writeRoles, writeSuspension } from "@/lib/store/people";
import { endSessions } from "@/lib/store/sessions";
import { normalizeName } from "@/lib/text/normalize";

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
  const search = normalizeName(input.search.slice(0, limits.searchQuery));
  const rows = await listPeople(database(), { ...input, search });
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
  const wished = roles.filter((role) => input.roles.includes(role));
  await inTransaction(async (tx) => {
    const person = await lockKept(tx, ctx, { id: input.id, losesAdmin: !wished.includes("ADMIN") });
    const given = wished.filter((role) => !person.roles.includes(role));
    const taken = person.roles.filter((role) => !wished.includes(role));
    if (given.length + taken.length === 0) return;
    await writeRoles(tx, permit, { id: person.id, roles: wished });
    await giveModeratorName(tx, { id: person.id, roles: wished });
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
    const person = await lockKept(tx, ctx, { id: input.id, losesAdmin: input.suspended });
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

/** The person, locked. Refuses an admin who has just lost the power, and a change that would leave nobody to administer the site. */
async function lockKept(
  tx: Transaction,
  ctx: Context,
  change: { id: number; losesAdmin: boolean },
): Promise<ListedPerson> {
  const admins = await lockAdmins(tx);
  if (!admins.some(({ id }) => id === userIdOf(ctx.actor))) throw new DomainError("forbidden");
  const person = await lockPerson(tx, change.id);
  if (!person) throw new DomainError("not_found");
  const wasAdmin = admins.some(({ id }) => id === person.id);
  const another = admins.some(({ id, stays }) => stays && id !== person.id);
  if (change.losesAdmin && wasAdmin && !another) throw new DomainError("conflict", { reason: "people.last_admin" });
  return person;
}
