// Who answers whom in a generated discussion, and what became of each comment. Numbers only; who says what is not decided here.
import type { Random } from "@/bench/site/random";
import { limits } from "@/lib/domain/limits";

export type Fate = "PUBLISHED" | "PENDING" | "REMOVED" | "DELETED";

/** Comments by their numbers from 0, in the order in which they were posted. */
export interface Discussion {
  count: number;
  /** The number of the comment that is answered, or -1. */
  parents: Int32Array;
  /** The top-level comment above, or -1. */
  roots: Int32Array;
  depths: Uint16Array;
  fates: Fate[];
  /** From 1; 0 for what was never seen. */
  places: Int32Array;
  /** From 1; 0 for replies. */
  rootPlaces: Int32Array;
  /** Replies that were seen. */
  replies: Int32Array;
  published: number;
  lastPlace: number;
  lastRootPlace: number;
}

/** Which earlier comment number `n` answers; -1 for none. */
export type Shape = (n: number, depths: Uint16Array) => number;

/** Top-level comments only. */
export const roots: Shape = () => -1;

/** One top-level comment, and direct replies to it. */
export const wide: Shape = (n) => (n === 0 ? -1 : 0);

/** Chains of so many, each comment the only answer to the one before. */
export const chainsOf =
  (length: number): Shape =>
  (n) =>
    n % length === 0 ? -1 : n - 1;

/** How deep a generated conversation goes. */
const talkDepth = 5;
/** How far back people look for something to answer. */
const talkMemory = 60;

/** As people talk: six of ten comments answer another, mostly a recent one. */
export const talk =
  (random: Random): Shape =>
  (n, depths) => {
    if (n === 0 || random.next() >= 0.6) return -1;
    const back = 1 + Math.floor(random.next() ** 2 * Math.min(n, talkMemory));
    for (let candidate = n - back; candidate >= 0; candidate--) {
      if ((depths[candidate] ?? 0) < talkDepth) return candidate;
    }
    return -1;
  };

/** Every comment can be read. */
export const allPublished = (): Fate => "PUBLISHED";

/** One in a hundred is deleted, one in two hundred removed, one in two hundred waits; another `start` begins elsewhere. */
export const mixedFates =
  (start: number) =>
  (n: number): Fate => {
    const nth = start + n;
    if (nth % 100 === 61) return "DELETED";
    if (nth % 200 === 93) return "REMOVED";
    return nth % 200 === 137 ? "PENDING" : "PUBLISHED";
  };

/** Plans `count` comments. Nobody answers what waits, nor deeper than the product allows. */
export function planDiscussion(
  count: number,
  { shape, fateOf }: { shape: Shape; fateOf: (n: number) => Fate },
): Discussion {
  const numbers = () => new Int32Array(count);
  const plan: Discussion = {
    count,
    parents: numbers(),
    roots: numbers(),
    depths: new Uint16Array(count),
    fates: [],
    places: numbers(),
    rootPlaces: numbers(),
    replies: numbers(),
    published: 0,
    lastPlace: 0,
    lastRootPlace: 0,
  };
  for (let n = 0; n < count; n++) {
    const fate = fateOf(n);
    const chosen = shape(n, plan.depths);
    const depth = chosen < 0 ? 0 : (plan.depths[chosen] ?? 0) + 1;
    const parent = chosen < 0 || plan.places[chosen] === 0 || depth > limits.threadDepth ? -1 : chosen;
    plan.parents[n] = parent;
    plan.depths[n] = parent < 0 ? 0 : depth;
    plan.roots[n] = parent < 0 ? -1 : (plan.roots[parent] ?? -1) < 0 ? parent : (plan.roots[parent] ?? -1);
    plan.fates.push(fate);
    if (fate === "PENDING") continue;
    plan.places[n] = ++plan.lastPlace;
    if (parent < 0) plan.rootPlaces[n] = ++plan.lastRootPlace;
    else plan.replies[parent] = (plan.replies[parent] ?? 0) + 1;
    if (fate === "PUBLISHED") plan.published += 1;
  }
  return plan;
}
