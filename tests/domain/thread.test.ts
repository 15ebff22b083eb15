// Pages of a thread: which places a page holds, on which page a place stands, and what nonsense in an address becomes.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commentSorts } from "@/lib/domain/comment";
import { limits } from "@/lib/domain/limits";
import { pageOfRoot, rootRange, threadPageSchema, threadPages } from "@/lib/domain/thread";

describe("rootRange", () => {
  const table: [string, number, "oldest" | "newest" | "best", number, { first: number; last: number } | null][] = [
    ["a thread with one root has it on page one", 1, "oldest", 1, { first: 1, last: 1 }],
    ["fifty fill a page", 50, "oldest", 1, { first: 1, last: 50 }],
    ["fifty have no second page", 50, "oldest", 2, null],
    ["the fifty-first opens a second page", 51, "oldest", 2, { first: 51, last: 51 }],
    ["newest first: the newest fifty", 51, "newest", 1, { first: 2, last: 51 }],
    ["newest first: the oldest is left for page two", 51, "newest", 2, { first: 1, last: 1 }],
    ["best reads like oldest until votes exist", 120, "best", 2, { first: 51, last: 100 }],
    ["page nought does not exist", 120, "oldest", 0, null],
    ["nor does one below", 120, "newest", -1, null],
    ["nor does one far beyond", 120, "oldest", 1_000_000, null],
  ];
  it.each(table)("%s", (_sentence, places, sort, page, expected) => {
    expect(rootRange(places, sort, page)).toEqual(expected);
  });

  it("gives an empty thread one empty page", () => {
    for (const sort of commentSorts) {
      const range = rootRange(0, sort, 1);
      expect(range && range.last < range.first).toBe(true);
      expect(rootRange(0, sort, 2)).toBeNull();
    }
  });
});

const threads = fc.record({
  places: fc.integer({ min: 0, max: 5_000 }),
  sort: fc.constantFrom(...commentSorts),
});

it("puts every root on exactly one page, and pageOfRoot knows which", () => {
  fc.assert(
    fc.property(threads, ({ places, sort }) => {
      const seen: number[] = [];
      for (let page = 1; page <= threadPages(places); page++) {
        const range = rootRange(places, sort, page);
        if (!range) throw new Error(`Page ${page} is missing.`);
        expect(range.last - range.first + 1).toBeLessThanOrEqual(limits.rootsPerPage);
        const onIt = Array.from({ length: range.last - range.first + 1 }, (_, nth) => range.first + nth);
        expect(onIt.filter((place) => pageOfRoot(places, sort, place) !== page)).toEqual([]);
        seen.push(...onIt);
      }
      expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: places }, (_, nth) => nth + 1));
      expect(rootRange(places, sort, threadPages(places) + 1)).toBeNull();
    }),
    { numRuns: 50 },
  );
});

it("keeps what was on a page in order there when others post", () => {
  fc.assert(
    fc.property(threads, fc.integer({ min: 0, max: 500 }), ({ places }, more) => {
      fc.pre(places > 0);
      expect(pageOfRoot(places + more, "oldest", places)).toBe(pageOfRoot(places, "oldest", places));
    }),
  );
});

describe("threadPageSchema", () => {
  const table: [string, unknown, unknown, { sort: string; page: number }][] = [
    ["nothing asked", undefined, undefined, { sort: "best", page: 1 }],
    ["a page and an order", "newest", "12", { sort: "newest", page: 12 }],
    ["another order", "oldest", "1", { sort: "oldest", page: 1 }],
    ["an order that does not exist", "random", "2", { sort: "best", page: 2 }],
    ["page nought", "best", "0", { sort: "best", page: 1 }],
    ["a negative page", "best", "-3", { sort: "best", page: 1 }],
    ["a page and a half", "best", "1.5", { sort: "best", page: 1 }],
    ["a page in powers of ten", "best", "1e3", { sort: "best", page: 1 }],
    ["a page with a leading nought", "best", "01", { sort: "best", page: 1 }],
    ["a page beyond all numbers", "best", "99999999999999999999", { sort: "best", page: 1 }],
    ["words", "best", "two", { sort: "best", page: 1 }],
    ["the same question twice", ["best", "newest"], ["1", "2"], { sort: "best", page: 1 }],
    ["other kinds of things", { $ne: "" }, 7, { sort: "best", page: 1 }],
    ["names every object has", "constructor", "__proto__", { sort: "best", page: 1 }],
  ];
  it.each(table)("%s", (_sentence, sort, page, expected) => {
    expect(threadPageSchema.parse({ sort, page })).toEqual(expected);
  });
});
