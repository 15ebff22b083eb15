// Whether jobs are done: one is put into the queue, and its mail appears in the outbox of the data folder.
import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { timeUntil } from "@/bench/trouble/pace";

/** @returns after how many milliseconds it was done; Infinity when it was not within `patienceMs` */
export async function timeOfJob(place: { databaseUrl: string; dataDir: string }, patienceMs: number): Promise<number> {
  const email = `job-${randomUUID()}@example.com`;
  const client = new pg.Client({ connectionString: place.databaseUrl });
  await client.connect();
  try {
    const payload = JSON.stringify({ kind: "left", email, displayName: "Ada", seed: randomUUID() });
    await client.query("SELECT graphile_worker.add_job('send-mail', $1::json)", [payload]);
  } finally {
    await client.end();
  }
  const outbox = join(place.dataDir, "outbox");
  return timeUntil(async () => {
    const texts = await Promise.all((await readdir(outbox)).map((name) => readFile(join(outbox, name), "utf8")));
    return texts.some((text) => text.includes(email));
  }, patienceMs);
}
