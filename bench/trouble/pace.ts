// Things that are begun at a steady pace, whatever those before them take.
import { setTimeout as pause } from "node:timers/promises";

/** Begins `work` so many times a second until `end`, which waits for all that was begun. */
export function steadily(perSecond: number, work: () => Promise<unknown>): { end(): Promise<void> } {
  const going = new Set<Promise<unknown>>();
  let running = true;
  const pacing = (async () => {
    for (let next = performance.now(); running; next += 1_000 / perSecond) {
      const early = next - performance.now();
      if (early > 0) await pause(early);
      if (!running) break;
      const one = work();
      going.add(one);
      void one.finally(() => going.delete(one));
    }
  })();
  return {
    async end() {
      running = false;
      await pacing;
      await Promise.allSettled(going);
    },
  };
}

/** Asks `question` until it says yes. @returns after how many milliseconds; Infinity when patience ended first */
export async function timeUntil(question: () => Promise<boolean>, patienceMs: number): Promise<number> {
  const began = performance.now();
  while (performance.now() - began < patienceMs) {
    if (await question().catch(() => false)) return performance.now() - began;
    await pause(50);
  }
  return Number.POSITIVE_INFINITY;
}
