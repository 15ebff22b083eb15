// Comparing in a worker: hostile texts are bounded (F20), a worker that dies is back (F31), and the same is not compared twice.
// Faults are brought in by a worker file that stands before the real one and obeys a few words.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { wordDifference } from "@/lib/text/diff";
import { compareRendered, compareSources, compareWords, DifferencePool } from "@/lib/text/difference-pool";
import { renderMarkdown } from "@/lib/text/markdown";
import { renderedDifference } from "@/lib/text/rendered-difference";
import { sourceDifference } from "@/lib/text/source-difference";
import { workerFile } from "@/lib/text/worker-build";
import { buildWorker } from "../../scripts/build-worker";

const render = (source: string) =>
  renderMarkdown(source, { dialect: "article", ownOrigin: "https://talk.example" }).html;

let folder = "";

const faults = (realWorker: string) => `
import { parentPort } from "node:worker_threads";
parentPort.on("message", ({ before, now }) => {
  if (before === "hang") for (;;);
  if (before === "exit") process.exit(1);
  if (before === "later") setImmediate(() => process.exit(1));
});
await import(${JSON.stringify(realWorker)});
`;

beforeAll(async () => {
  await buildWorker();
  folder = mkdtempSync(join(tmpdir(), "difference-pool-"));
  const file = workerFile(folder, "difference-worker");
  mkdirSync(join(folder, "lib/text/generated"), { recursive: true });
  writeFileSync(file, faults(pathToFileURL(workerFile(process.cwd(), "difference-worker")).href));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a worker tells what one's own thread tells", async () => {
  const [a, b] = ["# One\n\nAnd *two*.\n", "# One\n\nAnd **three**.\n\nFour."];
  expect(await compareRendered(render(a), render(b))).toEqual({
    kind: "rendered",
    difference: renderedDifference(render(a), render(b), { fold: true }),
  });
  expect(await compareSources(a, b)).toEqual({ kind: "source", lines: sourceDifference(a, b) });
  expect(await compareWords(a, b)).toEqual(wordDifference(a, b));
});

/** Words by chance, the same ones every time. */
function words(seed: number, count: number, between: (nth: number) => string): string {
  let state = seed;
  const all = ["bee", "hive", "honey", "the", "of", "moon", "garden", "water", "stone", "river", "light", "dark"];
  return Array.from({ length: count }, (_, nth) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return `${all[(state >>> 16) % all.length]}${between(nth)}`;
  }).join("");
}

describe.each([
  ["two unlike texts of 100 KB", (nth: number) => (nth % 80 === 79 ? ".\n\n" : " ")],
  ["one line of 100 KB against another", () => " "],
])("%s", (_what, between) => {
  // In milliseconds of processor time of the whole process; the aim is 200, and what this catches takes minutes.
  test("are told within the bound, as they are seen and in the source", async () => {
    const [a, b] = [words(1, 19_000, between), words(2, 19_000, between)];
    const [htmlA, htmlB] = [render(a), render(b)];
    await compareWords("warm", "up");
    const began = process.cpuUsage();
    const [seen, source] = [await compareRendered(htmlA, htmlB), await compareSources(a, b)];
    const { user, system } = process.cpuUsage(began);
    expect(seen.kind).toBe("rendered");
    const lines = source.kind === "source" ? source.lines : [];
    const side = (other: string) =>
      lines.flatMap(({ kind, pieces }) => (kind === other ? [] : [pieces.map(({ text }) => text).join("")])).join("\n");
    expect([side("added"), side("removed")]).toEqual([a.replace(/\n$/, ""), b.replace(/\n$/, "")]);
    expect((user + system) / 1_000).toBeLessThan(3_000);
  });
});

test("a comparison that hangs is too different for now, is not kept, and the next one is told", async () => {
  const pool = new DifferencePool(folder);
  const hanging = { kind: "words", before: "hang", now: "on" } as const;
  const [hung, next] = await Promise.all([pool.ask(hanging), pool.ask({ kind: "words", before: "a", now: "b" })]);
  expect(hung).toEqual({ kind: "too_different", passing: true });
  expect(next).toEqual({ kind: "words", pieces: wordDifference("a", "b") });
  const again = pool.ask(hanging);
  expect(await again).toEqual(hung);
  expect(pool.ask(hanging)).not.toBe(again);
});

test("a worker that dies in the middle is replaced: its order is tried once more, and others are told", async () => {
  const pool = new DifferencePool(folder);
  expect(await pool.ask({ kind: "words", before: "exit", now: "" })).toEqual({ kind: "too_different", passing: true });
  expect(await pool.ask({ kind: "words", before: "later", now: "x" })).toMatchObject({ kind: "words" });
  expect(await pool.ask({ kind: "words", before: "a", now: "b" })).toMatchObject({ kind: "words" });
});

test("the same two texts are compared once, also by two who ask at once; what is kept is bounded", async () => {
  const pool = new DifferencePool(folder);
  const order = (now: string) => ({ kind: "words", before: "a", now }) as const;
  const first = pool.ask(order("b"));
  expect(pool.ask(order("b"))).toBe(first);
  await first;
  expect(pool.ask(order("b"))).toBe(first);
  expect(pool.ask({ ...order("b"), kind: "source" })).not.toBe(first);
  // What is cut in another place is another pair.
  expect(pool.ask({ kind: "words", before: "", now: "ab" })).not.toBe(first);
  for (let nth = 0; nth < 5; nth++) await pool.ask(order(`${nth}${"x".repeat(999_999)}`));
  expect(pool.ask(order("b"))).not.toBe(first);
});
