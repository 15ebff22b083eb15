// Two changes to one text: what goes together by itself, and what a person has to decide.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { merge, resolve } from "@/lib/text/merge";

const together: [sentence: string, base: string, ours: string, theirs: string, text: string][] = [
  ["changes to different lines", "a\nb\nc\nd\n", "A\nb\nc\nd\n", "a\nb\nc\nD\n", "A\nb\nc\nD\n"],
  ["changes to lines beside each other", "a b\nc d\n", "a B\nc d\n", "a b\nc D\n", "a B\nc D\n"],
  [
    "changes to different words of one line",
    "the red fox ran home",
    "the brown fox ran home",
    "the red fox ran away",
    "the brown fox ran away",
  ],
  ["the same change twice", "one\ntwo\n", "one\n2\n", "one\n2\n", "one\n2\n"],
  ["only theirs changed", "one\n", "one\n", "two\n", "two\n"],
  ["only ours changed", "one\n", "two\n", "one\n", "two\n"],
  [
    "one removes a paragraph, the other adds another",
    "p\n\nq\n\nr\n",
    "p\n\nr\n",
    "p\n\nq\n\nr\n\ns\n",
    "p\n\nr\n\ns\n",
  ],
  ["an addition at each end of an empty line's neighbours", "x\n\ny\n", "w\nx\n\ny\n", "x\n\ny\nz\n", "w\nx\n\ny\nz\n"],
  ["nothing at all", "", "", "", ""],
  ["the last line without a line feed", "a\n\nb", "a\n\nb!", "A\n\nb", "A\n\nb!"],
];

describe("what goes together by itself", () => {
  it.each(together)("%s", (_, base, ours, theirs, text) => {
    expect(merge(base, ours, theirs)).toMatchObject({ text, conflicts: [] });
    expect(merge(base, theirs, ours)).toMatchObject({ text, conflicts: [] });
  });
});

const conflicts: [
  sentence: string,
  base: string,
  ours: string,
  theirs: string,
  conflicts: { ours: string; theirs: string }[],
][] = [
  [
    "the same word",
    "the red fox",
    "the brown fox",
    "the grey fox",
    [{ ours: "the brown fox", theirs: "the grey fox" }],
  ],
  [
    "one removes what the other changes",
    "a\n\nold line\n\nz\n",
    "a\n\nz\n",
    "a\n\nnew line\n\nz\n",
    [{ ours: "", theirs: "new line\n\n" }],
  ],
  [
    "two new paragraphs in one place",
    "a\n\nz\n",
    "a\n\nmine\n\nz\n",
    "a\n\nyours\n\nz\n",
    [{ ours: "mine\n", theirs: "yours\n" }],
  ],
  ["two beginnings of an empty text", "", "Bees fly.", "Birds fly.", [{ ours: "Bees fly.", theirs: "Birds fly." }]],
];

describe("what a person has to decide", () => {
  it.each(conflicts)("%s", (_, base, ours, theirs, expected) => {
    const merged = merge(base, ours, theirs);
    expect(merged.conflicts.map(({ ours, theirs }) => ({ ours: ours.trim(), theirs: theirs.trim() }))).toEqual(
      expected.map(({ ours, theirs }) => ({ ours: ours.trim(), theirs: theirs.trim() })),
    );
    expect(merged.text).toBe(ours);
  });

  it("keeps what surrounds it, and does as was decided", () => {
    const { pieces } = merge("a\nred\nz\n", "A\nblue\nz\n", "a\ngreen\nZ\n");
    expect(resolve(pieces, ["ours"])).toContain("blue");
    expect(resolve(pieces, ["theirs"])).not.toContain("blue");
    const both = resolve(pieces, ["both"]);
    expect(both.indexOf("blue")).toBeLessThan(both.indexOf("green"));
    expect(resolve(pieces, [{ own: "A\nteal\nZ" }])).toBe("A\nteal\nZ\n");
  });
});

const word = fc.constantFrom("bee", "flies", "home", "sun", "\n", "\n\n", "it", "is");
const text = fc.array(word, { maxLength: 25 }).map((words) => words.join(" "));

describe("any texts", () => {
  it("whoever alone changed something gets it", () => {
    fc.assert(
      fc.property(text, text, (base, changed) => {
        expect(merge(base, changed, base).text).toBe(changed);
        expect(merge(base, base, changed).text).toBe(changed);
        expect(merge(base, changed, changed).text).toBe(changed);
      }),
    );
  });

  it("every word of either side stands in the merged text or in a conflict, unless one of them took it out", () => {
    fc.assert(
      fc.property(text, text, text, (base, ours, theirs) => {
        const { pieces } = merge(base, ours, theirs);
        const everything = pieces
          .map((piece) => (piece.kind === "agreed" ? piece.text : `${piece.ours} ${piece.theirs}`))
          .join(" ");
        const has = new Set(everything.split(/\s+/));
        const kept = (side: string) =>
          side.split(/\s+/).filter((each) => each !== "" && !base.split(/\s+/).includes(each));
        for (const each of [...kept(ours), ...kept(theirs)]) expect(has).toContain(each);
      }),
    );
  });
});

it("nothing but line feeds are merged in the time of a page", () => {
  const begun = performance.now();
  const merged = merge("\n".repeat(90_000), `a\n${"\n".repeat(80_000)}b`, `c\n${"\n".repeat(85_000)}d`);
  expect(merged.conflicts).toHaveLength(1);
  expect(performance.now() - begun).toBeLessThan(3_000);
});

it("two unlike texts of the largest size are merged in the time of a page", () => {
  const big = (seed: number) => Array.from({ length: 12_000 }, (_, n) => `w${(n * seed) % 977}`).join(" ");
  const begun = performance.now();
  expect(merge(big(3), big(5), big(7)).conflicts).toHaveLength(1);
  expect(performance.now() - begun).toBeLessThan(3_000);
});
