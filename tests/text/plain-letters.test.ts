// What was found in plain letters is shown as it was written: every mark is there, and a word is marked with all of its own.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asWritten, plainLetters } from "@/lib/text/plain-letters";
import { marks, withoutMarks } from "@/lib/text/snippet";

const marked = (text: string) => text.replaceAll("[", marks.open).replaceAll("]", marks.close);
const shown = (text: string) => text.replaceAll(marks.open, "[").replaceAll(marks.close, "]");

describe("what was found", () => {
  it.each([
    ["without marks in it is shown as it is", "a heron", "a [heron]", "a [heron]"],
    ["has its soft hyphens again", "a he\u00adron\u00ad, too", "a [heron], too", "a [he\u00adron\u00ad], too"],
    [
      "has the vowel of its last letter",
      "\u0643\u064e\u0628\u064c \u0643",
      "[\u0643\u0628] \u0643",
      "[\u0643\u064e\u0628\u064c] \u0643",
    ],
    ["is without what stands before everything", "\ufeffheron", "[heron]", "\ufeff[heron]"],
    ["has the letters that were written", "\u0623\u0645\u0629", "[\u0627\u0645\u0647]", "[\u0623\u0645\u0629]"],
    ["side by side is two words", "a\u200bb", "[a][b]", "[a\u200b][b]"],
    ["in another text is shown as it was found", "a he\u00adron", "a [stork]", "a [stork]"],
    ["in nothing is nothing", "", "", ""],
  ])("%s", (_, text, found, is) => expect(shown(asWritten(text, marked(found)))).toBe(is));

  it("anywhere leaves the text as it was written, and has the same words marked", () => {
    const character = fc.constantFrom(..."ab \u00ad\u0301\u0640\u064e\u0623\u06a9\u200b\u{e0101}\u{1f986}");
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ unit: character, maxLength: 6 }), fc.boolean())), (words) => {
        const text = words.map(([word]) => word).join("");
        const found = words
          .map(([word, hit]) => (hit && plainLetters(word) ? marked(`[${plainLetters(word)}]`) : plainLetters(word)))
          .join("");
        const is = asWritten(text, found);
        expect(withoutMarks(is)).toBe(text);
        expect(plainLetters(is)).toBe(found);
      }),
    );
  });
});
