// `npm test`: everything that shows that Colloquy works, in the order in which a fault is cheapest to find. A failing step does
// not hide the ones after it. What failed is said once more at the end, since long output is often cut at its beginning; the last line is
// "N passed, N failed". `--only check|unit|e2e` runs a part.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { completeEmbeddedPostgres, generateClient } from "@/scripts/generate-client.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const results = join(root, "test-results");

type Part = "check" | "unit" | "e2e";

interface Count {
  passed: number;
  failed: number;
  /** Each failed test with why, as far as the tool says. */
  faults: string[];
}

interface Outcome extends Count {
  /** Shown when something failed. */
  output: string;
}

interface Step {
  part: Part;
  name: string;
  run: () => Promise<Outcome>;
}

const manifest = z.object({ bin: z.union([z.string(), z.record(z.string(), z.string())]) });

/** The script of an installed package's program. */
function program(name: string, command = name): string {
  const folder = join(root, "node_modules", name);
  const { bin } = manifest.parse(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")));
  return join(folder, typeof bin === "string" ? bin : (bin[command] ?? ""));
}

interface Run {
  code: number | null;
  output: string;
}

/** Runs Node on `args` and gathers what it prints. */
async function node(args: string[], env: Record<string, string> = {}): Promise<Run> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = () => child.kill("SIGTERM");
  process.once("exit", stop);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString("utf8");
    });
  }
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once("error", reject).once("close", resolve),
  );
  process.off("exit", stop);
  return { code, output };
}

/** The end of `text`, where tools say what is wrong. */
const endOf = (text: string) => text.trim().split("\n").slice(-30).join("\n");

/** A step that is one check: it holds or it does not. */
async function one(run: Promise<Run>): Promise<Outcome> {
  const { code, output } = await run;
  if (code === 0) return { passed: 1, failed: 0, faults: [], output };
  return { passed: 0, failed: 1, faults: [endOf(output)], output };
}

/** A step that counts: the tool's own report says how many. A tool that fails without a failed test counts as one failure. */
async function counted(run: Promise<Run>, report: () => Promise<Count>): Promise<Outcome> {
  const { code, output } = await run;
  const { passed, failed, faults } = await report().catch(() => ({ passed: 0, failed: 0, faults: [] }));
  const unexplained = failed === 0 && (code !== 0 || passed === 0);
  return unexplained
    ? { passed, failed: 1, faults: [...faults, endOf(output)], output }
    : { passed, failed, faults, output };
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string().default(""),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});

function vitest(project: string): Promise<Outcome> {
  const file = join(results, `vitest-${project}.json`);
  const args = ["run", `--project=${project}`, "--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  return counted(node([program("vitest"), ...args]), async () => {
    const report = vitestReport.parse(JSON.parse(await readFile(file, "utf8")));
    const faults = report.testResults.flatMap(({ name, message, assertionResults }) => {
      const failed = assertionResults.filter(({ status }) => status === "failed");
      const said = failed.map((test) => `${test.fullName}\n${(test.failureMessages ?? []).join("\n")}`);
      return [...(message === "" ? [] : [message]), ...said].map((fault) => `${relative(root, name)} › ${fault}`);
    });
    return { passed: report.numPassedTests, failed: report.numFailedTests, faults };
  });
}

const playwrightErrors = z.array(z.object({ message: z.string().default("") }));
const playwrightSpec = z.object({
  title: z.string(),
  file: z.string(),
  line: z.number(),
  ok: z.boolean(),
  tests: z.array(z.object({ projectName: z.string(), results: z.array(z.object({ errors: playwrightErrors })) })),
});

/** A file or a group in it. */
interface PlaywrightSuite {
  specs?: z.infer<typeof playwrightSpec>[] | undefined;
  suites?: PlaywrightSuite[] | undefined;
}

const playwrightSuite: z.ZodType<PlaywrightSuite> = z.lazy(() =>
  z.object({ specs: z.array(playwrightSpec).optional(), suites: z.array(playwrightSuite).optional() }),
);
const playwrightReport = z.object({
  suites: z.array(playwrightSuite),
  errors: playwrightErrors.default([]),
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
});

const failedSpecs = ({ specs = [], suites = [] }: PlaywrightSuite): z.infer<typeof playwrightSpec>[] => [
  ...specs.filter(({ ok }) => !ok),
  ...suites.flatMap(failedSpecs),
];

function playwright(): Promise<Outcome> {
  return counted(node([program("@playwright/test", "playwright"), "test"]), async () => {
    const report = playwrightReport.parse(JSON.parse(await readFile(join(results, "playwright.json"), "utf8")));
    const { stats } = report;
    const failed = report.suites.flatMap(failedSpecs).map(({ title, file, line, tests }) => {
      const errors = tests.flatMap((test) => test.results.flatMap((result) => result.errors));
      return `tests/e2e/${file}:${line} › ${title}\n${errors.map(({ message }) => message).join("\n")}`;
    });
    return {
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky,
      faults: [...failed, ...report.errors.map(({ message }) => message)],
    };
  });
}

const steps: Step[] = [
  { part: "check", name: "Format and lint", run: () => one(node([program("@biomejs/biome", "biome"), "ci", "."])) },
  { part: "check", name: "Types", run: () => one(node([program("typescript", "tsc"), "--noEmit", "-p", "."])) },
  { part: "check", name: "Nothing unused", run: () => one(node([program("knip"), "--no-progress"])) },
  { part: "unit", name: "Text, domain, front door, architecture", run: () => vitest("plain") },
  { part: "unit", name: "Services on Postgres", run: () => vitest("database") },
  { part: "e2e", name: "Build", run: () => one(node(["--import", "tsx", "scripts/build.ts"])) },
  { part: "e2e", name: "Starting, stopping, killing", run: () => vitest("start") },
  { part: "e2e", name: "Stories in Chromium", run: playwright },
];

function wantedPart(args: string[]): Part | undefined {
  const at = args.indexOf("--only");
  if (at < 0) return undefined;
  const parsed = z.enum(["check", "unit", "e2e"]).safeParse(args[at + 1]);
  if (parsed.success) return parsed.data;
  process.stderr.write("Say --only check, --only unit or --only e2e.\n");
  process.exit(2);
}

const only = wantedPart(process.argv.slice(2));
const total: Count = { passed: 0, failed: 0, faults: [] };
await rm(results, { recursive: true, force: true });
// What an older build says of the routes would be checked with today's code; the next build writes it anew.
for (const stale of [".next/types", ".next/dev/types"]) await rm(join(root, stale), { recursive: true, force: true });
await mkdir(results, { recursive: true });
completeEmbeddedPostgres();
if (!generateClient()) process.exit(1);

const wanted = steps.filter(({ part }) => only === undefined || part === only);
const start = ({ run }: Step) => ({ began: Date.now(), outcome: run() });
// The checks begin together, since each of them keeps about one core busy; everything else wants the machine for itself.
const begun = new Map(wanted.filter(({ part }) => part === "check").map((step) => [step, start(step)]));

for (const step of wanted) {
  const { name } = step;
  process.stdout.write(`\n▸ ${name} …\n`);
  const { began, outcome } = begun.get(step) ?? start(step);
  const { passed, failed, faults, output } = await outcome;
  total.passed += passed;
  total.failed += failed;
  total.faults.push(...faults.map((fault) => `${name} › ${fault}`));
  const took = `${((Date.now() - began) / 1000).toFixed(1)} s`;
  if (failed > 0)
    process.stdout.write(`${output.trimEnd()}\n✗ ${name}: ${failed} failed, ${passed} passed (${took})\n`);
  else process.stdout.write(`✓ ${passed} passed (${took})\n`);
}

/** Longer messages are whole above. */
const shortened = (fault: string) => fault.trimEnd().split("\n").slice(0, 30).join("\n");

if (total.faults.length > 0) process.stdout.write(`\nWhat failed:\n\n${total.faults.map(shortened).join("\n\n")}\n`);
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed > 0 ? 1 : 0;
