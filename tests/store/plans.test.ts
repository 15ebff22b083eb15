// The hot questions, as the services ask them, are answered by indexes: on a generated site, Postgres reads no growing table from end
// to end, and no more rows than a page has use for. `npm run bench:plans` looks at the same on a hundred thousand articles.
import { beforeAll, describe, expect, it } from "vitest";
import { explain, growing, questionsOf, smallTables } from "@/bench/explain";
import { hotReads } from "@/bench/hot-reads";
import { wide } from "@/bench/site/discussion";
import { generateSite } from "@/bench/site/generate";
import { discussionOf, mediumSite } from "@/bench/site/size";
import type { VisitorActor } from "@/lib/domain/actor";
import { countFigures } from "@/lib/services/count-figures";
import { deleteComment, editComment } from "@/lib/services/edit-comment";
import { identify } from "@/lib/services/identify";
import { readArticle } from "@/lib/services/read-article";
import { readComment } from "@/lib/services/read-comment";
import { readMe } from "@/lib/services/read-me";
import { reportComment } from "@/lib/services/report-comment";
import { anArticle, by, post, type TestArticle, visitorOf, withoutRateLimits } from "@/tests/services/arrange";
import { fillThread, withOwner } from "@/tests/services/plenty";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

/** The generated article with the longest discussion. */
const article = { slug: discussionOf(Math.max(...mediumSite.threads)) };
const ids = { middle: "", root: "" };
let crowd: TestArticle;
let crowdIds: string[];
let author: VisitorActor;
let token: string;
let ownId: string;

beforeAll(async () => {
  await withOwner(db, (client) => generateSite(client, mediumSite));
  crowd = await anArticle();
  crowdIds = await fillThread(db, crowd, { shape: wide, count: 2_000 });
  const [found] = await db.sql(
    `SELECT min(c.id) AS root, percentile_disc(0.5) WITHIN GROUP (ORDER BY c.id) AS middle
     FROM comments c JOIN threads t ON t.id = c.thread_id JOIN articles a ON a.id = t.article_id WHERE a.slug = $1`,
    [article.slug],
  );
  Object.assign(ids, { root: String(found?.root), middle: String(found?.middle) });
  const posted = await post(article);
  author = await visitorOf(posted);
  token = posted.visitorToken ?? "";
  ownId = posted.id;
  await db.sql("INSERT INTO visitors (token_hash) SELECT sha256(n::text::bytea) FROM generate_series(1, 20000) n");
  await countFigures();
  await db.sql("ANALYZE");
});

/** Fails on a question that reads a growing table from end to end; answers how many rows all of them touched. */
async function lookAt(work: () => Promise<unknown>): Promise<number> {
  const questions = await questionsOf(work);
  expect(questions.length).toBeGreaterThan(0);
  const small = await smallTables(db.sql);
  let rows = 0;
  for (const question of questions) {
    const answer = await explain(db.sql, question);
    const scanned = answer.scanned.filter((table) => growing.has(table) && !small.has(table));
    expect([scanned, question.text]).toEqual([[], question.text]);
    rows += answer.rows;
  }
  return rows;
}

describe("reads by index, and no more than it shows", () => {
  // The reads themselves are the same whatever the ids, which are known only when the site is there.
  it.each(hotReads(mediumSite, ids).map(({ name }) => name))("%s", async (name) => {
    const hot = hotReads(mediumSite, ids).find((one) => one.name === name);
    expect(await lookAt(async () => hot?.read())).toBeLessThanOrEqual(hot?.rows ?? 0);
  });
});

describe("costs what it shows, not what exists", () => {
  it.each(["best", "newest", "oldest"] as const)("the first page of a discussion, %s first", async (sort) => {
    const cost = async (comments: number) => {
      const work = () => readArticle(by(), { slug: discussionOf(comments), sort, page: 1 });
      return { questions: (await questionsOf(work)).length, rows: await lookAt(work) };
    };
    const [of1000, of20000] = [await cost(1_000), await cost(20_000)];
    expect(of20000.questions).toBe(of1000.questions);
    expect(of20000.rows).toBeLessThanOrEqual(1.3 * of1000.rows);
  });
});

const works: [string, () => Promise<unknown>][] = [
  ["an article with a crowd", () => readArticle(by(), { slug: crowd.slug, sort: "best", page: 1 })],
  ["a crowded comment's page", () => readComment(by(), { id: crowdIds[0] ?? "", after: 900 })],
  ["one's own comment's page", () => readComment(by(author), { id: ownId })],
  ["who one is", () => identify({ visitor: token, session: undefined })],
  ["what is one's own", () => readMe(by(author), { slug: article.slug })],
  ["posting", () => post(article, { body: "At the top." }, by(author))],
  ["posting as a stranger with a key", () => post(article, { key: "0123456789abcdef", body: "By a stranger." })],
  ["replying", () => post(article, { parentId: ids.middle, body: "Below." }, by(author))],
  ["editing", () => editComment(by(author), { id: ownId, body: "Changed." })],
  ["reporting", () => reportComment(by(author), { id: ids.middle, reason: "SPAM", note: "" })],
  ["counting what is new for the figures", () => countFigures()],
  ["deleting", () => deleteComment(by(author), { id: ownId })],
];

describe("works by index", () => {
  it.each(works)("%s", async (_what, work) => {
    await lookAt(work);
  });
});

describe("would see", () => {
  it("a table that is read from end to end", async () => {
    const asked = { text: "SELECT id FROM comments WHERE body = $1", values: ["x"] };
    expect((await explain(db.sql, asked)).scanned).toEqual(["comments"]);
  });

  it("rows that are read and thrown away", async () => {
    const asked = { text: "SELECT id FROM comments WHERE id > $1 AND body = $2", values: [0, "x"] };
    expect((await explain(db.sql, asked)).rows).toBeGreaterThan(10_000);
  });
});
