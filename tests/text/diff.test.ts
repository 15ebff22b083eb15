// Two plain texts side by side.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lineDifference, type Piece, wordDifference } from "@/lib/text/diff";

const shown = (pieces: readonly Piece[]) =>
  pieces.map(({ kind, text }) => (kind === "same" ? text : kind === "added" ? `{+${text}+}` : `[-${text}-]`)).join("");

describe("by words", () => {
  test.each([
    ["nothing changed", "same", "same", "same"],
    ["from nothing", "", "new", "{+new+}"],
    ["to nothing", "old", "", "[-old-]"],
    ["a word instead of another", "The cat sat.", "The dog sat.", "The [-cat-]{+dog+} sat."],
    ["words between", "one two", "one and a half two", "one {+and a half +}two"],
    [
      "a new sentence begins at its beginning",
      "The cat sat. It slept.",
      "The cat sat. The dog ran. It slept.",
      "The cat sat. {+The dog ran. +}It slept.",
    ],
    ["a repeated word is the second one", "a b", "a a b", "a {+a +}b"],
    [
      "word salad is told as one change",
      "The old man and the sea",
      "A young woman in the mountains",
      "[-The old man and the sea-]{+A young woman in the mountains+}",
    ],
    ["an apostrophe parts nothing, nor a decimal point", "don't 3.14", "don't 3.15", "don't [-3.14-]{+3.15+}"],
    ["punctuation by itself", "Well, yes", "Well; yes", "Well[-,-]{+;+} yes"],
    ["Chinese by its words", "我喜欢在海边读书", "我喜欢在山上读书", "我喜欢在[-海边-]{+山上+}读书"],
    ["Japanese", "私は本を読む", "私は新聞を読む", "私は[-本-]{+新聞+}を読む"],
    ["Thai", "ฉันชอบอ่านหนังสือ", "ฉันชอบเขียนหนังสือ", "ฉันชอบ[-อ่าน-]{+เขียน+}หนังสือ"],
    ["Arabic", "كتب الولد الدرس", "كتب الطفل الدرس", "كتب [-الولد-]{+الطفل+} الدرس"],
    ["Hindi keeps its marks", "यह एक किताब है", "यह एक कलम है", "यह एक [-किताब-]{+कलम+} है"],
    ["a family is one picture", "👩‍👩‍👧 home", "👩‍👩‍👦 home", "[-👩‍👩‍👧-]{+👩‍👩‍👦+} home"],
    ["a flag is one picture", "to 🇩🇪 and", "to 🇩🇰 and", "to [-🇩🇪-]{+🇩🇰+} and"],
    ["lines that stay stay", "a\nb\nc\n", "a\nx\nc\nd\n", "a\n[-b-]{+x+}\nc\n{+d\n+}"],
    ["an accent is a difference", "cafe", "café", "[-cafe-]{+café+}"],
  ])("%s", (_sentence, a, b, difference) => expect(shown(wordDifference(a, b))).toBe(difference));
});

describe("by lines", () => {
  test.each([
    ["a line instead of another", "a\nb\nc", "a\nx\nc", "a\n[-b\n-]{+x\n+}c"],
    ["an end without a line feed is a difference", "a", "a\n", "[-a-]{+a\n+}"],
    ["empty lines", "a\n\nb", "a\nb", "a\n[-\n-]b"],
  ])("%s", (_sentence, a, b, difference) => expect(shown(lineDifference(a, b))).toBe(difference));
});

const side = (pieces: readonly Piece[], left: Piece["kind"]) =>
  pieces
    .filter(({ kind }) => kind !== left)
    .map(({ text }) => text)
    .join("");
const text = fc
  .array(fc.constantFrom("a", "b", " ", ". ", "\n", "wort", "読", "書く", "é", "👩‍🚀", "\ud800", "’s"), {
    maxLength: 60,
  })
  .map((parts) => parts.join(""));

test("without what was added it is the old text, without what was removed the new one", () => {
  for (const difference of [wordDifference, lineDifference]) {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const pieces = difference(a, b);
        expect([side(pieces, "added"), side(pieces, "removed")]).toEqual([a, b]);
        expect(pieces.every((piece) => piece.text !== "")).toBe(true);
      }),
      { numRuns: 300 },
    );
  }
});

/** The same every time. */
function random(seed: number, words: readonly string[], count: number): string {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return words[(state >>> 16) % words.length] ?? "";
  };
  return Array.from({ length: count }, next).join("");
}

test.each([
  ["one line of few words against another", ["a ", "b "], 50_000],
  ["many short lines of few letters", ["a\n", "b\n"], 50_000],
  ["middling lines of two words, everywhere different", ["a ", "b ", "b ", "a ", "a\n"], 50_000],
  ["Chinese without an end", ["我", "你", "他", "海边"], 60_000],
])("a hundred thousand hostile characters, %s, are told apart within the bound", (_sentence, words, count) => {
  const [a, b] = [random(1, words, count), random(2, words, count)];
  const before = process.cpuUsage();
  const pieces = wordDifference(a, b);
  const { user, system } = process.cpuUsage(before);
  expect([side(pieces, "added"), side(pieces, "removed")]).toEqual([a, b]);
  // The bound is one of steps; this only says that they are cheap. In milliseconds of processor time.
  expect((user + system) / 1_000).toBeLessThan(3_000);
});
