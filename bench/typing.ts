// `npm run bench:typing`: two hundred letters typed into the middle of a draft of ten thousand words, with its preview open, in a real browser
// against the built product. Markdown that people wrote: all articles of the first-run site one after the other.
import "@/scripts/node-env.mjs";
import { expect } from "@playwright/test";
import { type KeyCost, typeInMiddle } from "@/bench/scenarios/typing";
import { countWords } from "@/lib/text/words";
import { readSeedContent } from "@/prisma/seed/content";
import { isCurrent } from "@/scripts/build-freshness.mjs";
import { buildSite } from "@/scripts/build-site";
import { launchBrowser } from "@/tests/support/chromium";
import { removeDataDir, startServer } from "@/tests/support/server";

const keys = 200;
const wordsWanted = 10_000;
/** A picture sixty times a second. */
const frameMs = 1_000 / 60;

/** Whole paragraphs, until there are words enough. */
function longText(): string {
  const bodies = readSeedContent().articles.map(({ revisions }) => revisions.at(-1)?.body ?? "");
  const chosen: string[] = [];
  let words = 0;
  for (const paragraph of [...bodies, ...bodies].join("\n\n").split("\n\n")) {
    if (words >= wordsWanted) break;
    chosen.push(paragraph);
    words += countWords(paragraph);
  }
  return chosen.join("\n\n");
}

function line(name: string, values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN).toFixed(1);
  const over = sorted.filter((value) => value > frameMs).length;
  return `| ${name} | ${at(0.5)} | ${at(0.95)} | ${at(0.99)} | ${at(1)} | ${over} of ${sorted.length} |`;
}

function told(costs: readonly KeyCost[], tasks: readonly number[]): string {
  return [
    "| | p50 ms | p95 ms | p99 ms | most ms | over 16.7 ms |",
    "| --- | ---: | ---: | ---: | ---: | ---: |",
    line(
      "Processor time of the page, key to picture",
      costs.map(({ cpuMs }) => cpuMs),
    ),
    line(
      "By the clock, key to picture",
      costs.map(({ clockMs }) => clockMs),
    ),
    line("Processor time of each task of the page meanwhile", tasks),
    "",
  ].join("\n");
}

if (!(await isCurrent())) await buildSite();
const site = await startServer();
const browser = await launchBrowser();
try {
  const { address, storageState } = await begunDraft();
  const context = await browser.newContext({
    baseURL: site.origin,
    storageState,
    viewport: { width: 1280, height: 900 },
  });
  const page = await context.newPage();
  await page.goto(address);
  const counter = page.locator(".editor-count");
  await expect(counter).toHaveText(/\d words/);
  const { costs, tasks } = await typeInMiddle(page, keys);
  process.stdout.write(`${await counter.textContent()}, ${keys} keys\n\n${told(costs, tasks)}`);
  await expect(page.locator("[data-status]")).toHaveText(/^Saved \d/, { timeout: 60_000 });
} finally {
  await browser.close();
  await site.stop();
  await removeDataDir(site.dataDir);
}

/** A draft with the long text, written by the plain form of the site's first admin. */
async function begunDraft() {
  const context = await browser.newContext({ baseURL: site.origin, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(/Become admin\s+\S*?(http\S+)/.exec(site.output())?.[1] ?? "");
  await page.getByLabel("Email").fill("bench@example.org");
  await page.getByLabel("Name", { exact: true }).fill("Typist");
  await page.getByLabel("User name", { exact: true }).fill("typist");
  await page.getByLabel("Password", { exact: true }).fill("a password that only the bench knows");
  await page.getByRole("button", { name: "Make the admin" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("People");
  await page.goto("/desk/drafts");
  await page.getByLabel("Title", { exact: true }).fill("How long is long?");
  await page.getByRole("button", { name: "Start" }).click();
  await page.getByRole("textbox", { name: "Text", exact: true }).fill(longText());
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.locator(".house-note")).toHaveText("Saved.");
  const address = new URL(page.url()).pathname;
  const storageState = await context.storageState();
  await context.close();
  return { address, storageState };
}
