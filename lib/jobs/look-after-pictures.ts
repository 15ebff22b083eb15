// Every night, once across all processes (R87): pictures that no text uses go, what is kept is checked, what nobody knows is dropped.
import { checkPictures } from "@/lib/services/check-pictures";
import { matchFiles } from "@/lib/services/match-files";
import { removeUnusedPictures } from "@/lib/services/unused-pictures";

/** @throws when one of the parts failed; the others are done all the same */
export async function lookAfterPicturesJob(): Promise<void> {
  const parts = [removeUnusedPictures, checkPictures, matchFiles];
  const failures: unknown[] = [];
  for (const part of parts) await part().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, "Not all pictures could be looked after.");
}
