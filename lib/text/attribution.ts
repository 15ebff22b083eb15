// Who wrote the words that are still there: runs of words by author, in the order of the text, carried from save to save by the
// difference of the words. A word that nobody touched stays with whoever wrote it.
import { editScript, newBudget } from "@/lib/text/difference/edit-script";

/** [who (null: unknown), how many words]. */
export type AttributionRun = readonly [author: number | null, words: number];

// Scripts without spaces are counted by the letter: a paragraph of them is no single word.
const wordPattern =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu;

function wordsOf(text: string): string[] {
  return text.match(wordPattern) ?? [];
}

/** Everything by one author. */
export function attributeAll(text: string, author: number | null): AttributionRun[] {
  return joined([[author, wordsOf(text).length]]);
}

/**
 * The runs of `after`, which `author` made of `before`. Texts too unlike to compare are wholly the author's but for what they
 * begin and end alike.
 * @param runs of `before`; words that they do not cover are nobody's
 */
export function attributeChange(
  runs: readonly AttributionRun[],
  change: { before: string; after: string; author: number | null },
): AttributionRun[] {
  const [before, after] = [wordsOf(change.before), wordsOf(change.after)];
  const script = editScript([before, after], newBudget()) ?? roughly(before, after);
  const old = reader(runs);
  const made: AttributionRun[] = [];
  for (const { kind, fromA, toA, fromB, toB } of script) {
    const taken = old(toA - fromA);
    if (kind === "same") made.push(...taken);
    else made.push([change.author, toB - fromB]);
  }
  return joined(made);
}

/** Words by author, most first. */
export function wordsByAuthor(runs: readonly AttributionRun[]): { author: number | null; words: number }[] {
  const sums = new Map<number | null, number>();
  for (const [author, words] of runs) sums.set(author, (sums.get(author) ?? 0) + words);
  return [...sums].map(([author, words]) => ({ author, words })).sort((a, b) => b.words - a.words);
}

/** The runs in a column of JSON; what is none is left out. */
export function attributionOf(json: unknown): AttributionRun[] {
  if (!Array.isArray(json)) return [];
  return json.flatMap((run: unknown): AttributionRun[] => {
    if (!Array.isArray(run)) return [];
    const [author, words]: unknown[] = run;
    const known = author === null || Number.isSafeInteger(author);
    if (!known || typeof words !== "number" || !Number.isSafeInteger(words) || words < 1) return [];
    return [[typeof author === "number" ? author : null, words]];
  });
}

/** Hands out the runs of the next so many words. */
function reader(runs: readonly AttributionRun[]): (words: number) => AttributionRun[] {
  let index = 0;
  let used = 0;
  return (wanted) => {
    const taken: AttributionRun[] = [];
    let left = wanted;
    while (left > 0) {
      const run = runs[index];
      if (!run) {
        taken.push([null, left]);
        break;
      }
      const words = Math.min(left, run[1] - used);
      taken.push([run[0], words]);
      left -= words;
      used += words;
      if (used >= run[1]) {
        index++;
        used = 0;
      }
    }
    return taken;
  };
}

function joined(runs: readonly AttributionRun[]): AttributionRun[] {
  const out: [number | null, number][] = [];
  for (const [author, words] of runs) {
    const last = out.at(-1);
    if (words === 0) continue;
    if (last && last[0] === author) last[1] += words;
    else out.push([author, words]);
  }
  return out;
}

/** The common beginning and end, and one change between them. */
function roughly(a: readonly string[], b: readonly string[]) {
  const most = Math.min(a.length, b.length);
  let start = 0;
  while (start < most && a[start] === b[start]) start++;
  let end = 0;
  while (end < most - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const [endA, endB] = [a.length - end, b.length - end];
  return [
    { kind: "same", fromA: 0, toA: start, fromB: 0, toB: start },
    { kind: "changed", fromA: start, toA: endA, fromB: start, toB: endB },
    { kind: "same", fromA: endA, toA: a.length, fromB: endB, toB: b.length },
  ] as const;
}
