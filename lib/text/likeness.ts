// How nearly two texts are the same: the share of three-word runs that they have in common (Broder's resemblance of shingles, 1997),
// after folding case, marks and everything that is no letter or digit. Long texts are compared by their beginning.

/** Words in a run; shorter texts are compared by runs of letters. */
const runOfWords = 3;
const runOfLetters = 4;
/** Runs that are compared at most: enough to know an advertisement again. */
const runsCompared = 400;
/** From here on two texts are nearly the same. */
const alike = 0.6;

/** The runs of a text, to be compared with those of others. */
export function runsOf(text: string): Set<string> {
  const folded = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  const words = folded.split(" ");
  const runs = new Set<string>();
  if (words.length > runOfWords * 2) {
    for (let at = 0; at + runOfWords <= words.length && runs.size < runsCompared; at++) {
      runs.add(words.slice(at, at + runOfWords).join(" "));
    }
    return runs;
  }
  const letters = [...folded];
  if (letters.length <= runOfLetters) return new Set([folded]);
  for (let at = 0; at + runOfLetters <= letters.length && runs.size < runsCompared; at++) {
    runs.add(letters.slice(at, at + runOfLetters).join(""));
  }
  return runs;
}

/** From 0 (nothing in common) to 1 (the same). */
export function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [small, large] = one.size < other.size ? [one, other] : [other, one];
  let common = 0;
  for (const run of small) if (large.has(run)) common++;
  return common / (one.size + other.size - common);
}

/** Whether two texts are nearly the same. */
export function areAlike(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return likeness(one, other) >= alike;
}
