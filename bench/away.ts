// `npm run bench:away`: Postgres stopped for five minutes (F5). What lies ready is read, whoever writes is told in a sentence, /readyz says no
// and /healthz yes, memory stays where it is, and afterwards all is as before without a restart. Ends with 1 when one of it is broken.
import { setTimeout as pause } from "node:timers/promises";
import { Tally } from "@/bench/trouble/answers";
import { everydayLoad } from "@/bench/trouble/everyday";
import { timeOfJob } from "@/bench/trouble/jobs";
import { onOwnDatabase } from "@/bench/trouble/on-own-database";
import { timeUntil } from "@/bench/trouble/pace";
import { postByProgram, settle } from "@/bench/trouble/posts";
import { type Line, pronounce } from "@/bench/trouble/verdict";
import { usageOf } from "@/bench/usage";

const halfMinutes = Number(process.argv[2] ?? 10);
const requestsPerSecond = 5;
const halfMinute = 30_000;
/** The first look is not judged: what a process takes once, for its first failures, is not growth. */
const growthAllowed = 0.1;
const readyWithin = 10_000;
const jobWithin = 60_000;
/** What goes on before the database goes, so that the process has done its work at least once. */
const warmUp = 30_000;

const mega = (bytes: number) => Math.round(bytes / 1_048_576);

await onOwnDatabase(async ({ product, database, statusOf }) => {
  const databaseUrl = database.environment.DATABASE_URL;
  const before = await everydayLoad(product.origin, requestsPerSecond);
  await pause(warmUp);
  await before.end();
  const day = await everydayLoad(product.origin, requestsPerSecond);
  await database.away();
  const health = new Tally();
  const readiness = new Tally();
  const memory: number[] = [];
  process.stdout.write("The database is stopped.\n");
  for (let nth = 1; nth <= halfMinutes; nth++) {
    const began = performance.now();
    while (performance.now() - began < halfMinute) {
      for (const [tally, path, expected] of [
        [health, "/healthz", 200],
        [readiness, "/readyz", 503],
      ] as const) {
        const asked = performance.now();
        const status = await statusOf(path);
        const fault = status === expected ? undefined : `${path}: ${status}`;
        // In its first seconds it may not have been noticed yet.
        if (nth > 1) tally.count(status, fault, performance.now() - asked);
      }
      await pause(1_000);
    }
    memory.push(mega((await usageOf(product.process)).rss));
    process.stdout.write(`${nth / 2} min: ${memory.at(-1)} MB; posts ${day.posting}\n`);
  }
  const whileAway = { ready: String(day.ready), others: String(day.others), posting: String(day.posting) };
  await database.back();
  const ready = await timeUntil(async () => (await statusOf("/readyz")) === 200, 2 * readyWithin);
  const post = new Tally();
  const posted = await timeUntil(
    async () => (await postByProgram(product.origin, "do-plants-hear", post)).taken,
    readyWithin,
  );
  await day.end();
  const settled = await settle(product.origin, databaseUrl, day.sent);
  const job = await timeOfJob({ databaseUrl, dataDir: product.dataDir }, jobWithin);
  const judged = memory.slice(1);
  const grown = (judged.at(-1) ?? Number.NaN) / (judged[0] ?? Number.NaN) - 1;
  const within = (what: string, ms: number, most: number): Line => ({
    ...{ what, seen: `${Math.round(ms)} ms`, allowed: `${most} ms`, holds: ms <= most },
  });
  pronounce(
    `${halfMinutes / 2} minutes without Postgres`,
    [
      {
        ...{ what: "Pages that lie ready", seen: whileAway.ready, allowed: "200" },
        holds: day.ready.wrong.length === 0 && day.ready.statuses.size === 1,
      },
      {
        ...{ what: "What needs the database", seen: whileAway.others, allowed: "200, 503 with a sentence" },
        holds: day.others.wrong.length === 0,
      },
      {
        ...{ what: "Posts", seen: whileAway.posting, allowed: "503 with a sentence" },
        holds: day.posting.wrong.length === 0,
      },
      { what: "/healthz", seen: String(health), allowed: "200", holds: health.wrong.length === 0 },
      { what: "/readyz", seen: String(readiness), allowed: "503", holds: readiness.wrong.length === 0 },
      {
        ...{ what: "Memory by the half minute, MB", seen: memory.join(", "), allowed: "+ 10 % after the first" },
        holds: grown <= growthAllowed,
      },
      within("Ready after the database", ready, readyWithin),
      within("A post taken after that", posted, readyWithin),
      {
        what: `Of ${settled.taken + settled.refused} posts, sent again where refused`,
        seen: `${settled.lost} lost, ${settled.doubled} doubled, ${settled.notRepaired} not there once`,
        allowed: "none",
        holds: settled.lost + settled.doubled + settled.notRepaired === 0,
      },
      within("A job put in afterwards, done", job, jobWithin),
    ],
    [day.ready, day.others, day.posting, health, readiness].flatMap(({ wrong }) => wrong),
  );
});
