// Typing in the middle of a long draft, in a real browser: what each key costs the page until the letter stands there.
import type { CDPSession, Page } from "@playwright/test";
import { z } from "zod";

/** Of one key. */
export interface KeyCost {
  /** Processor time of the page's own thread from the key to the picture with its letter, in milliseconds: it holds on a busy machine. */
  cpuMs: number;
  /** From the key to that picture by the clock, in milliseconds. */
  clockMs: number;
}

/** A quick typist's time between two keys, in milliseconds. */
const betweenKeys = 80;
/** After so many keys they stop to think, for so many milliseconds: long enough for preview and saving, which the next keys then meet. */
const burst = 20;
const thought = 1_500;

const words = "It was later found that light, which everybody had thought of as quick, takes its time after all. ";

const metricsSchema = z.object({ metrics: z.array(z.object({ name: z.string(), value: z.number() })) });

async function taskMs(client: CDPSession): Promise<number> {
  const { metrics } = metricsSchema.parse(await client.send("Performance.getMetrics"));
  return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN) * 1_000;
}

/** Puts the cursor at the end of a line in the middle of the text. */
async function goToMiddle(page: Page): Promise<void> {
  await page.locator(".editor .cm-scroller").evaluate((scroller) => {
    scroller.scrollTop = scroller.scrollHeight / 2;
  });
  const { height = 0, y = 0, x = 0, width = 0 } = (await page.locator(".editor").boundingBox()) ?? {};
  await page.mouse.click(x + width / 2, y + height / 2);
  await page.keyboard.press("End");
}

/** Within the page: when the `nth` letter stood there, once it does. */
async function paintOf(nth: number): Promise<unknown> {
  const paints = Reflect.get(window, "paints");
  if (paints.length <= nth) await new Promise((resolve) => Reflect.set(window, "told", resolve));
  return paints[nth];
}

const traceSchema = z.object({
  traceEvents: z.array(
    z.looseObject({
      name: z.string(),
      pid: z.number(),
      tid: z.number(),
      tdur: z.number().optional(),
      args: z.looseObject({ name: z.string().optional() }).optional(),
    }),
  ),
});

/** Processor time of each task of the page's own thread, in milliseconds. */
function tasksIn(trace: Buffer): number[] {
  const { traceEvents } = traceSchema.parse(JSON.parse(trace.toString("utf8")));
  const threads = traceEvents.filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain");
  const tasks = traceEvents.filter(({ name, tdur }) => name === "RunTask" && tdur !== undefined);
  const ofThread = threads.map(({ pid, tid }) => tasks.filter((task) => task.pid === pid && task.tid === tid));
  const busiest = ofThread.sort((a, b) => b.length - a.length)[0] ?? [];
  return busiest.map(({ tdur = 0 }) => tdur / 1_000);
}

/** Types `count` letters into the open draft's text, a few at a time. */
export async function typeInMiddle(page: Page, count: number): Promise<{ costs: KeyCost[]; tasks: number[] }> {
  await goToMiddle(page);
  const browser = page.context().browser();
  const categories = ["disabled-by-default-devtools.timeline", "devtools.timeline", "toplevel"];
  await browser?.startTracing(page, { categories });
  await page.evaluate(() => {
    const paints: number[] = [];
    Reflect.set(window, "paints", paints);
    // A frame is made after its callbacks, and stands when the next task begins.
    addEventListener(
      "keydown",
      ({ timeStamp }) =>
        requestAnimationFrame(() =>
          setTimeout(() => {
            paints.push(performance.now() - timeStamp);
            Reflect.get(window, "told")?.();
          }),
        ),
      { capture: true },
    );
  });
  const client = await page.context().newCDPSession(page);
  await client.send("Performance.enable", { timeDomain: "threadTicks" });
  const costs: KeyCost[] = [];
  const text = ` ${words.repeat(Math.ceil(count / words.length))}`.slice(0, count);
  for (const [nth, letter] of [...text].entries()) {
    const before = await taskMs(client);
    await page.keyboard.press(letter === " " ? "Space" : letter);
    const clockMs = z.number().parse(await page.evaluate(paintOf, nth));
    costs.push({ cpuMs: (await taskMs(client)) - before, clockMs });
    await page.waitForTimeout((nth + 1) % burst === 0 ? thought : betweenKeys);
  }
  const trace = await browser?.stopTracing();
  return { costs, tasks: trace ? tasksIn(trace) : [] };
}
