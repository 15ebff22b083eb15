// Something to read on the very first start: believable articles with discussions, put into an empty database once.
import pg from "pg";
import { env } from "@/lib/env";

/** Not the migrations' number, so that both can be held at once. */
const lockNumber = 72_707_370;

/**
 * Plants the first-run site when there is neither an article nor a person yet. Instances that start at once on one empty database
 * take turns here, since the waiting may be longer than a statement of the site may take.
 * @returns whether it planted
 */
export async function plantWhenEmpty(ownOrigin: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: env().databaseUrl });
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [lockNumber]);
    const { rows } = await client.query<{ empty: boolean }>(
      "SELECT NOT EXISTS (SELECT FROM articles) AND NOT EXISTS (SELECT FROM users) AS empty",
    );
    if (!rows[0]?.empty) return false;
    // Asked for only now: a start that plants nothing need not load the services and Prisma.
    const { plantFirstSite } = await import("@/lib/services/plant-first-site");
    const { readSeedContent } = await import("@/prisma/seed/content");
    return await plantFirstSite(() => readSeedContent(), { now: new Date(), ownOrigin });
  } finally {
    await client.end();
  }
}
