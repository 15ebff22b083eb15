// `npm run bench:restarts`: Postgres restarted every twenty seconds for three minutes, in turns with an end to all transactions and without
// even that, under twenty requests a second (F4). Ends with 1 when an answer was wrong, a comment is lost or doubled, or readiness is late.
import { setTimeout as pause } from "node:timers/promises";
import { everydayLoad } from "@/bench/trouble/everyday";
import { timeOfJob } from "@/bench/trouble/jobs";
import { onOwnDatabase } from "@/bench/trouble/on-own-database";
import { timeUntil } from "@/bench/trouble/pace";
import { settle } from "@/bench/trouble/posts";
import { pronounce, share } from "@/bench/trouble/verdict";

const every = 20_000;
const restarts = Number(process.argv[2] ?? 9);
/** Fewer for a machine that is busy with other things: `npm run bench:restarts -- 9 5`. */
const requestsPerSecond = Number(process.argv[3] ?? 20);
/** After the database, in milliseconds. */
const readyWithin = 10_000;
/** A job that had begun when the database went away is tried again later; a new one is taken at once. */
const jobWithin = 60_000;

await onOwnDatabase(async ({ product, database, statusOf }) => {
  const databaseUrl = database.environment.DATABASE_URL;
  const day = await everydayLoad(product.origin, requestsPerSecond);
  const readyAfter: number[] = [];
  for (let nth = 0; nth < restarts; nth++) {
    const how = nth % 2 ? "immediate" : "fast";
    await pause(every);
    await database.restart(how);
    readyAfter.push(await timeUntil(async () => (await statusOf("/readyz")) === 200, 2 * readyWithin));
    process.stdout.write(`Restarted (${how}): ready again after ${Math.round(readyAfter.at(-1) ?? 0)} ms\n`);
  }
  await pause(every / 2);
  await day.end();
  const alive = product.process.exitCode === null && product.process.signalCode === null;
  const settled = await settle(product.origin, databaseUrl, day.sent);
  const job = await timeOfJob({ databaseUrl, dataDir: product.dataDir }, jobWithin);
  const { ready, others, posting } = day;
  const all = [ready, others, posting];
  pronounce(
    `${restarts} restarts of Postgres, ${requestsPerSecond} requests a second`,
    [
      ...[
        { what: "Pages that lie ready", tally: ready, allowed: "200" },
        { what: "What needs the database", tally: others, allowed: "200, 503 with a sentence" },
        { what: "Posts", tally: posting, allowed: "201, 303, 503 with a sentence" },
      ].map(({ what, tally, allowed }) => ({
        ...{ what, seen: `${tally}; p95 ${share(tally.ms, 0.95)} ms`, allowed },
        holds: tally.wrong.length === 0 && (tally !== ready || tally.statuses.size === 1),
      })),
      {
        what: "Ready after the database, at worst",
        seen: `${Math.round(Math.max(...readyAfter))} ms`,
        allowed: `${readyWithin} ms`,
        holds: Math.max(...readyAfter) <= readyWithin,
      },
      {
        what: `Of ${settled.taken} comments taken`,
        seen: `${settled.lost} lost, ${settled.doubled} doubled`,
        allowed: "none",
        holds: settled.lost + settled.doubled === 0,
      },
      {
        what: `Of ${settled.refused} refused, sent again with their key`,
        seen: `${settled.notRepaired} not there once (${settled.thereAllTheSame} had been written)`,
        allowed: "none",
        holds: settled.notRepaired === 0,
      },
      { what: "The process", seen: alive ? "lives" : "ended", allowed: "lives", holds: alive },
      {
        what: "A job put in afterwards, done after",
        seen: `${Math.round(job)} ms`,
        allowed: `${jobWithin} ms`,
        holds: job <= jobWithin,
      },
    ],
    all.flatMap(({ wrong }) => wrong),
  );
});
