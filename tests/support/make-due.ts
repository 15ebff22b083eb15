// A day that was set for a text, come at once on the running site: what waiting would do.
import { sharedPool } from "@/lib/store/pool";
import { reachDatabase } from "@/tests/support/publish-article";

/** Makes a revision that is scheduled, and its job, due a moment ago. */
export async function makeDue(revisionId: number): Promise<void> {
  await reachDatabase();
  const due = "now() - interval '1 second'";
  await sharedPool().query(`UPDATE revisions SET scheduled_for = ${due} WHERE id = $1`, [revisionId]);
  const job = `UPDATE graphile_worker._private_jobs SET run_at = ${due} WHERE key = $1`;
  const { rowCount } = await sharedPool().query(job, [`publish-due:${revisionId}`]);
  if (rowCount !== 1) throw new Error(`There are ${rowCount} jobs for revision ${revisionId}.`);
}
