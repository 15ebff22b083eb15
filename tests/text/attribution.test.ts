// Whose words they are, through any changes.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AttributionRun, attributeAll, attributeChange, attributionOf } from "@/lib/text/attribution";

const ada = 1;
const ben = 2;

const rows: [
  sentence: string,
  runs: AttributionRun[],
  before: string,
  after: string,
  author: number,
  expected: AttributionRun[],
][] = [
  ["a first text is its author's", [], "", "How bees fly", ada, [[ada, 3]]],
  [
    "an addition in the middle parts a run",
    [[ada, 3]],
    "How bees fly",
    "How honey bees fly",
    ben,
    [
      [ada, 1],
      [ben, 1],
      [ada, 2],
    ],
  ],
  [
    "a removal leaves the rest",
    [
      [ada, 1],
      [ben, 1],
      [ada, 2],
    ],
    "How honey bees fly",
    "How bees fly",
    ada,
    [[ada, 3]],
  ],
  [
    "a changed word changes hands",
    [[ada, 3]],
    "How bees fly",
    "How bees dance",
    ben,
    [
      [ada, 2],
      [ben, 1],
    ],
  ],
  ["spaces are nobody's", [[ada, 3]], "How bees fly", "How  bees\n\nfly", ben, [[ada, 3]]],
  [
    "words nobody knows stay nobody's",
    [],
    "How bees fly",
    "How bees fly far",
    ben,
    [
      [null, 3],
      [ben, 1],
    ],
  ],
  ["everything taken out", [[ada, 3]], "How bees fly", "", ben, []],
  [
    "scripts without spaces are counted by the letter",
    [[ada, 4]],
    "蜜蜂飛行",
    "蜜蜂不飛行",
    ben,
    [
      [ada, 2],
      [ben, 1],
      [ada, 2],
    ],
  ],
];

it.each(rows)("%s", (_, runs, before, after, author, expected) => {
  expect(attributeChange(runs, { before, after, author })).toEqual(expected);
});

const texts = fc.array(
  fc.array(fc.constantFrom("bee", "sun", "home", "far", "蜂", "\n"), { maxLength: 20 }).map((words) => words.join(" ")),
  { minLength: 1, maxLength: 8 },
);

describe("through any row of saves", () => {
  it("the runs cover the words exactly, and neighbours are different people", () => {
    fc.assert(
      fc.property(texts, (saves) => {
        let [runs, before]: [AttributionRun[], string] = [[], ""];
        saves.forEach((after, nth) => {
          runs = attributeChange(runs, { before, after, author: nth % 3 });
          before = after;
          expect(runs.reduce((sum, [, words]) => sum + words, 0)).toBe(attributeAll(after, 0)[0]?.[1] ?? 0);
          runs.forEach(([author, words], index) => {
            expect(words).toBeGreaterThan(0);
            if (index > 0) expect(author).not.toBe(runs[index - 1]?.[0]);
          });
        });
      }),
    );
  });

  it("whoever only adds takes nothing from anybody", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50)), fc.nat(50), (own, at) => {
        const words = own.map((n) => `w${n}`);
        const place = Math.min(at, words.length);
        const after = [...words.slice(0, place), "new", ...words.slice(place)].join(" ");
        const runs = attributeChange(attributeAll(words.join(" "), ada), {
          before: words.join(" "),
          after,
          author: ben,
        });
        expect(runs.filter(([author]) => author === ada).reduce((sum, [, count]) => sum + count, 0)).toBe(words.length);
      }),
    );
  });
});

it("two unlike texts of the largest size are told apart in the time of a save", () => {
  const big = (seed: number) => Array.from({ length: 12_000 }, (_, n) => `w${(n * seed) % 977}`).join(" ");
  const begun = performance.now();
  const runs = attributeChange(attributeAll(big(3), ada), { before: big(3), after: big(5), author: ben });
  expect(runs.reduce((sum, [, words]) => sum + words, 0)).toBe(12_000);
  expect(performance.now() - begun).toBeLessThan(3_000);
});

it.each([
  [null, []],
  [
    [
      [1, 3],
      [null, 2],
    ],
    [
      [1, 3],
      [null, 2],
    ],
  ],
  [[[1, 0], ["x", 2], [1.5, 2], [1], 7, [2, 4]], [[2, 4]]],
])("reads %j", (json, runs) => {
  expect(attributionOf(json)).toEqual(runs);
});
