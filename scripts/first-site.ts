// First-run content: what an empty database begins with, so that the first visit shows what this place is.

import { env } from "@/lib/env";
import { plantFirstSite } from "@/lib/services/plant-first-site";
import { readSeedContent } from "@/prisma/seed/content";

/** Puts in the first-run content when nobody and nothing is there yet. Says whether it did. */
export function plantWhenEmpty(): Promise<boolean> {
  return plantFirstSite(readSeedContent, { now: new Date(), ownOrigin: env().publicOrigin });
}
