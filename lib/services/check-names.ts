// Whether somebody may call themselves so: no name may be taken for another's (R53). Members, handles given up a while ago, words of the
// house and the site's own name all count, and what looks alike is the same.
import { DomainError } from "@/lib/domain/errors";
import { reservedHandles } from "@/lib/domain/reserved-handles";
import { readSite } from "@/lib/services/read-site";
import type { Transaction } from "@/lib/store/client";
import { heldHandles } from "@/lib/store/handle-holds";
import { holdersOfNames, lockNames } from "@/lib/store/names";
import { skeleton } from "@/lib/text/confusables";

export interface WishedNames {
  handle?: string;
  displayName?: string;
  /** Who wishes; their own names are not in their way. */
  userId?: number;
}

const reserved = new Set([...reservedHandles].map(skeleton));

/**
 * Refuses names that are somebody else's. Beforehand for the answer's sake, and once more in the transaction that writes them.
 * @throws DomainError `invalid` with `handle.taken`, `handle.reserved` or `displayName.taken` at their fields
 */
export async function checkNames(db: Transaction, names: WishedNames): Promise<void> {
  const site = skeleton((await readSite({ now: new Date() })).name);
  const holds = await heldHandles(db);
  const isTaken = async (name: string, handle?: string): Promise<boolean> => {
    const key = skeleton(name);
    const holders = await holdersOfNames(db, [key], handle);
    const held = holds.filter((hold) => skeleton(hold.handle) === key).map(({ userId }) => ({ id: userId }));
    return [...holders, ...held].some(({ id }) => id !== names.userId);
  };
  const isOurs = (name: string) => reserved.has(skeleton(name)) || skeleton(name) === site;
  const fields: Record<string, string> = {};
  if (names.handle !== undefined) {
    if (isOurs(names.handle)) fields.handle = "handle.reserved";
    else if (await isTaken(names.handle, names.handle)) fields.handle = "handle.taken";
  }
  if (names.displayName !== undefined && (isOurs(names.displayName) || (await isTaken(names.displayName)))) {
    fields.displayName = "displayName.taken";
  }
  if (Object.keys(fields).length > 0) throw new DomainError("invalid", { fields });
}

/**
 * The same inside the transaction that writes the names: nobody else takes one until it ends.
 * @throws DomainError as `checkNames`
 */
export async function takeNames(tx: Transaction, names: WishedNames): Promise<void> {
  await lockNames(tx);
  await checkNames(tx, names);
}
