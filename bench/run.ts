// `npm run bench`: what pages, posts and log-ins cost, on the built product and a generated site, each beside what can be compared.
// It takes two to four minutes, speaks to this machine alone and ends by itself. `--large` adds a site of a hundred thousand articles, which
// takes four minutes to make and is kept for the next time, beside one of a thousand; `--lighthouse` fetches and asks Lighthouse. `--json FILE` keeps the figures.
import "@/scripts/node-env.mjs";
import { writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { Command } from "commander";
import { growing } from "@/bench/growth";
import { lighthouse, type Verdict } from "@/bench/lighthouse";
import { generate, siteFolder } from "@/bench/made-sites";
import { type Memory, memoryOf } from "@/bench/memory";
import { startProduct } from "@/bench/processes";
import { loggingIn } from "@/bench/scenarios/logging-in";
import { coldRenders, storedReads } from "@/bench/scenarios/reading";
import { searching } from "@/bench/scenarios/searching";
import { starting } from "@/bench/scenarios/starting";
import { type Freshness, posting, readsWhilePosting } from "@/bench/scenarios/writing";
import { discussionOf, smallSite } from "@/bench/site/size";
import { type Figures, table } from "@/bench/table";
import { settle, visitCold } from "@/bench/visit";
import { isCurrent } from "@/scripts/build-freshness.mjs";
import { buildSite } from "@/scripts/build-site";
import { launchBrowser } from "@/tests/support/chromium";

const {
  seconds,
  large,
  lighthouse: judged,
  json,
} = new Command("bench")
  .option("--seconds <number>", "of each load", (text) => Number.parseInt(text, 10), 8)
  .option("--large", "also on a site of a hundred thousand articles")
  .option("--lighthouse", "fetch Lighthouse and ask it, too")
  .option("--json <file>", "keep the figures")
  .parse()
  .opts<{ seconds: number; large?: true; lighthouse?: true; json?: string }>();

const say = (words: string) => process.stdout.write(`${words}\n`);

const megabytes = (bytes: number) => `${Math.round(bytes / 1_048_576)} MB`;

interface Report {
  lines: Figures[];
  /** From `npm start` to the first page, in milliseconds, the quickest first. */
  starts: number[];
  freshness: Freshness;
  memory: Memory;
  page: { bytes: number; requests: number; shift: number };
  verdict?: Verdict;
}

async function onSmallSite(): Promise<Report> {
  const dataDir = siteFolder("small");
  say("Making the small site …");
  await generate("small", dataDir);
  say("Starting it a few times …");
  const starts = await starting(dataDir, 5);
  const product = await startProduct(dataDir);
  try {
    const lines: Figures[] = [];
    await settle(`${product.origin}/articles/${discussionOf(100)}`);
    const browser = await launchBrowser();
    const { files, bytes, shift } = await visitCold(browser, `${product.origin}/articles/${discussionOf(100)}`).finally(
      () => browser.close(),
    );
    const verdict = judged && (await lighthouse(`${product.origin}/articles/${discussionOf(100)}`));
    say("Drawing pages anew …");
    lines.push(...(await coldRenders(product, smallSite)));
    say("Reading stored pages …");
    lines.push(...(await storedReads(product, seconds)));
    say("Reading while others post …");
    const { figures, freshness } = await readsWhilePosting(product, seconds);
    lines.push(figures);
    say("Posting and logging in …");
    lines.push(...(await posting(product, 300)), await loggingIn(product, 60));
    lines.push(...(await searching(product, 40)));
    const memory = await memoryOf(product.process.pid ?? 0);
    return { lines, starts, freshness, memory, page: { bytes, requests: files.length, shift }, verdict };
  } finally {
    await product.stop();
  }
}

if (!(await isCurrent())) {
  say("Building the product …");
  await buildSite();
}
const report = await onSmallSite();
const grown = large && (await growing());

const { lines, freshness, memory, page } = report;
say(`\n${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores, Node ${process.version}\n`);
say(table(lines));
say(
  `
From npm start to the first page: ${report.starts.map((ms) => (ms / 1000).toFixed(2)).join(", ")} s.
Freshness: ${freshness.comments} comments, ${freshness.refused} more refused as too busy; ${freshness.unseenByWriter} not seen by their writers at once; others after \
${Math.round(freshness.othersMedian)} ms, at most ${Math.round(freshness.othersLongest)} ms.
Memory afterwards, each page counted once: ${megabytes(memory.server + memory.door + memory.others + memory.database)}. Server \
${megabytes(memory.server)}, front door ${megabytes(memory.door)}, tsx's compiler ${megabytes(memory.others)}, database ${megabytes(memory.database)}.
A cold visit of the article with 100 comments: ${page.bytes} bytes in ${page.requests} requests, layout shift ${page.shift.toFixed(3)}.
${report.verdict ? `Lighthouse: ${JSON.stringify(report.verdict.scores)}; not passed: ${report.verdict.failed.join(", ")}\n` : ""}`,
);
if (grown) say(`${grown}\n`);
if (json)
  await writeFile(json, `${JSON.stringify({ node: process.version, cores: cpus().length, ...report }, null, 2)}\n`);
