// The first-run site: planted once, whole, readable everywhere, with counts that are true.
import { expect, it } from "vitest";
import { listArticles } from "@/lib/services/list-articles";
import { type FirstComment, plantFirstSite } from "@/lib/services/plant-first-site";
import { readArticle } from "@/lib/services/read-article";
import { readComment } from "@/lib/services/read-comment";
import { readFront } from "@/lib/services/read-front";
import { readPerson } from "@/lib/services/read-person";
import { readTopic, readTopics } from "@/lib/services/read-topics";
import { readSeedContent } from "@/prisma/seed/content";
import { plantWhenEmpty } from "@/scripts/first-site";
import { by, ownOrigin } from "@/tests/services/arrange";
import { miscounts } from "@/tests/services/recount";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();

const plant = () => plantFirstSite(() => readSeedContent(), { now: new Date(), ownOrigin });
const rowsOf = async (table: string) => Number((await db.sql(`SELECT count(*) FROM ${table}`))[0]?.count);

it("is planted once by those who start at the same moment, and never again", async () => {
  const outcomes = await Promise.all([plantWhenEmpty(ownOrigin), plantWhenEmpty(ownOrigin), plant()]);
  expect(outcomes.sort()).toEqual([false, false, true]);
  const comments = await rowsOf("comments");
  expect(comments).toBeGreaterThan(0);
  expect(await plant()).toBe(false);
  expect(await rowsOf("comments")).toBe(comments);
});

it("holds everything its files say", async () => {
  const site = readSeedContent();
  const all = (comments: FirstComment[]): number =>
    comments.reduce((sum, comment) => sum + 1 + all(comment.replies), 0);
  expect(await rowsOf("users")).toBe(site.people.length);
  expect(await rowsOf("topics")).toBe(site.topics.length);
  expect(await rowsOf("articles")).toBe(site.articles.length);
  expect(await rowsOf("revisions")).toBe(site.articles.reduce((sum, article) => sum + article.revisions.length, 0));
  expect(await rowsOf("comments")).toBe(site.articles.reduce((sum, article) => sum + all(article.comments), 0));
});

it("counts truly", async () => {
  expect(await miscounts(db)).toEqual([]);
});

it("can be read everywhere", async () => {
  const ctx = by();
  for (const { slug } of (await listArticles(ctx, { limit: 50 })).items) {
    const read = await readArticle(ctx, { slug, sort: "oldest", page: 1 });
    if ("moved" in read) throw new Error(`${slug} has moved.`);
    expect(read.article.details.writtenBy.length).toBeGreaterThan(0);
    expect(read.article.details.writtenBy.every((person) => person.handle !== null)).toBe(true);
    expect(read.article.html).toContain("<p>");
    for (const root of read.thread.roots) {
      const page = await readComment(ctx, { id: root.comment.id });
      expect(page.subThread.node.comment).toEqual(root.comment);
    }
  }
  const front = await readFront(ctx, {});
  expect(front.lively.length).toBeGreaterThan(0);
  for (const { slug, articleCount } of await readTopics(ctx)) {
    expect((await readTopic(ctx, { slug })).articles.items).toHaveLength(articleCount);
  }
  for (const { handle } of readSeedContent().people) {
    expect(await readPerson(ctx, { handle })).toMatchObject({ handle });
  }
});

it("dates everything as its files say, and nothing later than now", async () => {
  const deletions = (comments: FirstComment[]): number[] =>
    comments.flatMap(({ deleted, minutesAfter, replies }) => [
      ...(deleted ? [deleted.minutesAfter - minutesAfter] : []),
      ...deletions(replies),
    ]);
  const wanted = readSeedContent().articles.flatMap(({ comments }) => deletions(comments));
  const rows = await db.sql(
    `SELECT round(extract(epoch FROM decided_at - created_at) / 60)::int AS minutes FROM comments
     WHERE status = 'DELETED' ORDER BY minutes`,
  );
  expect(wanted.length).toBeGreaterThan(0);
  expect(rows.map(({ minutes }) => minutes)).toEqual(wanted.sort((a, b) => a - b));
  const ahead = await db.sql("SELECT id FROM comments WHERE greatest(created_at, edited_at, decided_at) > now()");
  expect(ahead).toEqual([]);
});
