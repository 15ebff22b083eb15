// Packs again, as small as can be, what has proved to stay: one body at a time, off the main thread, and with rests, so that no
// reader and no writer ever waits for it.
import { packBest } from "@/lib/edge/encoding";

/** Bodies that may wait, each of them held in memory: five minutes of work at most. More are refused and come back when read again. */
const mostWaiting = 200;

/** Larger ones (sitemaps, discussions on paper) take seconds of a processor, and are read by few. Bytes. */
const largest = 512 * 1024;

/** A rest after each, twice as long as the work took: a third of one processor at most, for as long as any wait. */
const restFactor = 2;
/** The longest rest, in milliseconds: on a busy machine the work takes long without being much. */
const longestRest = 2_000;

interface Wish {
  body: Buffer;
  done(packed: Buffer): void;
}

const waiting: Wish[] = [];
let working = false;

/** Asks for the smallest packing; `done` gets it some time later, or never if it fails. @returns whether there was room */
export function packBestLater(body: Buffer, done: (packed: Buffer) => void): boolean {
  if (body.length > largest || waiting.length >= mostWaiting) return false;
  waiting.push({ body, done });
  if (!working) void work();
  return true;
}

async function work(): Promise<void> {
  working = true;
  for (let wish = waiting.shift(); wish; wish = waiting.shift()) {
    const began = performance.now();
    // Without it, the quicker packing serves on.
    const packed = await packBest(wish.body).catch(() => undefined);
    if (packed) wish.done(packed);
    const rest = Math.min(longestRest, restFactor * (performance.now() - began));
    await new Promise<void>((resolve) => setTimeout(resolve, rest).unref());
  }
  working = false;
}
