// Names for somebody who comes from elsewhere, near to those they have there and nobody's here. They can change them later.
import { randomInt } from "node:crypto";
import { displayNameSchema, newHandleSchema } from "@/lib/domain/account";
import { isDomainError } from "@/lib/domain/errors";
import { limits } from "@/lib/domain/limits";
import { checkNames, type WishedNames } from "@/lib/services/check-names";
import type { Transaction } from "@/lib/store/client";
import { lockNames } from "@/lib/store/names";
import { slugify } from "@/lib/text/slug";

/** Room for "_" and six digits behind a handle. */
const stemLength = limits.handle.max - 7;

/** Small numbers are tried first, then chance: a popular name does not take a walk through all that is taken. */
const smallNumbers = [2, 3, 4, 5] as const;
const chances = 5;

/**
 * A free handle and display name. Nobody else takes them until the transaction ends.
 * @param wish what they are called elsewhere, best first; anything may stand there
 */
export async function freeNames(
  tx: Transaction,
  wish: { handles: readonly string[]; displayName: string },
): Promise<{ handle: string; displayName: string }> {
  await lockNames(tx);
  const handle = await freeHandle(tx, wish.handles);
  const displayName = displayNameSchema.safeParse(wish.displayName);
  if (displayName.success && (await isFree(tx, { displayName: displayName.data }))) {
    return { handle, displayName: displayName.data };
  }
  return { handle, displayName: handle };
}

async function freeHandle(tx: Transaction, wishes: readonly string[]): Promise<string> {
  const stems = [...wishes, "member"].map((wish) => slugify(wish, stemLength).replaceAll("-", "_"));
  for (const stem of new Set(stems)) {
    const numbered = smallNumbers.map((number) => `${stem}_${number}`);
    const drawn = Array.from({ length: chances }, () => `${stem}_${randomInt(100_000, 1_000_000)}`);
    for (const candidate of [stem, ...numbered, ...drawn]) {
      const handle = newHandleSchema.safeParse(candidate);
      if (handle.success && (await isFree(tx, { handle: handle.data }))) return handle.data;
    }
  }
  throw new Error("No handle was free.");
}

async function isFree(tx: Transaction, names: WishedNames): Promise<boolean> {
  try {
    await checkNames(tx, names);
    return true;
  } catch (error) {
    if (isDomainError(error) && error.code === "invalid") return false;
    throw error;
  }
}
