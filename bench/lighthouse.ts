// Lighthouse's verdict, mobile preset, by the browser of the tests. It is fetched by npx when asked for: eighty packages are too many to
// install with everybody's checkout for a figure that is looked at now and then.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { chromiumOptions } from "@/tests/support/chromium";

/** The last that runs on Node 20. */
const version = "12.8.2";

const reportSchema = z.object({
  categories: z.record(z.string(), z.object({ score: z.number().nullable() })),
  audits: z.record(z.string(), z.object({ score: z.number().nullish(), displayValue: z.string().optional() })),
});

/** What is told besides the four scores. */
const shown = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"];

export interface Verdict {
  /** Category → 0 to 100. */
  scores: Record<string, number>;
  audits: Record<string, string>;
  /** Audits that are not passed. */
  failed: string[];
}

/** @throws Error with what it printed, when it does not run here */
export async function lighthouse(address: string): Promise<Verdict> {
  const { executablePath, args = [], env } = await chromiumOptions();
  const folder = await mkdtemp(join(tmpdir(), "colloquy-lighthouse-"));
  try {
    const file = join(folder, "report.json");
    const flags = ["--headless", ...args].join(" ");
    const wish = [`lighthouse@${version}`, address, "--quiet", "--output=json", `--output-path=${file}`];
    const child = spawn("npx", ["--yes", ...wish, `--chrome-flags=${flags}`], {
      env: { ...process.env, ...env, ...(executablePath && { CHROME_PATH: executablePath }) },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let printed = "";
    child.stderr.on("data", (chunk: Buffer) => {
      printed += chunk.toString("utf8");
    });
    const [code] = await once(child, "close");
    if (code !== 0) throw new Error(`Lighthouse ended with ${code}:\n${printed.slice(-2_000)}`);
    const { categories, audits } = reportSchema.parse(JSON.parse(await readFile(file, "utf8")));
    const scores = Object.entries(categories).map(([name, { score }]) => [name, Math.round((score ?? 0) * 100)]);
    return {
      scores: Object.fromEntries(scores),
      audits: Object.fromEntries(shown.map((name) => [name, audits[name]?.displayValue ?? "–"])),
      failed: Object.entries(audits).flatMap(([name, { score }]) => (score != null && score < 0.9 ? [name] : [])),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
