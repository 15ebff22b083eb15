// `npm run bench:migrations`: an older version from the repository's history runs on a million comments, is read and posted to, and meanwhile
// the tables are brought to this version's (R94). Says for how long each change kept others out, and whether anybody was refused.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Command } from "commander";
import pg from "pg";
import { startProduct } from "@/bench/processes";
import { prepareAccount } from "@/bench/scenarios/logging-in";
import { mixedLoad, type Times } from "@/bench/scenarios/mixed";
import { generateSite } from "@/bench/site/generate";
import type { SiteSize } from "@/bench/site/size";
import { startOwnDatabase } from "@/bench/trouble/database";
import { type ChangeCost, watchLocks } from "@/bench/trouble/locks";
import { commitBefore, oldBuild } from "@/bench/trouble/old-build";
import { type Line, pronounce, share } from "@/bench/trouble/verdict";
import { migrate } from "@/prisma/migrate";
import { grantApplicationRights } from "@/scripts/application-rights";

const whole = (text: string) => Number.parseInt(text, 10);
const wish = new Command("migrations")
  .option("--from <migration>", "the first one that is to be applied on the full database", "20261123150500_search")
  .option("--comments <number>", "in all, about", whole, 1_000_000)
  .option("--reads <number>", "a second", whole, 20)
  .option("--posts <number>", "a second", whole, 5)
  .parse()
  .opts<{ from: string; comments: number; reads: number; posts: number }>();

/** Two in three comments stand below ordinary articles, fifty each. */
const ordinary = 50;
const threads = [0, 100, 1_000, Math.round(wish.comments / 10)];
const articles = Math.max(200, Math.round((wish.comments * 0.9) / ordinary));
const size: SiteSize = { seed: 1, articles, people: articles, threads, comments: ordinary, sections: 1 };

/** How long a change may keep anybody from a table, in milliseconds. */
const lockAllowed = 5_000;
/** Reading and posting before and after, in milliseconds. */
const around = 15_000;

const checkout = await oldBuild(commitBefore(wish.from));
const dataDir = await mkdtemp(join(tmpdir(), "colloquy-trouble-data-"));
const database = await startOwnDatabase();
const { MIGRATION_DATABASE_URL: ownerUrl } = database.environment;
try {
  const old = await startProduct(dataDir, { environment: database.environment, checkout });
  try {
    const owner = new pg.Client({ connectionString: ownerUrl });
    await owner.connect();
    await generateSite(owner, size, ({ table, rows, ms }) =>
      process.stdout.write(`${table}: ${rows} rows in ${(ms / 1000).toFixed(0)} s\n`),
    );
    await prepareAccount(owner);
    const { rows } = await owner.query<{ count: string }>("SELECT count(*) FROM comments");
    process.stdout.write(`${rows[0]?.count} comments. The old version is read and posted to.\n`);

    const load = mixedLoad(old, { size, reads: wish.reads, posts: wish.posts });
    await pause(around);
    const steps: string[] = [];
    const current = () => steps.at(-1)?.split(": ")[1] ?? "";
    const locks = await watchLocks(ownerUrl, current);
    const { applied } = await migrate(ownerUrl, { onStep: (words) => steps.push(words) });
    await grantApplicationRights(ownerUrl, database.environment.DATABASE_URL);
    const held = await locks.end();
    await pause(around);
    const { reading, posting, loggingIn } = await load.end();

    const took = await owner.query<{ name: string; ms: number }>(
      `SELECT migration_name AS name, extract(epoch FROM finished_at - started_at)::float8 * 1000 AS ms
       FROM "_prisma_migrations" WHERE migration_name = ANY ($1)`,
      [applied],
    );
    await owner.end();
    const waits = steps.filter((words) => words.startsWith("Waiting"));
    process.stdout.write(`Stepped aside ${waits.length} times.\n`);
    pronounce("Changes under load", [
      ...applied.map((name) => lineOfChange(name, took.rows.find((row) => row.name === name)?.ms ?? 0, held.get(name))),
      lineOfLoad("Reads", reading),
      lineOfLoad("Posts", posting),
      lineOfLoad("Log-ins", loggingIn),
    ]);
  } finally {
    await old.stop();
  }
} finally {
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
}

function lineOfChange(what: string, ms: number, cost: ChangeCost | undefined): Line {
  const { table, mode, held } = cost?.longest ?? { table: "nothing", mode: "", held: 0 };
  const kept = `${table} for ${Math.round(held)} ms ${mode.replace("Lock", "")}`;
  return {
    ...{ what, seen: `${kept}; processor ${Math.round(cost?.cpuMs ?? 0)} ms; ${Math.round(ms)} ms in all` },
    ...{ allowed: `${lockAllowed} ms`, holds: held <= lockAllowed },
  };
}

function lineOfLoad(what: string, { ms, statuses }: Times): Line {
  const counts = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status || "cut off"}: ${count}`);
  const failed = [...statuses].filter(([status]) => status === 0 || status >= 500);
  return {
    what,
    seen: `${counts.join(", ")}; p95 ${share(ms, 0.95)} ms, most ${share(ms, 1)} ms`,
    allowed: "no 5xx",
    holds: failed.length === 0,
  };
}
