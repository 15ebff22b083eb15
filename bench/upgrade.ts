// `npm run bench:upgrade`: a new version put in without closing (F29). An older one from the repository's history serves behind nginx; this one
// is started beside it, both serve in turns, forms that one has drawn are sent to the other, then the old one is stopped. All of it is read and
// posted to; ends with 1 when somebody saw an error, or something is lost.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Command } from "commander";
import { startProduct } from "@/bench/processes";
import { acrossVersions } from "@/bench/trouble/across-versions";
import { startOwnDatabase } from "@/bench/trouble/database";
import { everydayLoad } from "@/bench/trouble/everyday";
import { commitBefore, oldBuild } from "@/bench/trouble/old-build";
import { settle } from "@/bench/trouble/posts";
import { type Line, pronounce } from "@/bench/trouble/verdict";
import { hasNginx, startBalancer } from "@/scripts/balancer";
import { isCurrent } from "@/scripts/build-freshness.mjs";
import { buildSite } from "@/scripts/build-site";
import { freePort } from "@/scripts/postgres-cluster";

const { from, seconds, requests } = new Command("upgrade")
  .option("--from <migration>", "the old version is the last one before it; the newest migration when not said")
  .option("--seconds <number>", "how long both serve", Number, 60)
  .option("--requests <number>", "a second", Number, 10)
  .parse()
  .opts<{ from?: string; seconds: number; requests: number }>();

/** With the old one alone before, and the new one alone after, in milliseconds. */
const alone = 15_000;

if (!hasNginx()) throw new Error("There is no nginx here, which this needs.");
const checkout = await oldBuild(commitBefore(from));
if (!(await isCurrent())) await buildSite();
const dataDir = await mkdtemp(join(tmpdir(), "colloquy-trouble-data-"));
const database = await startOwnDatabase();
const [front, ...ports] = [await freePort(), await freePort(), await freePort()];
const origin = `http://localhost:${front}`;
const start = (port: number, checkout?: string) =>
  startProduct(dataDir, {
    environment: {
      ...database.environment,
      ...{ PORT: String(port), HOST: "127.0.0.1", PUBLIC_ORIGIN: origin, TRUSTED_PROXIES: "127.0.0.1" },
    },
    checkout,
  });
const [oldPort = 0, newPort = 0] = ports;
const at = (port: number) => `http://127.0.0.1:${port}`;
let stopBalancer: (() => Promise<void>) | undefined;
try {
  const old = await start(oldPort, checkout);
  try {
    stopBalancer = await startBalancer({ port: front, instances: ports, quiet: true });
    const day = await everydayLoad(origin, requests);
    await pause(alone);
    process.stdout.write("The new version is started beside the old one.\n");
    const renewed = await start(newPort);
    try {
      process.stdout.write("Both serve.\n");
      const until = performance.now() + seconds * 1_000;
      const owner = database.environment.MIGRATION_DATABASE_URL;
      const crossed = await acrossVersions(origin, { old: at(oldPort), new: at(newPort) }, owner);
      await pause(Math.max(0, until - performance.now()));
      await old.stop();
      process.stdout.write("The old version is stopped.\n");
      await pause(alone);
      await day.end();
      const settled = await settle(origin, database.environment.DATABASE_URL, day.sent);
      const { ready, others, posting } = day;
      const tallies = { "Pages that lie ready": ready, "What needs the database": others, Posts: posting };
      const lines: Line[] = Object.entries(tallies).map(([what, tally]) => {
        const failed = [...tally.statuses].filter(([status]) => status === 0 || status >= 500);
        const holds = failed.length === 0 && tally.wrong.length === 0;
        return { what, seen: String(tally), allowed: "no error", holds };
      });
      pronounce(
        "Old and new at once",
        [
          ...lines,
          {
            what: `Of ${settled.taken} comments taken`,
            seen: `${settled.lost} lost, ${settled.doubled} doubled`,
            allowed: "none",
            holds: settled.lost + settled.doubled === 0,
          },
          ...crossed,
        ],
        [ready, others, posting].flatMap(({ wrong }) => wrong),
      );
    } finally {
      await renewed.stop();
    }
  } finally {
    await old.stop();
  }
} finally {
  await stopBalancer?.();
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
}
