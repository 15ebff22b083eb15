// The name under which a moderator acts in public, where the site does not show real ones. It lasts: who reads the log can tell one
// moderator from another, and the record knows who each of them is.
import { randomBytes } from "node:crypto";
import type { Role } from "@/lib/domain/actor";
import type { Transaction } from "@/lib/store/client";
import { nameModerator } from "@/lib/store/moderator-names";
import { pseudonymFrom } from "@/lib/text/pseudonym";

/** What `pseudonymFrom` makes a name of. */
const nameBytes = 4;

/** Of tens of thousands of names some are taken; so many in a row never. */
const tries = 8;

/** Gives whoever may moderate a public name, unless they have one. Call it in the transaction that gives these roles. */
export async function giveModeratorName(
  tx: Transaction,
  member: { id: number; roles: readonly Role[] },
): Promise<void> {
  if (!member.roles.some((role) => role === "MODERATOR" || role === "ADMIN")) return;
  for (let nth = 0; nth < tries; nth++) {
    if (await nameModerator(tx, { id: member.id, name: pseudonymFrom(randomBytes(nameBytes)) })) return;
  }
}
