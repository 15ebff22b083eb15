// The generator of the bench's sites: its rows keep every rule of the database, its counts are what a recount gives, its HTML is the
// renderer's, and the same seed gives the same site.
import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { articleRows, revisionRows } from "@/bench/site/articles";
import { commentRows } from "@/bench/site/comments";
import { generateSite } from "@/bench/site/generate";
import { discussionOf, type SiteSize } from "@/bench/site/size";
import { createTexts } from "@/bench/site/texts";
import { readArticle } from "@/lib/services/read-article";
import { renderMarkdown } from "@/lib/text/markdown";
import { anArticle, by, post } from "@/tests/services/arrange";
import { withOwner } from "@/tests/services/plenty";
import { miscounts } from "@/tests/services/recount";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();

const size: SiteSize = { seed: 7, articles: 120, people: 40, threads: [0, 100, 400], comments: 12, sections: 3 };

beforeAll(async () => {
  // Something is there already.
  await post(await anArticle());
  await withOwner(db, (client) => generateSite(client, size));
});

const numberOf = async (question: string) => Number((await db.sql(`SELECT (${question}) AS n`))[0]?.n);

describe("a generated site", () => {
  it("has what was asked for", async () => {
    expect(await numberOf("SELECT count(*) FROM articles WHERE published_revision_id IS NOT NULL")).toBe(1 + 120);
    expect(await numberOf("SELECT count(*) FROM users")).toBe(40);
    for (const comments of size.threads) {
      const slug = discussionOf(comments);
      const read = await readArticle(by(), { slug, sort: "best", page: 1 });
      expect("thread" in read && read.thread.commentCount).toBe(comments);
    }
  });

  it("has the counts that a recount gives", async () => {
    expect(await miscounts(db)).toEqual([]);
  });

  it("has comments of every fate, edited ones, and a record of each removal", async () => {
    const fates = await db.sql("SELECT DISTINCT status::text FROM comments ORDER BY 1");
    expect(fates.map(({ status }) => status)).toEqual(["DELETED", "PENDING", "PUBLISHED", "REMOVED"]);
    expect(await numberOf("SELECT count(*) FROM comments WHERE status = 'REMOVED'")).toBe(
      await numberOf("SELECT count(*) FROM moderation_actions WHERE kind = 'REMOVE'"),
    );
    expect(await numberOf("SELECT count(*) FROM comments WHERE revision > 1")).toBe(
      await numberOf("SELECT count(*) FROM comment_revisions"),
    );
  });

  it("answers are below what they answer: deeper by one, later, under the same top-level comment", async () => {
    const wrong = await db.sql(`
      SELECT c.id FROM comments c JOIN comments p ON p.id = c.parent_id
      WHERE c.place <= p.place OR c.root_id <> coalesce(p.root_id, p.id) OR c.depth <> p.depth + 1
         OR c.created_at < p.created_at`);
    expect(wrong).toEqual([]);
    expect(await numberOf("SELECT max(depth) FROM comments")).toBe(5);
  });

  it("shows the HTML that the renderer makes of its Markdown", async () => {
    const options = { ownOrigin: "https://talk.example.org" };
    for (const { body, html } of await db.sql("SELECT body, html FROM comments WHERE body <> '' ORDER BY id LIMIT 300"))
      expect(html).toBe(renderMarkdown(String(body), { ...options, dialect: "comment" }).html.replace(/\n*$/, "\n"));
    for (const { body, html } of await db.sql("SELECT body, html FROM revisions WHERE state = 'PUBLISHED' OFFSET 1"))
      expect(html).toBe(renderMarkdown(String(body), { ...options, dialect: "article" }).html);
  });

  it("can be posted to", async () => {
    const { id } = await post({ slug: discussionOf(400) });
    expect(await numberOf(`SELECT place FROM comments WHERE id = ${Number(id)}`)).toBe(401);
    expect(await miscounts(db)).toEqual([]);
  });
});

describe("the same seed", () => {
  const first = { users: 1, visitors: 1, topics: 1, articles: 1, threads: 1, revisions: 1, comments: 1 };
  const printOf = (wish: SiteSize) => {
    const texts = createTexts(wish.seed);
    const hash = createHash("sha256");
    for (const rows of [articleRows(wish, first), revisionRows(wish, first, texts), commentRows(wish, first, texts)])
      for (const row of rows) hash.update(JSON.stringify(Object.values(row)));
    return hash.digest("hex");
  };

  it("gives the same site, another seed another", () => {
    const print = printOf(size);
    expect(printOf({ ...size })).toBe(print);
    expect(printOf({ ...size, seed: 8 })).not.toBe(print);
  });
});
