// The figures of moderation, counted at once on the running site: what waiting for the next minute would do.
import { sharedPool } from "@/lib/store/pool";
import { reachDatabase } from "@/tests/support/publish-article";

/** Asks for a count; it is done as soon as the site's jobs come to it. */
export async function countFiguresNow(): Promise<void> {
  await reachDatabase();
  await sharedPool().query("SELECT graphile_worker.add_job('count-figures', max_attempts => 1)");
}
