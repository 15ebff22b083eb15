// `npm run bench:endurance`: ten minutes of fifty reads and five posts a second, with somebody logging in now and then, on a site of a hundred
// thousand articles with a discussion of a hundred thousand comments (R98). Says what readers and writers waited, what was refused, and
// whether memory and open files stay where they are. `--minutes 1 --size small` for a look at the bench itself.
import "@/scripts/node-env.mjs";
import { existsSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { Command } from "commander";
import { generate, siteFolder } from "@/bench/made-sites";
import { startProduct } from "@/bench/processes";
import { mixedLoad, type Times } from "@/bench/scenarios/mixed";
import { largeSite, smallSite } from "@/bench/site/size";
import { databaseMemory, openHandles, usageOf } from "@/bench/usage";
import { isCurrent } from "@/scripts/build-freshness.mjs";
import { buildSite } from "@/scripts/build-site";

const number = (text: string) => Number.parseFloat(text);
const {
  minutes,
  size: name,
  reads,
  posts,
} = new Command("endurance")
  .option("--minutes <number>", "how long", number, 10)
  .option("--size <name>", "small or large", "large")
  .option("--reads <number>", "a second", number, 50)
  .option("--posts <number>", "a second", number, 5)
  .parse()
  .opts<{ minutes: number; size: string; reads: number; posts: number }>();

/** Between two looks at memory, in milliseconds. */
const lookEvery = 5_000;
/** What a process takes once, for its first work and for its stores to fill, is not growth: the first fifth is not judged. */
const warmUp = 1 / 5;

interface Look {
  at: number;
  server: number;
  database: number;
  handles: number;
}

const mega = (bytes: number) => Math.round(bytes / 1_048_576);
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The mean at the end against the mean after the warm-up, in percent; and the highest. */
function trend(what: string, looks: Look[], of: (look: Look) => number, unit: string): string {
  const judged = looks.slice(Math.floor(looks.length * warmUp)).map(of);
  const part = Math.max(1, Math.floor(judged.length / 4));
  const [first, last] = [mean(judged.slice(0, part)), mean(judged.slice(-part))];
  const grown = ((last / first - 1) * 100).toFixed(1);
  const least = Math.min(...judged);
  return `${what}: ${Math.round(first)} ${unit} → ${Math.round(last)} ${unit} (${grown} %), between ${least} and ${Math.max(...judged)}`;
}

function waits(what: string, times: Times): string {
  const sorted = [...times.ms].sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(0);
  const statuses = [...times.statuses].sort().map(([status, count]) => `${status}: ${count}`);
  return `${what}: ${sorted.length}, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms; ${statuses.join(", ")}`;
}

if (!(await isCurrent())) await buildSite();
const dataDir = siteFolder(name);
if (!existsSync(dataDir)) {
  process.stdout.write(`Making the ${name} site …\n`);
  await generate(name, dataDir);
}
const product = await startProduct(dataDir);
try {
  const looks: Look[] = [];
  const began = performance.now();
  const load = mixedLoad(product, { size: name === "large" ? largeSite : smallSite, reads, posts });
  while (performance.now() - began < minutes * 60_000) {
    await pause(lookEvery);
    const { rss } = await usageOf(product.process);
    looks.push({
      at: performance.now() - began,
      server: mega(rss),
      database: mega(await databaseMemory(dataDir)),
      handles: await openHandles(product.process),
    });
  }
  const { cpuMs, databaseMs } = await usageOf(product.process, dataDir);
  const { reading, posting, loggingIn, late } = await load.end();
  const all = [reading, posting, loggingIn].flatMap(({ statuses }) => [...statuses]);
  const failed = all.reduce((sum, [status, count]) => sum + (status >= 500 || status === 0 ? count : 0), 0);
  process.stdout.write(
    [
      waits("Reads", reading),
      waits("Posts", posting),
      waits("Log-ins", loggingIn),
      `5xx or no answer: ${failed}; begun later than planned by this program itself: ${late}`,
      trend("Server and front door", looks, (look) => look.server, "MB"),
      trend("Database", looks, (look) => look.database, "MB"),
      trend("Open files and sockets", looks, (look) => look.handles, ""),
      `Processor time in all: server ${(cpuMs / 1000).toFixed(0)} s, database ${(databaseMs / 1000).toFixed(0)} s`,
      "",
    ].join("\n"),
  );
} finally {
  await product.stop();
}
