// `npm run screenshots`: pictures of the built product with its first-run content, for docs/screenshots: front page, article,
// discussion, each on a phone and in a window, light and dark.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "@playwright/test";
import sharp from "sharp";
import { isCurrent } from "@/scripts/build-freshness.mjs";
import { buildSite } from "@/scripts/build-site";
import { launchBrowser } from "@/tests/support/chromium";
import { removeDataDir, startServer } from "@/tests/support/server";

const folder = fileURLToPath(new URL("../docs/screenshots/", import.meta.url));

/** A usual phone, whose pixels are two to each of ours, and a usual window. */
const screens = [
  { width: 390, height: 844, deviceScaleFactor: 2 },
  { width: 1280, height: 900, deviceScaleFactor: 1 },
] as const;

const article = "/articles/why-is-the-night-sky-dark";
/** Each from the top of the first such element. */
const views = [
  { name: "front", path: "/", from: "body" },
  { name: "article", path: article, from: "body" },
  { name: "discussion", path: article, from: "#discussion" },
  { name: "deep-replies", path: article, from: "ol.replies ol.replies ol.replies ol.replies" },
] as const;

const schemes = ["light", "dark"] as const;

/** Few colours and smooth letters: a palette of this size loses nothing the eye would see. */
const colours = 64;

async function take(browser: Browser, origin: string): Promise<void> {
  for (const { deviceScaleFactor, ...viewport } of screens) {
    for (const colorScheme of schemes) {
      const look = { viewport, deviceScaleFactor, colorScheme, reducedMotion: "reduce" } as const;
      const context = await browser.newContext({ ...look, baseURL: origin });
      const page = await context.newPage();
      for (const { name, path, from } of views) {
        await page.goto(path, { waitUntil: "networkidle" });
        await page.evaluate(() => document.fonts.ready.then(() => undefined));
        await page
          .locator(from)
          .first()
          .evaluate((element) => element.scrollIntoView({ block: "start" }));
        const picture = await page.screenshot();
        const file = join(folder, `${name}-${viewport.width}-${colorScheme}.png`);
        await writeFile(file, await sharp(picture).png({ palette: true, colours, effort: 10 }).toBuffer());
        console.log(file);
      }
      await context.close();
    }
  }
}

if (!(await isCurrent())) await buildSite();
await mkdir(folder, { recursive: true });
const server = await startServer();
const browser = await launchBrowser();
try {
  await take(browser, server.origin);
} finally {
  await browser.close();
  await server.stop();
  await removeDataDir(server.dataDir);
}
