// Feeds, share images and the sitemap: the newest, bounded, and never what is not published (R45).
import { beforeAll, expect, test } from "vitest";
import { limits } from "@/lib/domain/limits";
import { readCard } from "@/lib/services/read-card";
import { readDiscussionFeed, readSiteFeed, readTopicFeed } from "@/lib/services/read-feed";
import { readSitemap, readSitemapPart } from "@/lib/services/read-sitemap";
import { anArticle, by, post, refusalOf, type TestArticle, withoutRateLimits } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

const marker = "marker-unpublished";
const nth = Array.from({ length: limits.feedEntries + 3 }, (_, index) => index);
let articles: TestArticle[];
let hidden: TestArticle;

beforeAll(async () => {
  articles = [];
  for (const index of nth) articles.push(await anArticle(`Article ${index}`));
  hidden = await anArticle(marker);
  await db.sql("UPDATE articles SET published_revision_id = NULL WHERE id = $1", [hidden.articleId]);
  const [topic] = await db.sql("INSERT INTO topics (slug, name) VALUES ('bees', 'Bees') RETURNING id");
  for (const { articleId } of [...articles.slice(0, 2), hidden]) {
    await db.sql("INSERT INTO article_topics (article_id, topic_id, listed_at) VALUES ($1, $2, $3)", [
      articleId,
      topic?.id,
      articleId === hidden.articleId ? null : new Date(),
    ]);
  }
});

test("the site's feed has the newest articles, newest first, and no more than fit", async () => {
  const { entries } = await readSiteFeed(by());
  expect(entries.map((entry) => entry.id)).toEqual(
    articles
      .toReversed()
      .slice(0, limits.feedEntries)
      .map((article) => String(article.articleId)),
  );
  expect(JSON.stringify(entries)).not.toContain(marker);
});

test("texts beyond the feed's room are left out, from the oldest on", async () => {
  await db.sql("UPDATE revisions SET html = repeat('x', 400000)");
  const { entries } = await readSiteFeed(by());
  expect(entries.map((entry) => entry.html !== null)).toEqual([true, true, ...entries.slice(2).map(() => false)]);
});

test("a topic's feed has its own articles only", async () => {
  const { entries } = await readTopicFeed(by(), { slug: "bees" });
  expect(entries.map((entry) => entry.title).toSorted()).toEqual(["Article 0", "Article 1"]);
  expect(await refusalOf(readTopicFeed(by(), { slug: "wasps" }))).toBe("not_found");
});

test("a discussion's feed has the newest comments that can be read", async () => {
  const [article] = articles;
  if (!article) throw new Error("There are articles.");
  for (const index of nth) await post(article, { body: `Comment ${index}` });
  const removed = await post(article, { body: "marker-removed" });
  await db.sql("UPDATE comments SET status = 'REMOVED', removal_reason = 'off topic' WHERE id = $1", [removed.id]);
  const found = await readDiscussionFeed(by(), article);
  if ("moved" in found) throw new Error("The article has not moved.");
  expect(found.feed.entries).toHaveLength(limits.feedEntries);
  expect(found.feed.entries[0]?.html).toBe(`<p>Comment ${nth.at(-1)}</p>\n`);
  expect(JSON.stringify(found)).not.toContain("marker");
});

test("an article that is not published has neither feed nor share image", async () => {
  expect(await refusalOf(readDiscussionFeed(by(), hidden))).toBe("not_found");
  expect(await refusalOf(readCard(by(), hidden))).toBe("not_found");
});

test("a small site's sitemap is one list", async () => {
  const sitemap = await readSitemap(by());
  if (!("addresses" in sitemap)) throw new Error("The site is small.");
  const paths = sitemap.addresses.map((address) => address.path);
  expect(paths).toEqual(["/", "/topics", ...articles.map((article) => `/articles/${article.slug}`)]);
});

test("a large site's sitemap is a list of parts, which together list everything once", async () => {
  await db.sql("SELECT setval('articles_id_seq', 25000)");
  const late = await anArticle();
  const sitemap = await readSitemap(by());
  if (!("parts" in sitemap)) throw new Error("The site is large.");
  expect(sitemap.parts.filter(({ kind }) => kind === "articles").map(({ part }) => part)).toEqual([0, 1, 2]);
  const listed = await Promise.all(sitemap.parts.map((part) => readSitemapPart(by(), part)));
  const paths = listed.flat().map((address) => address.path);
  expect(paths).toEqual(["/", "/topics", ...[...articles, late].map((article) => `/articles/${article.slug}`)]);
  expect(await refusalOf(readSitemapPart(by(), { kind: "articles", part: 3 }))).toBe("not_found");
});
