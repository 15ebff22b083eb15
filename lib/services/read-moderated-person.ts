// One person as moderators know them: a member, or a visitor by a number alone. What they wrote and what became of it, notes, sanctions.
import { DomainError } from "@/lib/domain/errors";
import { type PersonHistory, parsePersonKey } from "@/lib/domain/moderation-queue";
import { authorize, can } from "@/lib/domain/permissions";
import type { Context } from "@/lib/services/context";
import { peopleHistory } from "@/lib/services/people-history";
import { database } from "@/lib/store/client";
import { findPerson } from "@/lib/store/users";

export interface ModeratedPerson {
  person: PersonHistory;
  /** For the forms: exactly one of them. */
  about: { userId: number } | { visitorId: number };
  may: { sanction: boolean };
}

/**
 * @param input.key a handle, or "guest-33"
 * @throws DomainError `forbidden`, `not_found`
 */
export async function readModeratedPerson(ctx: Context, input: { key: string }): Promise<ModeratedPerson> {
  authorize(ctx.actor, "moderation.enter");
  const db = database();
  const who = parsePersonKey(input.key);
  if (!who) throw new DomainError("not_found");
  const member = "handle" in who ? await findPerson(db, who.handle) : null;
  if ("handle" in who && !member) throw new DomainError("not_found");
  const about = "visitorId" in who ? who : { userId: member?.id ?? 0 };
  const [person] = await peopleHistory(db, [{ userId: null, visitorId: null, ...about }]);
  if (!person) throw new DomainError("not_found");
  const subject = { ...about, subjectIsStaff: person.roles.length > 0 };
  return { person, about, may: { sanction: can(ctx.actor, "person.sanction", subject) } };
}
