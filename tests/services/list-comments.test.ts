// A discussion for programs: every place once, in both orders, and no text of what cannot be read.
import { beforeAll, expect, test } from "vitest";
import type { CommentSort } from "@/lib/domain/comment";
import { deleteComment } from "@/lib/services/edit-comment";
import { listArticles } from "@/lib/services/list-articles";
import { listComments } from "@/lib/services/list-comments";
import { anArticle, by, post, refusalOf, type TestArticle, withoutRateLimits } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();
let article: TestArticle;
let ids: string[];

beforeAll(async () => {
  article = await anArticle();
  const first = await post(article, { body: "first", name: "Ada" });
  const reply = await post(article, { body: "reply", parentId: first.id });
  const deleted = await post(article, { body: "marker-deleted", name: "marker-name" });
  const held = await post(article, { body: "marker-held https://a.example https://b.example https://c.example" });
  const removed = await post(article, { body: "marker-removed" });
  const spam = await post(article, { body: "marker-spam" });
  const last = await post(article, { body: "last", parentId: reply.id });
  await deleteComment(by(), { id: deleted.id, editToken: deleted.editToken });
  await db.sql("UPDATE comments SET status = 'REMOVED', removal_reason = 'off topic' WHERE id = $1", [removed.id]);
  await db.sql("UPDATE comments SET status = 'SPAM' WHERE id = $1", [spam.id]);
  await db.sql("UPDATE threads SET comment_count = comment_count - 2 WHERE id = $1", [article.threadId]);
  expect(held.status).toBe("pending");
  ids = [first, reply, deleted, removed, spam, last].map((posted) => posted.id);
});

/** All pages, three comments each. */
async function everything(sort: CommentSort) {
  const comments = [];
  let after: number | undefined;
  do {
    const list = await listComments(by(), { slug: article.slug, sort, after, limit: 3 });
    if (!("comments" in list)) throw new Error("The article has not moved.");
    comments.push(...list.comments);
    after = list.next ?? undefined;
  } while (after !== undefined);
  return comments;
}

test.each<[CommentSort]>([["oldest"], ["best"]])("sorted by %s it reads from the first to the last", async (sort) => {
  expect((await everything(sort)).map((comment) => comment.id)).toEqual(ids);
});

test("newest first is the same backwards", async () => {
  expect((await everything("newest")).map((comment) => comment.id)).toEqual(ids.toReversed());
});

test("parents and depths are the true ones", async () => {
  const [first, reply, , , , last] = await everything("oldest");
  expect(first).toMatchObject({ parentId: null, depth: 0, replyCount: 1 });
  expect(reply).toMatchObject({ parentId: first?.id, depth: 1 });
  expect(last).toMatchObject({ parentId: reply?.id, depth: 2 });
});

test("what was deleted, removed or held leaves its place, and not a word of its own", async () => {
  const comments = await everything("oldest");
  expect(JSON.stringify(comments)).not.toContain("marker");
  expect(comments.map((comment) => comment.status)).toEqual([
    "PUBLISHED",
    "PUBLISHED",
    "DELETED",
    "REMOVED",
    "SPAM",
    "PUBLISHED",
  ]);
});

test.each([
  ["an article that never was", "never-was"],
  ["a slug that is none", "'; DROP TABLE comments; --"],
])("%s has no discussion", async (_sentence, slug) => {
  expect(await refusalOf(listComments(by(), { slug, sort: "oldest", limit: 3 }))).toBe("not_found");
});

test("the list of articles counts what can be read, and knows no unpublished one", async () => {
  const hidden = await anArticle("marker-hidden");
  await db.sql("UPDATE articles SET published_revision_id = NULL WHERE id = $1", [hidden.articleId]);
  const { items } = await listArticles(by(), { limit: 50 });
  expect(items.map(({ slug, commentCount }) => [slug, commentCount])).toContainEqual([article.slug, 3]);
  expect(JSON.stringify(items)).not.toContain("marker");
});

test("a topic that does not exist has no list", async () => {
  expect(await refusalOf(listArticles(by(), { topic: "never-was", limit: 5 }))).toBe("not_found");
});
