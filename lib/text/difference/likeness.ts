// Which changed block became which: by the words they share.
import type { Budget } from "@/lib/text/difference/edit-script";
import { longestForWords } from "@/lib/text/difference/tokens";
import { type Block, type Inline, inlineWeight } from "@/lib/text/difference/tree";

interface Bag {
  /** Word → how often. */
  words: Map<string, number>;
  total: number;
}

/** Less alike than this, two blocks are two different blocks. */
const leastAlike = 0.3;
/** Of these there is one in its place; what stands in it changes, not the thing. */
const fixtures = new Set(["thead", "tbody", "section", "figcaption"]);
const headings = new Set(["h2", "h3", "h4"]);
const lists = new Set(["ul", "ol"]);

const bags = new WeakMap<Block, Bag>();

function bagOf(block: Block): Bag {
  const known = bags.get(block);
  if (known) return known;
  const bag: Bag = { words: new Map(), total: 0 };
  const add = (word: string, times: number) => {
    bag.words.set(word, (bag.words.get(word) ?? 0) + times);
    bag.total += times;
  };
  for (const one of wordsToShare(block)) if (inlineWeight(one) > 0) add(one.atom?.attributes.src ?? one.text, 1);
  for (const child of block.children) for (const [word, times] of bagOf(child).words) add(word, times);
  bags.set(block, bag);
  return bag;
}

/** A paragraph that is too long to be told apart by words is not cut into them: it became another one, or stayed. */
function wordsToShare({ leaf }: Block): readonly Inline[] {
  if (!leaf) return [];
  return leaf.length > longestForWords ? leaf.pieces() : leaf.words();
}

/** Whether one may have become the other at all. */
function sameSort(a: Block, b: Block): boolean {
  const [nameA, nameB] = [a.tag?.name ?? "", b.tag?.name ?? ""];
  if (nameA === "tr" && a.children.length !== b.children.length) return false;
  return nameA === nameB || (headings.has(nameA) && headings.has(nameB)) || (lists.has(nameA) && lists.has(nameB));
}

/** From 0, nothing in common, to 1; `undefined` for what cannot have become the other. */
function alike(a: Block, b: Block, budget: Budget): number | undefined {
  if (!sameSort(a, b)) return undefined;
  if (a.tag && fixtures.has(a.tag.name)) return 1;
  const [bagA, bagB] = [bagOf(a), bagOf(b)];
  const [few, many] = bagA.words.size < bagB.words.size ? [bagA, bagB] : [bagB, bagA];
  budget.steps -= few.words.size;
  let shared = 0;
  for (const [word, times] of few.words) shared += Math.min(times, many.words.get(word) ?? 0);
  return bagA.total + bagB.total === 0 ? 0 : (2 * shared) / (bagA.total + bagB.total);
}

/** Pairs that may be looked at in one place; more blocks than that, all changed in a row, are old and new text. */
const mostPairs = 10_000;

/**
 * The pairs of old and new blocks that became each other, in order and without crossing, so that as much text as can be
 * stays recognisable.
 * @returns places in `a` and in `b`
 */
export function pairsOf(a: readonly Block[], b: readonly Block[], budget: Budget): [number, number][] {
  if (a.length === 0 || b.length === 0 || a.length * b.length > Math.min(mostPairs, budget.steps)) return [];
  // best[i][j]: the most text that can be recognised among the blocks from i and from j on.
  const best = Array.from({ length: a.length + 1 }, () => new Float64Array(b.length + 1));
  const gains = a.map((before) => b.map((after) => gain(before, after, budget)));
  const at = (row: number, column: number) => best[row]?.[column] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const paired = (gains[i]?.[j] ?? 0) > 0 ? (gains[i]?.[j] ?? 0) + at(i + 1, j + 1) : 0;
      const row = best[i];
      if (row) row[j] = Math.max(at(i + 1, j), at(i, j + 1), paired);
    }
  }
  const pairs: [number, number][] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    const own = gains[i]?.[j] ?? 0;
    if (own > 0 && at(i, j) === own + at(i + 1, j + 1)) pairs.push([i++, j++]);
    else if (at(i, j) === at(i + 1, j)) i++;
    else j++;
  }
  return pairs;
}

function gain(a: Block, b: Block, budget: Budget): number {
  if (budget.steps <= 0) return 0;
  const likeness = alike(a, b, budget);
  if (likeness === undefined || likeness < leastAlike) return 0;
  return likeness * (bagOf(a).total + bagOf(b).total + 1);
}
