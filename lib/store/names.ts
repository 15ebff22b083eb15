// The names by which members are known: who has which, and giving and changing them. What looks alike counts as one name.
import { DomainError } from "@/lib/domain/errors";
import type { Permit } from "@/lib/domain/permissions";
import type { Transaction } from "@/lib/store/client";
import { violatedConstraint } from "@/lib/store/database-faults";

type SelfPermit = Permit<"account.manage">;

/** What a unique index says when somebody else was quicker, as the reason at the form's field. */
const takenFields: Record<string, Record<string, string>> = {
  users_email_key: { email: "email.taken" },
  users_handle_key: { handle: "handle.taken" },
  users_one_handle_key_idx: { handle: "handle.taken" },
  users_one_name_idx: { displayName: "displayName.taken" },
};

/** Carries out a write of names or addresses; what is taken comes out as `invalid` at its field. */
export async function orTaken<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    const fields = takenFields[violatedConstraint(error) ?? ""];
    throw fields ? new DomainError("invalid", { fields }) : error;
  }
}

/** Names are given away one after the other: until this transaction ends nobody else takes one. */
export async function lockNames(db: Transaction): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('names', 0))`;
}

/** The members whose handle or display name looks like one of these folded names, or who have this very handle. */
export function holdersOfNames(
  db: Transaction,
  keys: readonly string[],
  handle = "",
): Promise<{ id: number; handle: string }[]> {
  const alike = { deletedAt: null, OR: [{ nameKey: { in: [...keys] } }, { handleKey: { in: [...keys] } }] };
  // A handle stays taken when its member has left: it stands in the addresses of their page.
  return db.user.findMany({ where: { OR: [{ handle }, alike] }, select: { id: true, handle: true } });
}

/**
 * Gives a member another display name, on their comments as well: a name that was given up for good reasons shall not go on standing there.
 * @throws DomainError `invalid` when it is taken
 */
export async function writeDisplayName(
  db: Transaction,
  _permit: SelfPermit,
  change: { id: number; displayName: string; nameKey: string },
): Promise<void> {
  const { id, displayName, nameKey } = change;
  await orTaken(db.user.update({ where: { id }, data: { displayName, nameKey }, select: { id: true } }));
  await db.$executeRaw`UPDATE comments SET author_name = ${displayName} WHERE user_id = ${id}`;
}

/**
 * Gives a member another handle.
 * @throws DomainError `invalid` when it is taken
 */
export async function writeHandle(
  db: Transaction,
  _permit: SelfPermit,
  change: { id: number; handle: string; handleKey: string },
): Promise<void> {
  const { id, handle, handleKey } = change;
  await orTaken(db.user.update({ where: { id }, data: { handle, handleKey }, select: { id: true } }));
}
