// Addresses made from titles.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { slugify } from "@/lib/text/slug";

describe("slugs", () => {
  test.each([
    ["words", "How do tides work?", "how-do-tides-work"],
    ["accents", "Crème brûlée", "creme-brulee"],
    ["German letters", "Über Straßen", "ueber-strassen"],
    ["Cyrillic", "Привет, мир", "privet-mir"],
    ["capitals inside words", "PostgreSQL and iPhone", "postgresql-and-iphone"],
    ["signs and spaces at the ends", "  -- Hello! -- ", "hello"],
    ["and-signs", "Salt & Pepper", "salt-and-pepper"],
    ["Chinese leaves nothing", "潮汐如何运作", ""],
    ["emoji leave nothing", "🌊🌙", ""],
    ["nothing", "", ""],
    ["a path is made harmless", "../../etc/passwd", "etc-passwd"],
  ])("%s", (_sentence, title, slug) => expect(slugify(title)).toBe(slug));

  test("a long one is cut between words", () => {
    expect(slugify("one two three four five", 12)).toBe("one-two");
    expect(slugify("one two three", 7)).toBe("one-two");
  });

  test("a long word is cut where it must be", () => expect(slugify("a".repeat(300))).toBe("a".repeat(80)));

  test("whatever the title, the slug fits its pattern and length", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 150 }), fc.integer({ min: 1, max: 100 }), (title, max) => {
        expect(slugify(title, max)).toMatch(/^(?:[a-z0-9]+(?:-[a-z0-9]+)*)?$/);
        expect(slugify(title, max).length).toBeLessThanOrEqual(max);
      }),
      { numRuns: 500 },
    );
  });
});
