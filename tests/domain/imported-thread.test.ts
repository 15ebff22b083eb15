// The order of imported comments: every one once, each after its parent, whatever the file claims.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { branchesOf, type FoundComment } from "@/lib/domain/imported-thread";
import { limits } from "@/lib/domain/limits";

const now = new Date("2026-01-01T00:00:00Z");
const at = (minute: number) => new Date(Date.UTC(2013, 0, 1, 0, minute));
const found = (id: string, parentId: string, more: Partial<FoundComment> = {}): FoundComment => ({
  ...{ id, parentId, date: at(Number(id)), status: "PUBLISHED" as const },
  ...more,
});
const shape = (comments: FoundComment[]) =>
  branchesOf(comments, now).map(({ comment, parentId }) => [comment.id, parentId]);

describe("order and parents", () => {
  test.each([
    [
      "by date",
      [found("2", "0"), found("1", "")],
      [
        ["1", null],
        ["2", null],
      ],
    ],
    [
      "a parent that comes later in the file",
      [found("2", "1"), found("1", "0")],
      [
        ["1", null],
        ["2", "1"],
      ],
    ],
    [
      "a parent that is younger than its reply",
      [found("1", "2"), found("2", "0")],
      [
        ["2", null],
        ["1", "2"],
      ],
    ],
    ["a parent that did not come over", [found("1", "99")], [["1", null]]],
    [
      "a parent that is held",
      [found("1", "0", { status: "PENDING" }), found("2", "1")],
      [
        ["1", null],
        ["2", null],
      ],
    ],
    [
      "the nearest above that can be seen",
      [found("1", "0"), found("2", "1", { status: "PENDING" }), found("3", "2")],
      [
        ["1", null],
        ["2", "1"],
        ["3", "1"],
      ],
    ],
    ["a comment that answers itself", [found("1", "1")], [["1", null]]],
    [
      "a circle is cut open",
      [found("1", "2"), found("2", "3"), found("3", "1")],
      [
        ["3", null],
        ["2", "3"],
        ["1", "2"],
      ],
    ],
    ["the same number twice is one comment", [found("1", "0"), found("1", "0")], [["1", null]]],
  ])("%s", (_, comments, expected) => {
    const result = shape(comments);
    expect(new Map(result.map(([id, parent]) => [id, parent]))).toEqual(
      new Map(expected.map(([id, parent]) => [id, parent])),
    );
    expect(result).toHaveLength(expected.length);
  });

  test("a comment of the future or without a date is of now", () => {
    const branches = branchesOf(
      [found("1", "0", { date: new Date("2099-01-01") }), found("2", "0", { date: null })],
      now,
    );
    expect(branches.map((branch) => branch.at)).toEqual([now, now]);
  });

  test("what had to change is said", () => {
    const notes = branchesOf([found("1", "9"), found("2", "0", { status: "PENDING" }), found("3", "2")], now).map(
      (branch) => branch.note,
    );
    expect(notes).toEqual([
      "what it answers did not come over: it stands on its own",
      null,
      "what it answers cannot be seen: it stands on its own",
    ]);
  });

  test("a chain deeper than a thread goes on at its depth, and 50,000 comments take no time", () => {
    const chain = Array.from({ length: 50_000 }, (_, n) => found(String(n + 1), String(n), { date: at(1) }));
    const started = performance.now();
    const branches = branchesOf(chain.reverse(), now);
    expect(performance.now() - started).toBeLessThan(5_000);
    const depth = new Map<string, number>();
    for (const { comment, parentId } of branches)
      depth.set(comment.id, parentId === null ? 0 : (depth.get(parentId) ?? Number.NaN) + 1);
    expect(Math.max(...depth.values())).toBe(limits.threadDepth);
  });
});

test("for any claims: every comment once, parents first and visible, dates never before the parent's", () => {
  const comment = fc.record({
    id: fc.integer({ min: 1, max: 30 }).map(String),
    parentId: fc.integer({ min: 0, max: 32 }).map(String),
    date: fc.option(fc.integer({ min: 0, max: 100 }).map(at)),
    status: fc.constantFrom("PUBLISHED" as const, "PENDING" as const),
  });
  fc.assert(
    fc.property(fc.array(comment, { maxLength: 40 }), (comments) => {
      const branches = branchesOf(comments, now);
      expect(new Set(branches.map((branch) => branch.comment.id)).size).toBe(branches.length);
      expect(branches.length).toBe(new Set(comments.map((one) => one.id)).size);
      const seen = new Map<string, (typeof branches)[number]>();
      for (const branch of branches) {
        if (branch.parentId !== null) {
          const parent = seen.get(branch.parentId);
          expect(parent?.status).toBe("PUBLISHED");
          expect(parent && parent.at <= branch.at).toBe(true);
        }
        seen.set(branch.comment.id, branch);
      }
    }),
  );
});
