// The render workers: the same result as in one's own thread, and calm when a text or a worker goes wrong (R58, F31).
// Faults are brought in by a worker file that stands before the real one and obeys a few words.
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { renderMarkdown } from "@/lib/text/markdown";
import { RenderPool, renderInWorker } from "@/lib/text/render-pool";
import type { RenderOptions } from "@/lib/text/rendered";
import { workerFile } from "@/lib/text/worker-build";
import { buildWorker } from "../../scripts/build-worker";

const comment: RenderOptions = { dialect: "comment", ownOrigin: "https://talk.example" };
const article: RenderOptions = { dialect: "article", ownOrigin: "https://talk.example" };

let folder = "";

const faults = (realWorker: string) => `
import { parentPort } from "node:worker_threads";
parentPort.on("message", ({ source }) => {
  if (source.includes("hang")) for (;;);
  if (source.includes("exit")) process.exit(1);
  if (source.includes("later")) setImmediate(() => process.exit(1));
  if (source.includes("eat")) { const all = []; for (;;) all.push(new Array(1e4).fill(Math.random())); }
});
await import(${JSON.stringify(realWorker)});
`;

beforeAll(async () => {
  await buildWorker();
  folder = mkdtempSync(join(tmpdir(), "render-pool-"));
  mkdirSync(join(folder, "lib/text/generated"), { recursive: true });
  writeFileSync(
    workerFile(folder, "render-worker"),
    faults(pathToFileURL(workerFile(process.cwd(), "render-worker")).href),
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a worker renders as one's own thread does", async () => {
  const source =
    '# A\n\n*b* [c](https://d.example) ![e](/u/f "g")\n\n```js\nlet h;\n```\n\n|i|\n|-|\n|j|\n\nk[^1]\n\n[^1]: l';
  for (const options of [comment, article]) {
    expect(await renderInWorker(source, options)).toEqual(renderMarkdown(source, options));
  }
});

test("many texts at once all come back, each its own", async () => {
  const sources = Array.from({ length: 60 }, (_, n) => `text *${n}*`);
  const rendered = await Promise.all(sources.map((source) => renderInWorker(source, comment)));
  expect(rendered.map(({ html }) => html)).toEqual(sources.map((_, n) => `<p>text <em>${n}</em></p>\n`));
});

describe.each([
  ["takes longer than its budget", "hang"],
  ["ends the worker", "exit"],
  ["needs more memory than it may have", "eat"],
])("a text that %s", (_what, word) => {
  test("comes back as written, and the others are rendered", async () => {
    const pool = new RenderPool(folder);
    const [hostile, ...others] = await Promise.all([
      pool.render(`*${word}* <b>`, comment),
      ...Array.from({ length: 10 }, (_, n) => pool.render(`*${n}*`, comment)),
    ]);
    expect(hostile).toMatchObject({ plain: true, html: `<p>*${word}* &lt;b&gt;</p>\n` });
    expect(others.map(({ html }) => html)).toEqual(others.map((_, n) => `<p><em>${n}</em></p>\n`));
    expect((await pool.render("*after*", comment)).html).toBe("<p><em>after</em></p>\n");
  });
});

test("a worker that dies after its answer does no harm to the next text", async () => {
  const pool = new RenderPool(folder);
  expect((await pool.render("*later*", comment)).html).toBe("<p><em>later</em></p>\n");
  expect((await pool.render("*after*", comment)).html).toBe("<p><em>after</em></p>\n");
});

test("two hostile texts at once stop both workers, and the next text is still rendered", async () => {
  const pool = new RenderPool(folder);
  const all = await Promise.all(["hang", "hang", "*next*"].map((source) => pool.render(source, comment)));
  expect(all.map(({ plain }) => plain ?? false)).toEqual([true, true, false]);
});

test("when sixty-four texts wait, the next is refused by name, and the waiting ones are rendered", async () => {
  const pool = new RenderPool(folder);
  const waiting = Array.from({ length: 64 }, (_, n) => pool.render(`*${n}*`, comment));
  await expect(pool.render("one too many", comment)).rejects.toMatchObject({ name: "WorkersBusy" });
  expect((await Promise.all(waiting)).every(({ plain }) => plain === undefined)).toBe(true);
});

test("when no worker can be started, texts come back as written, and the server's log says why", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  const pool = new RenderPool(join(folder, "nowhere"));
  const [one, two] = await Promise.all([pool.render("*a*", comment), pool.render("*b*", comment)]);
  expect([one, two]).toMatchObject([
    { plain: true, html: "<p>*a*</p>\n" },
    { plain: true, html: "<p>*b*</p>\n" },
  ]);
  expect(log).toHaveBeenCalledWith(expect.stringContaining("render-worker does not start"), expect.any(Error));
  expect(log).toHaveBeenCalledTimes(1);
  log.mockRestore();
});

test("a script that has rendered something ends by itself", async () => {
  const script = join(process.cwd(), "tests/support/render-and-end.ts");
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", script], { timeout: 30_000 });
  expect(stdout).toBe("<p><em>done</em></p>\n\n");
});
