// Threads far larger than any reader wants at once (F16, F17): what is read stays bounded, and costs as many questions as a small one.
import { beforeAll, describe, expect, it } from "vitest";
import { questionsOf } from "@/bench/explain";
import { chainsOf, roots, wide } from "@/bench/site/discussion";
import type { CommentNode } from "@/lib/domain/comment-tree";
import { limits } from "@/lib/domain/limits";
import { threadPages } from "@/lib/domain/thread";
import { deleteComment } from "@/lib/services/edit-comment";
import { readArticle, readDiscussion } from "@/lib/services/read-article";
import { readComment } from "@/lib/services/read-comment";
import { editTokenOf } from "@/lib/services/tokens";
import { anArticle, by, post, refusalOf, type TestArticle, withoutRateLimits } from "@/tests/services/arrange";
import { fillThread } from "@/tests/services/plenty";
import { miscounts } from "@/tests/services/recount";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

const deep = 10;

let small: TestArticle;
let chains: TestArticle;
let many: TestArticle;
let crowd: TestArticle;
let smallIds: string[];
let chainIds: string[];
let manyIds: string[];
let crowdIds: string[];

beforeAll(async () => {
  small = await anArticle("A small one");
  smallIds = await fillThread(db, small, { shape: chainsOf(3), count: 9 });
  // Ten chains as deep as they can be: ten thousand comments.
  chains = await anArticle("Ten deep ones");
  chainIds = await fillThread(db, chains, { shape: chainsOf(limits.threadDepth), count: deep * limits.threadDepth });
  many = await anArticle("Five thousand beside each other");
  manyIds = await fillThread(db, many, { shape: roots, count: 5_000 });
  crowd = await anArticle("A thousand answers to one");
  crowdIds = await fillThread(db, crowd, { shape: wide, count: 1_001 });
  await db.sql("ANALYZE");
});

function shownIn(nodes: readonly CommentNode[]): CommentNode[] {
  const found: CommentNode[] = [];
  const left = [...nodes];
  for (let node = left.pop(); node; node = left.pop()) {
    found.push(node);
    left.push(...node.children);
  }
  return found;
}

const heightOf = (nodes: readonly CommentNode[]): number =>
  nodes.length === 0 ? 0 : 1 + Math.max(...nodes.map((node) => heightOf(node.children)));

/** How many questions `work` asks; the fewest of three times, since what a process keeps for some seconds is asked for anew after them. */
async function fewestQuestions(work: () => Promise<unknown>): Promise<number> {
  const counts: number[] = [];
  for (let time = 0; time < 3; time++) counts.push((await questionsOf(work)).length);
  return Math.min(...counts);
}

async function page(article: TestArticle, number = 1, sort: "oldest" | "newest" = "oldest") {
  const read = await readArticle(by(), { slug: article.slug, sort, page: number });
  if ("moved" in read) throw new Error("The article has moved.");
  return read.thread;
}

describe("the article's page", () => {
  it("shows of ten chains of a thousand their first replies, and leads to the rest", async () => {
    const { roots: nodes, commentCount } = await page(chains);
    expect(commentCount).toBe(deep * limits.threadDepth);
    const shown = shownIn(nodes);
    expect(nodes).toHaveLength(deep);
    expect(shown.length).toBeLessThanOrEqual(limits.rootsPerPage + limits.repliesPerPage);
    expect(heightOf(nodes)).toBe(limits.nestingShown);
    // Each chain's last shown comment has one more reply.
    expect(shown.filter((node) => node.moreReplies === 1)).toHaveLength(deep);
    const perChain = limits.repliesPerPage / deep;
    expect(nodes.map((root) => shownIn([root]).length)).toEqual(nodes.map(() => 1 + perChain));
  });

  it("shows of a thousand answers to one comment the first forty", async () => {
    const { roots: nodes } = await page(crowd);
    const shown = shownIn(nodes);
    expect(shown).toHaveLength(1 + limits.repliesPerRoot);
    expect(nodes[0]?.moreReplies).toBe(1_000 - limits.repliesPerRoot);
    expect(nodes[0]?.children.map(({ comment }) => comment.id)).toEqual(crowdIds.slice(1, 1 + limits.repliesPerRoot));
  });

  it.each(["oldest", "newest"] as const)(
    "walks through five thousand top-level comments, %s first, once each",
    async (sort) => {
      const seen: string[] = [];
      const pages = threadPages(manyIds.length);
      for (let number = 1; number <= pages; number++) {
        seen.push(...(await page(many, number, sort)).roots.map(({ comment }) => comment.id));
      }
      expect(seen).toEqual(sort === "oldest" ? manyIds : [...manyIds].reverse());
      expect(await refusalOf(page(many, pages + 1, sort))).toBe("not_found");
    },
  );

  it("asks as many questions as for a small thread, on any page", async () => {
    const countOf = (article: TestArticle, number = 1) => fewestQuestions(() => page(article, number));
    const expected = await countOf(small);
    expect(expected).toBeGreaterThan(0);
    expect([await countOf(chains), await countOf(many), await countOf(crowd)]).toEqual(Array(3).fill(expected));
    // A later page shows nothing that is pinned.
    expect(await countOf(many, 77)).toBeLessThanOrEqual(expected);
  });

  it("prints a thousand comments and no more", async () => {
    expect(shownIn((await readDiscussion(by(), { slug: chains.slug })).roots)).toHaveLength(limits.printedComments);
  });
});

const bottom = () => chainIds[limits.threadDepth - 1] ?? "";

describe("a comment's own page", () => {
  it("shows what hangs on it, bounded and never deep", async () => {
    const { subThread } = await readComment(by(), { id: chainIds[0] ?? "" });
    const shown = shownIn([subThread.node]);
    expect(shown.length).toBe(limits.commentsPerSubThread + 1);
    expect(heightOf([subThread.node])).toBe(limits.nestingShown);
    expect(shown.filter((node) => node.moreReplies > 0)).toHaveLength(1);
    expect(new Set(shown.map(({ comment }) => comment.id)).size).toBe(shown.length);
  });

  it("names the first and the nearest of a thousand ancestors, and how many are left out", async () => {
    const { subThread } = await readComment(by(), { id: bottom() });
    const depths = subThread.ancestors.map(({ depth }) => depth);
    const nearest = Array.from(
      { length: limits.ancestorsShown - 1 },
      (_, nth) => limits.threadDepth - limits.ancestorsShown + nth,
    );
    expect(depths).toEqual([0, ...nearest]);
    expect(subThread.ancestorsLeftOut).toBe(limits.threadDepth - limits.ancestorsShown - 1);
    expect(subThread.node.inReplyTo?.id).toBe(chainIds[limits.threadDepth - 2]);
  });

  it.each([0, 1, 2, 7, 8, 9, 10])("names all ancestors when there are few: depth %i", async (depth) => {
    const { subThread } = await readComment(by(), { id: chainIds[depth] ?? "" });
    const named = subThread.ancestors.map((ancestor) => ancestor.id);
    expect(named.length + subThread.ancestorsLeftOut).toBe(depth);
    expect(named.length).toBe(Math.min(depth, limits.ancestorsShown));
    expect(named[0]).toBe(depth === 0 ? undefined : chainIds[0]);
    expect(named.at(-1)).toBe(depth === 0 ? undefined : chainIds[depth - 1]);
  });

  it("walks through a thousand direct replies, once each", async () => {
    const seen: string[] = [];
    let after: number | undefined;
    for (let rounds = 0; rounds < 30; rounds++) {
      const { subThread } = await readComment(by(), { id: crowdIds[0] ?? "", after });
      seen.push(...subThread.node.children.map(({ comment }) => comment.id));
      if (subThread.more === null) break;
      after = Number(subThread.more);
    }
    expect(seen).toEqual(crowdIds.slice(1));
  });

  it("asks as many questions as in a small thread", async () => {
    const countOf = (id = "") => fewestQuestions(() => readComment(by(), { id }));
    // A root asks for no ancestors; one within asks for them.
    const ofRoot = await countOf(smallIds[0]);
    expect([await countOf(chainIds[0]), await countOf(crowdIds[0]), await countOf(manyIds[9])]).toEqual(
      Array(3).fill(ofRoot),
    );
    const inSmall = await countOf(smallIds[1]);
    expect([await countOf(chainIds[500]), await countOf(bottom()), await countOf(crowdIds[700])]).toEqual(
      Array(3).fill(inSmall),
    );
  });
});

describe("writing", () => {
  it("asks as many questions in a large thread as in a small one", async () => {
    const countOf = (article: TestArticle, parentId: string | null) =>
      fewestQuestions(() => post(article, { parentId, body: "One more." }));
    expect(await countOf(many, null)).toBe(await countOf(small, null));
    expect(await countOf(chains, bottom())).toBe(await countOf(small, smallIds[0] ?? null));
  });

  it("deletes at the top and in the middle of a chain, and everything below stays readable", async () => {
    for (const id of [chainIds[0] ?? "", chainIds[500] ?? ""]) {
      await deleteComment(by(), { id, editToken: editTokenOf(id) });
    }
    const { subThread } = await readComment(by(), { id: chainIds[502] ?? "" });
    expect(subThread.ancestors.map(({ status }) => status)).toContain("DELETED");
    expect((await page(chains)).roots[0]?.comment).toMatchObject({ status: "DELETED", html: "" });
    expect(await miscounts(db)).toEqual([]);
  });
});
