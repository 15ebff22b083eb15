// From the flat comments of a page to nested lists: order, the cap on nesting, who is answered, what is left for later.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CommentView } from "@/lib/domain/comment";
import { buildTree, type CommentNode } from "@/lib/domain/comment-tree";
import { limits } from "@/lib/domain/limits";
import { commentView } from "@/tests/domain/comment-view";

/** Draws "1(2(4) 3) 5": ids by place, nested as they would be. */
function outline(nodes: readonly CommentNode[]): string {
  return nodes
    .map((node) => `${node.comment.id}${node.children.length > 0 ? `(${outline(node.children)})` : ""}`)
    .join(" ");
}

/** Comments from "id<parent"; places in order of writing, replyCount as it is in this list. */
function thread(...said: string[]): CommentView[] {
  const pairs = said.map((text) => text.split("<"));
  return pairs.map(([id = "", parentId], nth) =>
    commentView({
      id,
      parentId: parentId ?? null,
      place: nth + 1,
      replyCount: pairs.filter(([, parent]) => parent === id).length,
    }),
  );
}

/** Nodes of all levels, without recursion. */
function walk(roots: readonly CommentNode[]): { node: CommentNode; level: number }[] {
  const found: { node: CommentNode; level: number }[] = [];
  const left = roots.map((node) => ({ node, level: 1 }));
  for (let next = left.pop(); next; next = left.pop()) {
    found.push(next);
    for (const child of next.node.children) left.push({ node: child, level: next.level + 1 });
  }
  return found;
}

const nodeOf = (roots: readonly CommentNode[], id: string) =>
  walk(roots).find(({ node }) => node.comment.id === id)?.node;

describe("buildTree", () => {
  const table: [string, string[], "oldest" | "newest", string][] = [
    ["nothing gives nothing", [], "oldest", ""],
    ["roots in the order in which they were said", ["1", "2", "3"], "oldest", "1 2 3"],
    ["roots newest first", ["1", "2", "3"], "newest", "3 2 1"],
    ["replies under their parents", ["1", "2<1", "3", "4<1", "5<2"], "oldest", "1(2(5) 4) 3"],
    ["replies from old to new even when roots are not", ["1", "2<1", "3", "4<1"], "newest", "3 1(2 4)"],
    ["one whose parent is on another page stands by itself", ["5<1", "6<5", "7"], "oldest", "5(6) 7"],
    [
      "six levels nest, and what is deeper goes on beside its parent",
      ["1", "2<1", "3<2", "4<3", "5<4", "6<5", "7<6", "8<7", "9<5"],
      "oldest",
      "1(2(3(4(5(6 7 8 9)))))",
    ],
  ];
  it.each(table)("%s", (_sentence, said, order, expected) => {
    expect(outline(buildTree(thread(...said), order))).toBe(expected);
  });

  it("sorts by place, whatever order the comments come in", () => {
    const comments = thread("1", "2<1", "3", "4<2");
    expect(outline(buildTree([...comments].reverse()))).toBe("1(2(4)) 3");
  });

  it("leaves what it was given as it was", () => {
    const comments = thread("3", "1", "2<3").reverse();
    const before = structuredClone(comments);
    buildTree(comments, "newest");
    expect(comments).toEqual(before);
  });

  it("names who is answered, by id and name, also where the nesting no longer shows it", () => {
    const roots = buildTree(thread("1", "2<1", "3<2", "4<3", "5<4", "6<5", "7<6", "8<6"));
    expect(nodeOf(roots, "1")?.inReplyTo).toBeNull();
    expect(nodeOf(roots, "2")?.inReplyTo).toEqual({ id: "1", name: "Name 1" });
    expect(nodeOf(roots, "7")?.inReplyTo).toEqual({ id: "6", name: "Name 6" });
    expect(nodeOf(roots, "8")?.inReplyTo).toEqual({ id: "6", name: "Name 6" });
  });

  it("counts the direct replies that are not here, at every level", () => {
    const comments = thread("1", "2<1", "3<2").map((view) => ({
      ...view,
      replyCount: view.replyCount + Number(view.id),
    }));
    const roots = buildTree(comments);
    expect(["1", "2", "3"].map((id) => nodeOf(roots, id)?.moreReplies)).toEqual([1, 2, 3]);
  });

  it("never says that fewer than no replies are missing", () => {
    const stale = thread("1", "2<1", "3<1").map((view) => ({ ...view, replyCount: 0 }));
    expect(nodeOf(buildTree(stale), "1")?.moreReplies).toBe(0);
  });
});

/** Any thread: each comment answers an earlier one, or one that is not on the page, or nobody. */
const anyThread = fc
  .array(fc.oneof(fc.constant(null), fc.nat({ max: 300 }), fc.constant("elsewhere")), { maxLength: 300 })
  .map((parents) =>
    parents.map((parent, nth) =>
      commentView({
        id: String(nth),
        parentId: parent === "elsewhere" ? "x" : parent === null || nth === 0 ? null : String(parent % nth),
        place: nth + 1,
        replyCount: 5,
      }),
    ),
  );

it("shows every comment exactly once, never deeper than the cap, parents before replies", () => {
  fc.assert(
    fc.property(anyThread, fc.constantFrom("oldest", "newest"), (comments, order) => {
      const found = walk(buildTree(comments, order));
      expect(found.map(({ node }) => node.comment.id).sort()).toEqual(comments.map(({ id }) => id).sort());
      expect(Math.max(1, ...found.map(({ level }) => level))).toBeLessThanOrEqual(limits.nestingShown);
      for (const { node } of found) {
        const places = node.children.map((child) => child.comment.place);
        expect(places).toEqual([...places].sort((a, b) => a - b));
        expect(places.every((place) => place > node.comment.place)).toBe(true);
      }
      const roots = buildTree(comments, order).map((node) => node.comment.place);
      expect(roots).toEqual([...roots].sort((a, b) => (order === "newest" ? b - a : a - b)));
    }),
  );
});

const chain = (length: number) =>
  Array.from({ length }, (_, nth) =>
    commentView({ id: String(nth), parentId: nth === 0 ? null : String(nth - 1), place: nth + 1, replyCount: 1 }),
  );

it("draws a chain of ten thousand flat below the cap", () => {
  const found = walk(buildTree(chain(10_000)));
  expect(found).toHaveLength(10_000);
  expect(Math.max(...found.map(({ level }) => level))).toBe(limits.nestingShown);
});

it("costs in proportion to the comments: sixteen times as many take nowhere near 256 times as long", () => {
  const once = (comments: ReturnType<typeof chain>) => {
    const started = process.cpuUsage();
    for (let round = 0; round < 3; round++) buildTree(comments);
    const used = process.cpuUsage(started);
    return used.user + used.system;
  };
  // The quickest of three: what the collector does counts as well, and it comes when it likes.
  const time = (length: number) => {
    const comments = chain(length);
    return Math.min(...Array.from({ length: 3 }, () => once(comments)));
  };
  time(4_000);
  // In a few milliseconds the processor's caches count for more than the tree, and few comments fit into them; steps for every pair of so many
  // comments would take ten times as long as this.
  const least = 5_000;
  expect(time(64_000) / Math.max(time(4_000), least)).toBeLessThan(100);
});
