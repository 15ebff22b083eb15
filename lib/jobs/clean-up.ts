// Every hour, once across all processes (R87): what has ended is forgotten.
import { cleanUp } from "@/lib/services/clean-up";

/** @throws when something could not be forgotten; the rest is */
export async function cleanUpJob(): Promise<void> {
  await cleanUp();
}
