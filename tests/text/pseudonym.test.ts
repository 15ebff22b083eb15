// Automatic names: the same bytes give the same name, all pairs can occur, and every word is fit for it.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pseudonymFrom, pseudonymWords } from "@/lib/text/pseudonym";

const { adjectives, things } = pseudonymWords;

describe("pseudonyms", () => {
  test("there are at least 96 × 128, no word twice, and each is one capitalised word", () => {
    expect(adjectives.length).toBeGreaterThanOrEqual(96);
    expect(things.length).toBeGreaterThanOrEqual(128);
    const all = [...adjectives, ...things];
    expect(new Set(all).size).toBe(all.length);
    for (const word of all) expect(word).toMatch(/^[A-Z][a-z]{2,11}$/);
  });

  test("the same bytes always give the same name", () => {
    expect(pseudonymFrom(Uint8Array.of(0, 0, 0, 0))).toBe(`${adjectives[0]} ${things[0]}`);
    expect(pseudonymFrom(Uint8Array.of(1, 2, 3, 4, 9))).toBe(pseudonymFrom(Uint8Array.of(1, 2, 3, 4)));
  });

  test("every name is an adjective and a thing", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 32 }), (bytes) => {
        const [adjective, thing, ...rest] = pseudonymFrom(bytes).split(" ");
        expect(adjectives).toContain(adjective);
        expect(things).toContain(thing);
        expect(rest).toEqual([]);
      }),
    );
  });

  test("every word occurs", () => {
    const seen = new Set<string>();
    for (let n = 0; n < 256; n++)
      for (const word of pseudonymFrom(Uint8Array.of(0, n, 0, n)).split(" ")) seen.add(word);
    expect(seen.size).toBe(adjectives.length + things.length);
  });

  test("fewer than four bytes are an error", () => {
    expect(() => pseudonymFrom(Uint8Array.of(1, 2, 3))).toThrow(RangeError);
  });
});
