// The hot questions, as the services ask them, are answered by indexes: Postgres' plan for each, on a site with tens of thousands
// of comments, reads no large table from end to end.
import { beforeAll, describe, expect, it } from "vitest";
import type { VisitorActor } from "@/lib/domain/actor";
import { deleteComment, editComment } from "@/lib/services/edit-comment";
import { identify } from "@/lib/services/identify";
import { listArticles } from "@/lib/services/list-articles";
import { listComments } from "@/lib/services/list-comments";
import { readArticle, readDiscussion } from "@/lib/services/read-article";
import { readComment } from "@/lib/services/read-comment";
import { readDiscussionFeed, readSiteFeed, readTopicFeed } from "@/lib/services/read-feed";
import { readFront } from "@/lib/services/read-front";
import { readMe } from "@/lib/services/read-me";
import { readPerson } from "@/lib/services/read-person";
import { readTopic } from "@/lib/services/read-topics";
import { reportComment } from "@/lib/services/report-comment";
import { anArticle, by, post, type TestArticle, visitorOf, withoutRateLimits } from "@/tests/services/arrange";
import { chainsOf, fillSite, fillThread, type Question, questionsOf, wide } from "@/tests/services/plenty";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

let article: TestArticle;
let ids: string[];
let crowd: TestArticle;
let crowdIds: string[];
let author: VisitorActor;
let token: string;
let ownId: string;

beforeAll(async () => {
  await fillSite(db, { count: 30_000, comments: 1 });
  article = await anArticle();
  ids = await fillThread(db, article, { shape: chainsOf(20), count: 20_000 });
  crowd = await anArticle();
  crowdIds = await fillThread(db, crowd, { shape: wide, count: 2_000 });
  const posted = await post(article);
  author = await visitorOf(posted);
  token = posted.visitorToken ?? "";
  ownId = posted.id;
  await db.sql("INSERT INTO visitors (token_hash) SELECT sha256(n::text::bytea) FROM generate_series(1, 20000) n");
  await db.sql("ANALYZE");
}, 120_000);

/** Tables that grow with the site. */
const large = new Set([
  "articles",
  "revisions",
  "threads",
  "comments",
  "comment_revisions",
  "credits",
  "article_topics",
  "visitors",
  "pseudonyms",
  "reports",
  "moderation_actions",
  "idempotency_keys",
  "rate_limits",
]);

interface Plan {
  "Node Type": string;
  "Relation Name"?: string;
  "Plan Rows": number;
  Plans?: Plan[];
}

/** Large tables that the plan of a question reads from end to end. */
async function scannedBy({ text, values }: Question): Promise<string[]> {
  const [row] = await db.sql(`EXPLAIN (FORMAT JSON) ${text}`, values);
  const [{ Plan: plan }]: [{ Plan: Plan }] = Object(row)["QUERY PLAN"];
  const scanned: string[] = [];
  const left = [plan];
  for (let node = left.pop(); node; node = left.pop()) {
    const table = node["Relation Name"] ?? "";
    if (node["Node Type"] === "Seq Scan" && large.has(table)) scanned.push(table);
    left.push(...(node.Plans ?? []));
  }
  return scanned;
}

/** Tables with so few rows that reading them whole is the best plan, whatever indexes they have. */
async function smallTables(): Promise<Set<string>> {
  const rows = await db.sql("SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples < 500");
  return new Set(rows.map(({ relname }) => String(relname)));
}

const middle = () => ids[ids.length / 2 + 10] ?? "";

const works: [string, () => Promise<unknown>][] = [
  ["the article", () => readArticle(by(), { slug: article.slug, sort: "best", page: 1 })],
  ["its last page", () => readArticle(by(), { slug: article.slug, sort: "newest", page: 20 })],
  ["an article with a crowd", () => readArticle(by(), { slug: crowd.slug, sort: "best", page: 1 })],
  ["an ordinary article", () => readArticle(by(), { slug: "plenty-700", sort: "best", page: 1 })],
  ["the printed discussion", () => readDiscussion(by(), { slug: article.slug })],
  ["a comment's page", () => readComment(by(author), { id: middle() })],
  ["a crowded comment's page", () => readComment(by(), { id: crowdIds[0] ?? "", after: 900 })],
  ["one's own comment's page", () => readComment(by(author), { id: ownId })],
  ["the list for programs", () => listComments(by(), { slug: article.slug, sort: "newest", limit: 50, after: 9_000 })],
  ["the discussion's feed", () => readDiscussionFeed(by(), { slug: article.slug })],
  ["the front page", () => readFront(by(), {})],
  ["an older front page", async () => readFront(by(), { before: (await readFront(by(), {})).newest.older ?? "" })],
  ["the articles for programs", () => listArticles(by(), { limit: 50 })],
  ["a topic", () => readTopic(by(), { slug: "plenty" })],
  ["a person", () => readPerson(by(), { handle: "busy" })],
  ["the site's feed", () => readSiteFeed(by())],
  ["a topic's feed", () => readTopicFeed(by(), { slug: "plenty" })],
  ["who one is", () => identify({ visitor: token, session: undefined })],
  ["what is one's own", () => readMe(by(author), { slug: article.slug })],
  ["posting", () => post(article, { body: "At the top." }, by(author))],
  ["posting as a stranger with a key", () => post(article, { key: "0123456789abcdef", body: "By a stranger." })],
  ["replying", () => post(article, { parentId: middle(), body: "Below." }, by(author))],
  ["editing", () => editComment(by(author), { id: ownId, body: "Changed." })],
  ["reporting", () => reportComment(by(author), { id: middle(), reason: "SPAM", note: "" })],
  ["deleting", () => deleteComment(by(author), { id: ownId })],
];

describe("reads by index", () => {
  it.each(works)("%s", async (_what, work) => {
    const questions = await questionsOf(work);
    expect(questions.length).toBeGreaterThan(0);
    const small = await smallTables();
    for (const question of questions) {
      const scanned = (await scannedBy(question)).filter((table) => !small.has(table));
      expect([scanned, question.text]).toEqual([[], question.text]);
    }
  });
});

it("would see a table that is read from end to end", async () => {
  expect(await scannedBy({ text: "SELECT id FROM comments WHERE body = $1", values: ["x"] })).toEqual(["comments"]);
});
