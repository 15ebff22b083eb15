// Whatever the shape of a discussion, every comment can be reached from the article by following "more replies".
import fc from "fast-check";
import { expect, it } from "vitest";
import type { CommentNode } from "@/lib/domain/comment-tree";
import { threadPages } from "@/lib/domain/thread";
import { readArticle } from "@/lib/services/read-article";
import { readComment } from "@/lib/services/read-comment";
import { anArticle, by, post, type TestArticle, withoutRateLimits } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

freshDatabase();
withoutRateLimits();

/** All ids that a patient reader sees, and the pages of comments they open on the way. */
async function reached(article: TestArticle, pages: number): Promise<Set<string>> {
  const seen = new Set<string>();
  const toOpen: string[] = [];
  const look = (nodes: readonly CommentNode[]) => {
    for (const node of nodes) {
      seen.add(node.comment.id);
      if (node.moreReplies > 0) toOpen.push(node.comment.id);
      look(node.children);
    }
  };
  for (let page = 1; page <= pages; page++) {
    const read = await readArticle(by(), { slug: article.slug, sort: "best", page });
    if ("thread" in read) look(read.thread.roots);
  }
  const opened = new Set<string>();
  for (let id = toOpen.pop(); id !== undefined; id = toOpen.pop()) {
    if (opened.has(id)) continue;
    opened.add(id);
    for (let after: number | undefined = 0; after !== undefined; ) {
      const { subThread } = await readComment(by(), { id, after });
      look(subThread.node.children);
      after = subThread.more === null ? undefined : Number(subThread.more);
    }
  }
  return seen;
}

// How strongly replies crowd under few comments: nought is any comment alike, one is always the first.
it.each([0, 0.5, 0.9])("when replies crowd by %d", async (crowding) => {
  const article = await anArticle();
  const chances = fc.sample(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat()), {
    numRuns: 220,
    seed: 7,
  });
  const ids: string[] = [];
  for (const [nth, [chance, pick]] of chances.entries()) {
    const parentId = nth === 0 ? null : (ids[chance < crowding ? pick % 2 : pick % ids.length] ?? null);
    ids.push((await post(article, { parentId, body: `Number ${nth}.` })).id);
  }
  expect([...(await reached(article, threadPages(1)))].sort()).toEqual([...ids].sort());
});
