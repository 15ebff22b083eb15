// A real Chromium for these tests: the one named by E2E_CHROMIUM, or the one that comes from npm, unpacked once for all.
import { existsSync } from "node:fs";
import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium } from "@playwright/test";

const FLAGS = [
  "--no-sandbox",
  "--headless=shell",
  "--disable-dev-shm-usage",
  "--use-gl=angle",
  "--use-angle=swiftshader",
];

/**
 * Unpacks beside and moves into place whole: two test files that start at once, or an unpacking that was cut off, never
 * leave half a browser where others take it for a whole one.
 */
async function unpacked(): Promise<string> {
  const outerTmp = process.env.TMPDIR;
  const home = join(tmpdir(), `colloquy-chromium-143-${process.getuid?.() ?? 0}`);
  if (existsSync(home)) return home;
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
  return home;
}

/** Starts the browser; the caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  if (process.env.E2E_CHROMIUM) return chromium.launch({ executablePath: process.env.E2E_CHROMIUM, args: FLAGS });
  const home = await unpacked();
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value;
  env.LD_LIBRARY_PATH = join(home, "al2023", "lib");
  env.FONTCONFIG_PATH = join(home, "fonts");
  return chromium.launch({ executablePath: join(home, "chromium"), args: FLAGS, env });
}
