// The place of a text that says most about what was searched for: never cut in a word, never without what was found.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { marks, type SnippetPart, snippetOf, withoutMarks } from "@/lib/text/snippet";

/** "[word]" is a marked one, in the test's words and in the result's. */
const marked = (text: string) => text.replaceAll("[", marks.open).replaceAll("]", marks.close);
const shown = (parts: SnippetPart[]) => parts.map(({ text, marked }) => (marked ? `[${text}]` : text)).join("");
const of = (text: string, length?: number) => shown(snippetOf(marked(text), length));

const filler = "and so on ".repeat(40);

describe("a snippet", () => {
  it.each([
    { what: "a short text is kept whole", text: "One [word] here.", length: 100, is: "One [word] here." },
    { what: "without a length, a long one too", text: `${filler}[word]`, length: undefined, is: `${filler}[word]` },
    { what: "nothing found: the beginning", text: "one two three four", length: 8, is: "one two…" },
    { what: "nothing at all", text: "", length: 8, is: "" },
    { what: "two words side by side", text: "[東][京] is far", length: 100, is: "[東][京] is far" },
  ])("$what", ({ text, length, is }) => expect(of(text, length)).toBe(is));

  it("has the found word in it, with an ellipsis on both sides, and whole words only", () => {
    const is = of(`${filler}then came the [heron] at last ${filler}`, 120);
    expect(is).toMatch(/^…(?:and|so|on|then) .*the \[heron\] at last .*(?:and|so|on)…$/);
    expect(is.length).toBeLessThan(126);
  });

  it("is where most different words stand together", () => {
    expect(of(`[still] ${filler} [water] [water] ${filler} [still] [water] ${filler}`, 80)).toContain(
      "[still] [water]",
    );
  });

  it("reaches to the end rather than stopping short", () => {
    expect(of(`${filler}the [end]`, 100)).toMatch(/^….{60,}the \[end\]$/);
  });

  it("parts no character where there are no spaces", () => {
    const is = of(`${"🦆".repeat(200)}[鴨]${"🦆".repeat(200)}`, 101);
    expect(is).toContain("[鴨]");
    expect(is).not.toMatch(/\p{Surrogate}/u);
  });

  it("takes marks that somebody wrote out of a text", () => {
    expect(withoutMarks(`a${marks.open}b${marks.close}`)).toBe("ab");
  });

  it("of anything is a part of it, not much longer than wished, and has a mark if there is one", () => {
    const word = fc.oneof(fc.string({ unit: "grapheme", maxLength: 12 }).map(withoutMarks), fc.constant("so"));
    const piece = fc.tuple(word, fc.boolean()).map(([text, hit]) => (hit && text.trim() ? marked(`[${text}]`) : text));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 80 }), fc.integer({ min: 80, max: 200 }), (pieces, length) => {
        const text = pieces.join(" ");
        const parts = snippetOf(text, length);
        const plain = parts.map((part) => part.text).join("");
        expect(withoutMarks(text)).toContain(plain.replace(/^…/, "").replace(/…$/, ""));
        expect(plain.length).toBeLessThanOrEqual(length + 3);
        expect(parts.some((part) => part.marked)).toBe(text.includes(marks.open));
      }),
    );
  });
});
