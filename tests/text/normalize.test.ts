// Text and names as we keep them (R50-R52), as tables and as properties that hold for any input.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  codePointLength,
  hasBidiControls,
  hasVisibleContent,
  normalizeName,
  normalizeText,
} from "@/lib/text/normalize";

describe("text", () => {
  test.each([
    ["plain text stays", "a\tb\nc", "a\tb\nc"],
    ["Windows line ends become line feeds", "a\r\nb", "a\nb"],
    ["old Mac line ends too", "a\rb", "a\nb"],
    ["NUL and other controls go", "a\u0000\u0007\u001bb", "ab"],
    ["DEL and C1 go", "a\u007f\u0085\u009fb", "ab"],
    ["non-characters go", "a\ufffe\uffffb", "ab"],
    ["a lone surrogate becomes the replacement sign", "a\ud800b\udc00", "a\ufffdb\ufffd"],
    ["a whole pair stays", "a😀", "a😀"],
    ["letters and accents are composed", "e\u0301", "é"],
    ["compatibility letters stay", "ﬁ ①", "ﬁ ①"],
    ["four marks on a base stay", "q\u0301\u0302\u0303\u0304", "q\u0301\u0302\u0303\u0304"],
    ["the fifth goes", "q\u0301\u0302\u0303\u0304\u0306", "q\u0301\u0302\u0303\u0304"],
    [
      "joiners between marks are no way around it",
      "q\u0301\u0302\u200d\u0303\u0304\u200d\u0306",
      "q\u0301\u0302\u200d\u0303\u0304\u200d",
    ],
    ["every base has its four", "q\u0301q\u0301", "q\u0301q\u0301"],
    ["a family emoji stays whole", "👨‍👩‍👧", "👨‍👩‍👧"],
    ["pointed Hebrew stays", "שָׁלוֹם", "שָׁלוֹם".normalize("NFC")],
    ["Thai stays", "ที่นี่", "ที่นี่"],
  ])("%s", (_sentence, input, expected) => expect(normalizeText(input)).toBe(expected));

  const anyText = fc.string({ unit: "binary", maxLength: 200 });
  const crowdedText = fc.string({
    unit: fc.constantFrom(
      "a",
      "q",
      "e",
      "\u0301",
      "\u0323",
      "\u0345",
      "\u200d",
      "\u034f",
      "\r",
      "\n",
      "\u0000",
      "\ud83d",
      "\ude00",
      "가",
      "\u11a8",
      "\u09c7",
      "\u09be",
    ),
    maxLength: 60,
  });

  test("normalising twice is normalising once", () => {
    fc.assert(
      fc.property(fc.oneof(anyText, crowdedText), (text) => {
        const normal = normalizeText(text);
        expect(normalizeText(normal)).toBe(normal);
      }),
      { numRuns: 2_000 },
    );
  });

  test("what comes out is well-formed, composed, and free of controls", () => {
    fc.assert(
      fc.property(fc.oneof(anyText, crowdedText), (text) => {
        const normal = normalizeText(text);
        expect(normal).not.toMatch(/\p{Surrogate}|[\ufffe\uffff]/u);
        expect(normal.replace(/[\t\n]/g, "")).not.toMatch(/\p{Cc}/u);
        expect(normal.normalize("NFC")).toBe(normal);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("names", () => {
  test.each([
    ["spaces around and doubled go", "  Anna   Maria ", "Anna Maria"],
    ["line feeds and tabs are spaces", "Anna\n\tMaria", "Anna Maria"],
    ["full width becomes plain", "Ａｎｎａ", "Anna"],
    ["ligatures come apart", "ﬁona", "fiona"],
    ["direction controls go", "\u202eannA\u202c \u2067x\u2069\u200f", "annA x"],
    ["zero-width letters go", "An\u200bn\u2060a\ufeff", "Anna"],
    ["soft hyphens go", "An\u00adna", "Anna"],
    ["a name of blanks is empty", "\u2800\u3164\u200b ", ""],
    ["the joiner that Persian spells with stays", "علی\u200cرضا", "علی\u200cرضا"],
    ["the joiner between Latin letters goes", "An\u200cna", "Anna"],
    ["an emoji made of several stays", "Ada 👩‍🔬", "Ada 👩‍🔬"],
    ["stacked marks are cut", `Z${"\u0335".repeat(30)}o`, `Z${"\u0335".repeat(4)}o`],
    ["accents stay", "Zoë Ångström", "Zoë Ångström"],
  ])("%s", (_sentence, input, expected) => expect(normalizeName(input)).toBe(expected));

  test("normalising twice is normalising once", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (name) => {
        const normal = normalizeName(name);
        expect(normalizeName(normal)).toBe(normal);
        expect(hasBidiControls(normal)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("visible content", () => {
  test.each([
    ["a letter", "a", true],
    ["an emoji", "🙂", true],
    ["punctuation", "!", true],
    ["nothing", "", false],
    ["white space", " \n\t\u00a0\u3000", false],
    ["zero-width characters", "\u200b\u200c\u200d\u2060\ufeff", false],
    ["the braille blank", "\u2800", false],
    ["Hangul fillers", "\u115f\u1160\u3164\uffa0", false],
    ["marks without a letter", "\u0301\u0489", false],
    ["variation selectors", "\ufe0f\u{e0100}", false],
    ["tags", "\u{e0061}\u{e007f}", false],
    ["direction controls", "\u202e\u2066", false],
    ["the null notehead", "\u{1d159}", false],
    ["a letter among blanks", "\u2800\u200bx", true],
  ])("%s", (_sentence, text, expected) => expect(hasVisibleContent(text)).toBe(expected));
});

test.each([
  ["", 0],
  ["abc", 3],
  ["é", 1],
  ["😀😀", 2],
  ["\ud800", 1],
])("the length of %j in code points is %i", (text, length) => expect(codePointLength(text)).toBe(length));

test.each([
  ["plain", false],
  ["\u202ea", true],
  ["a\u2069", true],
  ["a\u200f", false],
  ["a\u200d", false],
])("whether %j has direction controls: %s", (text, expected) => expect(hasBidiControls(text)).toBe(expected));
