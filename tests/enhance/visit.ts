// One reader's visit: a page of the tests' server in a browser of their own, watched for errors and breaches of the CSP.
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from "vitest";
import { launchBrowser } from "@/tests/support/chromium";
import { bundle } from "./bundle";
import { Site } from "./site";

/** Unpacking and starting the browser on a slow machine. */
const START_MS = 60_000;
/** For one expectation, as in expect.ts. */
const PATIENCE_MS = 30_000;

/** For a whole test: several expectations that fail must still be told apart. */
const TEST_MS = 120_000;

export interface Visit {
  site: Site;
  context: BrowserContext;
  page: Page;
  /** What went wrong in the page so far. Failed requests are not among it: tests cause them. */
  troubles: string[];
}

function watch(context: BrowserContext, troubles: string[]): void {
  context.on("console", (message) => {
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      troubles.push(message.text());
  });
  context.on("weberror", (error) => void troubles.push(error.error().message));
}

/**
 * Gives every test of the file its own server and browser context, with the article page open unless `open` is false;
 * fails a test whose page had any trouble.
 */
export function visiting({ open = true } = {}): Visit {
  let browser: Browser;
  let scripts: { main: string; tools: string };
  // Filled before each test; tests read it only while they run.
  const visit: Partial<Visit> = {};

  vi.setConfig({ testTimeout: TEST_MS });
  beforeAll(async () => {
    scripts = { main: await bundle("main"), tools: await bundle("tools") };
    browser = await launchBrowser();
  }, START_MS);
  afterAll(async () => {
    await browser?.close();
  });

  beforeEach(async () => {
    visit.site = await new Site(scripts).start();
    visit.context = await browser.newContext({ baseURL: visit.site.origin });
    visit.context.setDefaultTimeout(PATIENCE_MS);
    visit.troubles = [];
    watch(visit.context, visit.troubles);
    visit.page = await visit.context.newPage();
    if (open) await visit.page.goto("/articles/tea");
  });
  afterEach(async () => {
    await visit.context?.close();
    await visit.site?.stop();
    expect(visit.troubles).toEqual([]);
  });

  return new Proxy<Visit>(Object.create(null), {
    get: (_, name) => Reflect.get(visit, name),
  });
}

/** The composer under the article. */
export function composerOf(page: Page) {
  const form = page.getByRole("form", { name: "Post your comments" });
  return {
    form,
    body: form.getByLabel("Comment", { exact: true }),
    name: form.getByLabel("Name", { exact: true }),
    post: form.getByRole("button", { name: "Post Anonymously" }),
    message: form.locator(".form-message"),
  };
}

/** The cookie that tells the script that there is something to know about this reader. */
export async function hint({ context, site }: Visit): Promise<void> {
  await context.addCookies([{ name: "colloquy-hint", value: "1", url: site.origin }]);
}
