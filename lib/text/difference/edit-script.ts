// What has to change to make one row of tokens another: the shortest way (Myers 1986, by jsdiff), mended so that a person can
// read it. Bounded in steps, not by a clock, so the same texts always give the same answer.
import { diffArrays } from "diff";

/** A stretch of both rows. `same`: token by token alike; `changed`: what was there, and what is there now; one may be empty. */
export interface Run {
  kind: "same" | "changed";
  fromA: number;
  toA: number;
  fromB: number;
  toB: number;
}

/** What comparing may cost. Shared by all comparisons that make up one answer. */
export interface Budget {
  steps: number;
}

/** A tenth of a second of one processor (F20). Two unlike texts of 100,000 characters use it up and are told apart roughly. */
export function newBudget(): Budget {
  return { steps: 1_000_000 };
}

/** Beyond so many changes in one comparison nobody reads them one by one. */
const mostEdits = 1_000;

/**
 * The runs that make `a` into `b`, in order; together they cover both. Null when the two are too unlike for the budget.
 * @param weigh how much a reader has to read for a token of `a`; short runs of it between changes are made part of them
 */
export function editScript(
  [a, b]: readonly [readonly string[], readonly string[]],
  budget: Budget,
  weigh?: (token: string) => number,
): Run[] | null {
  let start = 0;
  const shorter = Math.min(a.length, b.length);
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const runs: Run[] = [];
  if (start > 0) runs.push({ kind: "same", fromA: 0, toA: start, fromB: 0, toB: start });
  const middleA = a.slice(start, a.length - end);
  const middleB = b.slice(start, b.length - end);
  const middle = shortestWay(middleA, middleB, budget);
  if (!middle) return null;
  for (const { kind, fromA, toA, fromB, toB } of middle) {
    runs.push({ kind, fromA: fromA + start, toA: toA + start, fromB: fromB + start, toB: toB + start });
  }
  if (end > 0) runs.push({ kind: "same", fromA: a.length - end, toA: a.length, fromB: b.length - end, toB: b.length });
  return weigh ? slide(absorb(runs, a, b, weigh), a, b) : runs;
}

function shortestWay(a: readonly string[], b: readonly string[], budget: Budget): Run[] | null {
  if (a.length === 0 && b.length === 0) return [];
  if (a.length === 0 || b.length === 0) return [{ kind: "changed", fromA: 0, toA: a.length, fromB: 0, toB: b.length }];
  const tokens = a.length + b.length;
  // With d edits the search makes d² moves at most, and looks at each token once for each of them.
  const maxEditLength = Math.min(mostEdits, Math.floor(Math.sqrt(budget.steps)), Math.floor(budget.steps / tokens));
  const changes = diffArrays([...a], [...b], { maxEditLength });
  const edits = changes
    ? changes.reduce((sum, change) => sum + (change.added || change.removed ? change.count : 0), 0)
    : maxEditLength;
  budget.steps = Math.max(0, budget.steps - Math.max(edits * edits, tokens));
  if (!changes) return null;
  const runs: Run[] = [];
  let [atA, atB] = [0, 0];
  for (const { added, removed, count } of changes) {
    const run: Run = {
      kind: added || removed ? "changed" : "same",
      fromA: atA,
      toA: added ? atA : atA + count,
      fromB: atB,
      toB: removed ? atB : atB + count,
    };
    [atA, atB] = [run.toA, run.toB];
    append(runs, run);
  }
  return runs;
}

function append(runs: Run[], run: Run): void {
  const last = runs.at(-1);
  if (last?.kind === run.kind) {
    last.toA = run.toA;
    last.toB = run.toB;
  } else runs.push({ ...run });
}

/** Passes after which the rest may stay as it is; two are nearly always enough. */
const absorbingPasses = 6;

/**
 * Makes a short common run between two larger changes part of them: word by word salad becomes "this instead of that"
 * (after the semantic clean-up of Fraser's diff-match-patch, with words for characters).
 */
function absorb(runs: Run[], a: readonly string[], b: readonly string[], weigh: (token: string) => number): Run[] {
  const sum = (tokens: readonly string[], from: number, to: number) => {
    let weight = 0;
    for (let at = from; at < to; at++) weight += weigh(tokens[at] ?? "");
    return weight;
  };
  const size = (run: Run) => Math.max(sum(a, run.fromA, run.toA), sum(b, run.fromB, run.toB));
  let current = runs;
  for (let pass = 0; pass < absorbingPasses; pass++) {
    const out: Run[] = [];
    current.forEach((run, index) => {
      const [before, after] = [out.at(-1), current[index + 1]];
      const between = run.kind === "same" && before?.kind === "changed" && after?.kind === "changed";
      if (between && isTrifle(size(run), Math.min(size(before), size(after)))) append(out, { ...run, kind: "changed" });
      else append(out, run);
    });
    if (out.length === current.length) return out;
    current = out;
  }
  return current;
}

/** Nothing but spaces and signs; or less than half of what changed on either side. */
function isTrifle(weight: number, changedBeside: number): boolean {
  return weight === 0 || weight * 2 < changedBeside;
}

/**
 * An addition or removal that could stand in several places without changing the texts goes where a reader would put it:
 * at the start of a line, of a sentence, of a word.
 */
function slide(runs: Run[], a: readonly string[], b: readonly string[]): Run[] {
  runs.forEach((run, index) => {
    const [before, after] = [runs[index - 1], runs[index + 1]];
    const isInsertion = run.fromA === run.toA;
    const isRemoval = run.fromB === run.toB;
    if (run.kind !== "changed" || before?.kind !== "same" || after?.kind !== "same" || isInsertion === isRemoval)
      return;
    const tokens = isInsertion ? b : a;
    const from = isInsertion ? run.fromB : run.fromA;
    const to = isInsertion ? run.toB : run.toA;
    const most = { left: before.toA - before.fromA - 1, right: after.toA - after.fromA - 1 };
    const shift = bestShift(tokens, { from, to }, most);
    before.toA += shift;
    before.toB += shift;
    for (const edge of ["fromA", "toA", "fromB", "toB"] as const) run[edge] += shift;
    after.fromA += shift;
    after.fromB += shift;
  });
  return runs;
}

/** How far a change is tried elsewhere, in tokens: about a long sentence. */
const slideReach = 60;

function bestShift(
  tokens: readonly string[],
  { from, to }: { from: number; to: number },
  most: { left: number; right: number },
): number {
  let best = { shift: 0, score: boundary(tokens, from) + boundary(tokens, to) };
  const consider = (shift: number) => {
    const score = boundary(tokens, from + shift) + boundary(tokens, to + shift);
    if (score > best.score) best = { shift, score };
  };
  for (let left = 1; left <= Math.min(most.left, slideReach); left++) {
    if (tokens[from - left] !== tokens[to - left]) break;
    consider(-left);
  }
  for (let right = 1; right <= Math.min(most.right, slideReach); right++) {
    if (tokens[from + right - 1] !== tokens[to + right - 1]) break;
    consider(right);
  }
  return best.shift;
}

/** How natural it is to begin something at this place: after a line's end, a sentence's end, white space. */
function boundary(tokens: readonly string[], at: number): number {
  const before = tokens[at - 1];
  const next = tokens[at];
  if (before === undefined || next === undefined || before.endsWith("\n")) return 4;
  if (/^\s/u.test(before) && /[.!?…。！？]/u.test(tokens[at - 2] ?? "")) return 3;
  if (/\s$/u.test(before)) return 2;
  return /^\s/u.test(next) ? 1 : 0;
}
