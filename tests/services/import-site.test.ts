// Bringing a WordPress site over, on the real database: what comes, what stays behind, twice, cut off in the middle, and hostile.
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { env } from "@/lib/env";
import { type ImportWordpress, importWordpress, type ReportLine } from "@/lib/services/import-site";
import { readArticle } from "@/lib/services/read-article";
import { readComment } from "@/lib/services/read-comment";
import { exportFoot, exportHead, exportItem, type FakeSite, wordpressExport } from "../fixtures/wordpress-export";
import { freshDatabase } from "../support/database";
import { by } from "./arrange";
import { miscounts } from "./recount";

const db = freshDatabase();
const now = new Date("2026-01-01T00:00:00Z");
const options = { now, ownOrigin: "http://localhost:3000" };
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "colloquy-import-test-"));
  Object.assign(env(), { dataDir: join(folder, "data") });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Every test has a site of its own, so that none needs an empty database. */
let sites = 0;
const nextSite = () => `https://site-${++sites}.example.org`;

async function bring(text: string | (() => AsyncIterable<string>), more: Partial<ImportWordpress> = {}) {
  const lines: ReportLine[] = [];
  const open = typeof text === "string" ? () => once(text) : text;
  const counts = await importWordpress(
    {
      files: [open],
      pingbacks: "list",
      discussions: "keep",
      dryRun: false,
      onLine: (line) => lines.push(line),
      ...more,
    },
    options,
  );
  return { counts, lines };
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

const authors = [{ login: "anna", email: "anna@example.org", name: "Anna Ünal" }];
const site = (content: FakeSite): FakeSite => ({ authors, link: nextSite(), ...content });

/** Rows of every table that an import writes. */
async function rowCounts(): Promise<Record<string, unknown>> {
  const tables = [
    "users",
    "visitors",
    "articles",
    "revisions",
    "credits",
    "topics",
    "article_topics",
    "threads",
    "comments",
  ];
  const more = ["moderation_actions", "pingbacks", "files", "imported_items", "pseudonyms"];
  const counts = [...tables, ...more].map((table) => `(SELECT count(*) FROM ${table})::int AS ${table}`);
  const [row] = await db.sql(`SELECT ${counts.join(", ")}`);
  return row ?? {};
}

const article = async (slug: string) => (await db.sql("SELECT * FROM articles WHERE slug = $1", [slug]))[0];
const revision = async (slug: string) =>
  (await db.sql("SELECT r.* FROM revisions r JOIN articles a ON a.id = r.article_id WHERE a.slug = $1", [slug]))[0];
const commentsOf = (slug: string) =>
  db.sql(
    `SELECT c.*, p.body AS parent_body FROM comments c JOIN threads t ON t.id = c.thread_id JOIN articles a ON a.id = t.article_id
     LEFT JOIN comments p ON p.id = c.parent_id WHERE a.slug = $1 ORDER BY c.place NULLS LAST, c.id`,
    [slug],
  );

describe("articles", () => {
  test("a published post comes with its author, dates, address, topics, summary and text", async () => {
    await bring(
      wordpressExport(
        site({
          categories: [{ slug: "c-news", name: "News &amp; More", description: "What is <b>new</b>" }],
          items: [
            {
              ...{ id: 1, slug: "a-full-post", title: "A <em>full</em> post", modified: "2014-05-06 07:08:09" },
              content: "<h1>Head</h1>\n\nText with <strong>bold</strong>.",
              excerpt: "The <em>short</em> of it",
              terms: [
                { domain: "category", nicename: "c-news", name: "News &amp; More" },
                { domain: "post_tag", nicename: "c-news", name: "News &amp; More" },
                { domain: "category", nicename: "uncategorized", name: "Uncategorized" },
                { domain: "post_format", nicename: "post-format-aside", name: "Aside" },
              ],
            },
          ],
        }),
      ),
    );
    expect(await readArticle(by(), { slug: "a-full-post", sort: "best", page: 1 })).toMatchObject({
      article: { title: "A full post", topics: [{ slug: "c-news", name: "News & More" }] },
    });
    expect(await revision("a-full-post")).toMatchObject({
      ...{ state: "PUBLISHED", number: 1, title: "A full post", summary: "The short of it", class: null },
      body: "## Head\n\nText with **bold**.",
      copyright_holder: "Anna Ünal",
    });
    const row = await article("a-full-post");
    expect(row?.first_published_at).toEqual(new Date("2013-03-14T10:00:00Z"));
    expect(row?.last_modified_at).toEqual(new Date("2014-05-06T07:08:09Z"));
    const topics = await db.sql(
      "SELECT t.slug, t.name, t.description, t.article_count FROM topics t JOIN article_topics x ON x.topic_id = t.id WHERE x.article_id = $1",
      [row?.id],
    );
    expect(topics).toEqual([{ slug: "c-news", name: "News & More", description: "What is new", article_count: 1 }]);
    const [credit] = await db.sql(
      "SELECT c.kind, u.handle, u.display_name, u.roles::text[] AS roles FROM credits c JOIN users u ON u.id = c.user_id WHERE c.article_id = $1",
      [row?.id],
    );
    expect(credit).toMatchObject({ kind: "WRITTEN", display_name: "Anna Ünal" });
  });

  test.each([
    ["password-protected", { password: "enter" }],
    ["private", { status: "private" }],
    ["a draft", { status: "draft", date: "0000-00-00 00:00:00" }],
    ["waiting for review", { status: "pending" }],
    ["scheduled for a later day", { status: "future", date: "2030-01-01 00:00:00" }],
    ["dated in the future", { date: "2030-01-01 00:00:00" }],
  ])("%s: kept as a draft that nobody can see, with its comments", async (reason, facts) => {
    const slug = `hidden-${++sites}`;
    const item = { id: 1, slug, content: "Secret", comments: [{ id: 1, content: "Secret too" }], ...facts };
    const { counts, lines } = await bring(wordpressExport(site({ items: [item] })));
    expect(counts).toMatchObject({ articlesPublished: 0, articlesKeptAsDrafts: 1 });
    expect(lines).toContainEqual({ kind: "post", id: "1", title: "Title 1", outcome: "kept as a draft", reason });
    expect(await revision(slug)).toMatchObject({ state: "DRAFT", published_at: null, body: "Secret" });
    expect(await article(slug)).toMatchObject({ published_revision_id: null, first_published_at: null });
    expect(await commentsOf(slug)).toHaveLength(1);
    await expect(readArticle(by(), { slug, sort: "best", page: 1 })).rejects.toMatchObject({ code: "not_found" });
    const [comment] = await commentsOf(slug);
    await expect(readComment(by(), { id: String(comment?.id) })).rejects.toMatchObject({ code: "not_found" });
  });

  test("what has no place here stays behind, and says why", async () => {
    const items = [
      { id: 1, type: "nav_menu_item" },
      { id: 2, type: "product", comments: [{ id: 1 }] },
      { id: 3, status: "trash" },
    ];
    const { counts, lines } = await bring(wordpressExport(site({ items })));
    expect(counts).toMatchObject({
      articlesPublished: 0,
      skipped: 4,
      found: { nav_menu_item: 1, product: 1, post: 1 },
    });
    expect(lines.map(({ kind, outcome, reason }) => `${kind} ${outcome}: ${reason}`)).toEqual([
      "nav_menu_item skipped: an entry of a menu",
      "product skipped: of a kind that has no place here (product)",
      "comments skipped: 1 under something that was skipped",
      "post skipped: in the bin",
    ]);
  });

  test("addresses that collide get a number, and old ones that are none are made", async () => {
    const items = [
      { id: 1, slug: "same", title: "One" },
      { id: 2, slug: "same", title: "Two", type: "page" },
      { id: 3, slug: "%e6%97%a5%e6%9c%ac", title: "日本" },
      { id: 4, slug: "", title: "From the Title" },
    ];
    await bring(wordpressExport(site({ items })));
    expect((await revision("same"))?.title).toBe("One");
    expect((await revision("same-2"))?.title).toBe("Two");
    expect((await revision("article-3"))?.title).toBe("日本");
    expect((await revision("from-the-title"))?.title).toBe("From the Title");
  });

  test("a long title is cut and stands whole above the text; a missing one is borrowed from it", async () => {
    const long = "A very long title ".repeat(30).trim();
    const items = [
      { id: 1, slug: "long-title", title: long, content: "Text." },
      { id: 2, slug: "no-title", title: "", content: "Just <em>some</em> words." },
    ];
    const { lines } = await bring(wordpressExport(site({ items })));
    const cut = await revision("long-title");
    expect(String(cut?.title)).toMatch(/^A very long title .*…$/);
    expect(cut?.body).toBe(`**${long}**\n\nText.`);
    expect((await revision("no-title"))?.title).toBe("Just some words.");
    expect(lines.filter((line) => line.outcome === "changed")).toHaveLength(2);
  });

  test("a text longer than an article becomes several that lead to each other", async () => {
    const content = Array.from({ length: 500 }, (_, n) => `Paragraph ${n}. ${"Words of it. ".repeat(40)}`).join("\n\n");
    await bring(wordpressExport(site({ items: [{ id: 1, slug: "very-long", title: "Long", content }] })));
    const rows = await db.sql(
      "SELECT a.slug, r.title, r.body FROM revisions r JOIN articles a ON a.id = r.article_id WHERE a.slug LIKE 'very-long%' ORDER BY a.id",
    );
    expect(rows.map((row) => row.slug)).toEqual(["very-long", "very-long-2", "very-long-3"]);
    expect(rows.map((row) => row.title)).toEqual(["Long", "2: Long", "3: Long"]);
    expect(String(rows[0]?.body)).toMatch(/\*Continued in \[2: Long\]\(\/articles\/very-long-2\)\*$/);
    expect(String(rows[2]?.body)).toMatch(/^\*Continued from \[2: Long\]\(\/articles\/very-long-2\)\*/);
    const all = rows.map((row) => String(row.body)).join("\n");
    for (let n = 0; n < 500; n += 1) expect(all).toContain(`Paragraph ${n}. `);
  });

  test("links among the articles lead to the new ones; to what is not public they stay", async () => {
    const link = nextSite();
    const content = `<a href="${link}/two/">a</a> <a href="/?p=2">b</a> <a href="${link}/secret/">c</a> <a href="/other">d</a> <a href="ftp://x/">e</a>`;
    const items = [
      { id: 1, slug: "linking", link: `${link}/linking/`, content },
      { id: 2, slug: "two", link: `${link}/two/` },
      { id: 3, slug: "secret", link: `${link}/secret/`, status: "private" },
    ];
    await bring(wordpressExport({ authors, link, items }));
    expect((await revision("linking"))?.body).toBe(
      `[a](/articles/two) [b](/articles/two) [c](${link}/secret/) [d](${link}/other) e`,
    );
  });

  test("an author's login that is taken here gets another handle, never somebody else's account", async () => {
    await bring(wordpressExport(site({ items: [{ id: 1, slug: "by-first-anna" }] })));
    await bring(wordpressExport(site({ items: [{ id: 1, slug: "by-second-anna" }] })));
    const handles = await db.sql(
      `SELECT u.handle FROM users u JOIN credits c ON c.user_id = u.id JOIN articles a ON a.id = c.article_id
       WHERE a.slug IN ('by-first-anna', 'by-second-anna') ORDER BY a.id`,
    );
    expect(new Set(handles.map((row) => row.handle)).size).toBe(2);
    await bring(
      wordpressExport(
        site({
          authors: [{ login: "admin", name: "The boss" }],
          items: [{ id: 1, slug: "by-admin", creator: "admin" }],
        }),
      ),
    );
    const [boss] = await db.sql("SELECT handle FROM users WHERE display_name = 'The boss'");
    expect(boss?.handle).toMatch(/^admin_\d$/);
  });

  test("a slip in the author's name is forgiven; an unknown author is a new person", async () => {
    const items = [
      { id: 1, slug: "slip", creator: ">anna" },
      { id: 2, slug: "unknown", creator: "bert" },
      { id: 3, slug: "nobody", creator: "" },
    ];
    await bring(wordpressExport(site({ items, title: "The site" })));
    const credits = await db.sql(
      `SELECT a.slug, u.display_name, c.name FROM credits c JOIN articles a ON a.id = c.article_id LEFT JOIN users u ON u.id = c.user_id
       WHERE a.slug IN ('slip', 'unknown', 'nobody') ORDER BY a.id`,
    );
    expect(credits.map((row) => row.display_name ?? row.name)).toEqual(["Anna Ünal", "bert", "The site"]);
  });
});

describe("discussions", () => {
  test("threads, names, dates and states come as they were", async () => {
    const comments = [
      { id: 4, parent: 3, author: "Third &amp; Co", date: "2013-03-18 00:00:00", content: "Deeper" },
      { id: 1, author: "First", date: "2013-03-15 00:00:00", content: "One\nline <b>two</b>" },
      {
        id: 3,
        parent: 1,
        author: "anna",
        email: "ANNA@example.org",
        userId: 5,
        date: "2013-03-16 00:00:00",
        content: "Answer",
      },
      { id: 5, author: "Held", approved: "0", content: "Held" },
      { id: 6, author: "Spam", approved: "spam", content: "Spam" },
      { id: 7, author: "Bin", approved: "trash", content: "Bin" },
      { id: 8, author: "Empty", content: " <p>&nbsp;</p> " },
      {
        id: 9,
        author: "Ping &laquo; Site",
        type: "pingback",
        url: "https://else.example.org/a?b=1&c=2",
        content: "[...]",
      },
      { id: 10, author: "Ping", type: "pingback", url: "javascript:alert(1)" },
    ];
    const { counts, lines } = await bring(wordpressExport(site({ items: [{ id: 1, slug: "discussed", comments }] })));
    expect(counts).toMatchObject({ commentsPublished: 3, commentsHeld: 1, pingbacks: 1, skipped: 4 });
    const rows = await commentsOf("discussed");
    expect(rows.map((row) => [row.body, row.parent_body, row.depth, row.place, row.root_place, row.status])).toEqual([
      ["One\\\nline **two**", null, 0, 1, 1, "PUBLISHED"],
      ["Answer", "One\\\nline **two**", 1, 2, null, "PUBLISHED"],
      ["Deeper", "Answer", 2, 3, null, "PUBLISHED"],
      ["Held", null, 0, null, null, "PENDING"],
    ]);
    expect(rows.map((row) => row.author_name)).toEqual(["First", "Anna Ünal", "Third & Co", "Held"]);
    expect(rows.map((row) => row.user_id !== null)).toEqual([false, true, false, false]);
    expect(rows[0]?.created_at).toEqual(new Date("2013-03-15T00:00:00Z"));
    expect(rows.map((row) => row.reply_count)).toEqual([1, 1, 0, 0]);
    const [thread] = await db.sql(
      "SELECT t.* FROM threads t JOIN articles a ON a.id = t.article_id WHERE a.slug = 'discussed'",
    );
    expect(thread).toMatchObject({ comment_count: 3, places: 3, root_places: 1, state: "OPEN" });
    expect(thread?.last_comment_at).toEqual(new Date("2013-03-18T00:00:00Z"));
    const [pingback] = await db.sql(
      "SELECT p.title, p.url FROM pingbacks p JOIN articles a ON a.id = p.article_id WHERE a.slug = 'discussed'",
    );
    expect(pingback).toEqual({ title: "Ping « Site", url: "https://else.example.org/a?b=1&c=2" });
    const [held] = await db.sql(
      "SELECT m.* FROM moderation_actions m JOIN comments c ON c.id = m.comment_id WHERE c.body = 'Held'",
    );
    expect(held).toMatchObject({ kind: "HOLD", to_status: "PENDING", from_status: null, actor_id: null });
    expect(lines.map((line) => `${line.id} ${line.reason}`)).toEqual([
      "6 spam",
      "7 in the bin",
      "10 a notice without a web address",
      "8 empty",
    ]);
  });

  test("a discussion that was closed stays closed, unless asked otherwise", async () => {
    const state = async (slug: string) =>
      (
        await db.sql("SELECT t.state FROM threads t JOIN articles a ON a.id = t.article_id WHERE a.slug = $1", [slug])
      )[0]?.state;
    await bring(wordpressExport(site({ items: [{ id: 1, slug: "closed", commentStatus: "closed" }] })));
    await bring(wordpressExport(site({ items: [{ id: 1, slug: "opened", commentStatus: "closed" }] })), {
      discussions: "open",
    });
    expect([await state("closed"), await state("opened")]).toEqual(["LOCKED", "OPEN"]);
  });

  test("one person is one visitor; no address of mail or network is kept anywhere", async () => {
    const comments = [
      { id: 1, author: "Jane", email: "jane.secret@example.org" },
      { id: 2, author: "Jane", email: "JANE.SECRET@example.org" },
      { id: 3, author: "Jane", email: "other.jane@example.org" },
      { id: 4, author: "", email: "" },
      { id: 5, author: "", email: "" },
    ];
    await bring(wordpressExport(site({ items: [{ id: 1, slug: "visitors", comments }] })));
    const rows = await commentsOf("visitors");
    const ids = rows.map((row) => row.visitor_id);
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(4);
    expect(rows.slice(3).every((row) => row.name_chosen === false && String(row.author_name).length > 3)).toBe(true);
    const everything = await db.sql("SELECT string_agg(v::text, ' ') AS text FROM visitors v");
    const comments_ = await db.sql("SELECT string_agg(c::text, ' ') AS text FROM comments c");
    const items = await db.sql("SELECT string_agg(i::text, ' ') AS text FROM imported_items i");
    const dump = [everything, comments_, items].map((result) => String(result[0]?.text)).join(" ");
    expect(dump).not.toMatch(/secret@|203\.0\.113\.7|6a616e652e736563726574/i);
  });

  test("a comment longer than one can be goes on in replies to itself", async () => {
    const content = Array.from({ length: 60 }, (_, n) => `Thought ${n}. ${"And so on. ".repeat(40)}`).join("\n\n");
    const { lines } = await bring(
      wordpressExport(site({ items: [{ id: 1, slug: "long-comment", comments: [{ id: 1, content }] }] })),
    );
    const rows = await commentsOf("long-comment");
    expect(rows.map((row) => row.depth)).toEqual([0, 1, 2]);
    const all = rows.map((row) => String(row.body)).join("\n");
    for (let n = 0; n < 60; n += 1) expect(all).toContain(`Thought ${n}. `);
    expect(lines[0]?.reason).toMatch(/longer than a comment can be/);
  });
});

describe("again", () => {
  const text = (link: string, count: number) =>
    wordpressExport({
      ...{ authors, link },
      items: Array.from({ length: count }, (_, n) => ({
        ...{ id: n + 1, slug: `again-${link.replace(/\W/g, "")}-${n + 1}`, title: `Again ${n + 1}` },
        terms: [{ domain: "category", nicename: "again", name: "Again" }],
        status: n % 5 === 4 ? "draft" : "publish",
        comments: Array.from({ length: 60 }, (_, c) => ({
          ...{ id: n * 100 + c + 1, parent: c % 7 === 0 ? 0 : n * 100 + c, approved: c % 10 === 9 ? "0" : "1" },
          date: `2013-03-15 10:${String(c).padStart(2, "0")}:00`,
          ...(c === 3 ? { type: "pingback", url: `https://else.example.org/${n}` } : {}),
        })),
      })),
    });

  test("a second run brings nothing and says so", async () => {
    const link = nextSite();
    const first = await bring(text(link, 4));
    const rows = await rowCounts();
    const second = await bring(text(link, 4));
    expect(await rowCounts()).toEqual(rows);
    expect(second.counts).toMatchObject({
      ...{
        articlesPublished: 0,
        articlesKeptAsDrafts: 0,
        articlesAlreadyThere: 4,
        commentsPublished: 0,
        commentsHeld: 0,
        pingbacks: 0,
      },
      commentsAlreadyThere: first.counts.commentsPublished + first.counts.commentsHeld,
    });
    expect(second.lines.filter((line) => line.outcome === "already there")).toHaveLength(4);
  });

  test("a third run brings what came since: a new article, and new answers to old comments", async () => {
    const link = nextSite();
    await bring(text(link, 2));
    const more = text(link, 3).replace("<wp:comment_parent>0<", "<wp:comment_parent>0<");
    const answer = more.replace(
      "</wp:comment>\n</item>",
      `</wp:comment>\n<wp:comment><wp:comment_id>9001</wp:comment_id><wp:comment_author>New</wp:comment_author><wp:comment_content>New answer</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>2</wp:comment_parent></wp:comment>\n</item>`,
    );
    const { counts } = await bring(answer);
    expect(counts).toMatchObject({ articlesPublished: 1, articlesAlreadyThere: 2 });
    const [row] = await db.sql(
      "SELECT c.depth, p.body AS parent FROM comments c JOIN comments p ON p.id = c.parent_id WHERE c.body = 'New answer'",
    );
    expect(row).toMatchObject({ depth: 2, parent: "Comment 2" });
  });

  test.each([1, 3])("a run that is cut off after %d items and run again gives what one run gives", async (stop) => {
    const link = nextSite();
    const before = await rowCounts();
    class CutOff extends Error {}
    let steps = 0;
    const cutting = bring(text(link, 4), {
      onProgress: ({ reading }) => {
        if (reading === "second" && ++steps === stop) throw new CutOff();
      },
    });
    await expect(cutting).rejects.toBeInstanceOf(CutOff);
    await bring(text(link, 4));
    const resumed = difference(await rowCounts(), before);
    const again = await rowCounts();
    const other = nextSite();
    await bring(text(other, 4));
    const whole = difference(await rowCounts(), again);
    // The topic is there already, and is shared.
    expect({ ...resumed, topics: 0 }).toEqual({ ...whole, topics: 0 });
  });

  test("the database cut off in the middle of a discussion: the rest comes with the next run, in order", async () => {
    const link = nextSite();
    await bring(text(link, 1));
    const slug = `again-${link.replace(/\W/g, "")}-1`;
    const whole = (await commentsOf(slug)).map((row) => [row.body, row.parent_body, row.place]);
    const cut = nextSite();
    await bring(text(cut, 1).replace(/<wp:comment><wp:comment_id>51<[\s\S]*<\/wp:comment>/, ""));
    await bring(text(cut, 1));
    const resumed = (await commentsOf(`again-${cut.replace(/\W/g, "")}-1`)).map((row) => [
      row.body,
      row.parent_body,
      row.place,
    ]);
    expect(resumed).toEqual(whole);
  });

  test("two sites with the same numbers do not know each other", async () => {
    const first = await bring(text(nextSite(), 1));
    const second = await bring(text(nextSite(), 1));
    expect(second.counts.articlesPublished).toBe(first.counts.articlesPublished);
  });

  test("a dry run writes nothing and counts what would be", async () => {
    const before = await rowCounts();
    const { counts } = await bring(text(nextSite(), 3), { dryRun: true });
    expect(await rowCounts()).toEqual(before);
    expect(counts).toMatchObject({ articlesPublished: 3, commentsPublished: 159, commentsHeld: 18, pingbacks: 3 });
  });
});

test("all counts and places are as a recount gives them", async () => {
  expect(await miscounts(db)).toEqual([]);
});

function difference(after: Record<string, unknown>, before: Record<string, unknown>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(after).map(([table, count]) => [table, Number(count) - Number(before[table])]),
  );
}

describe("pictures", () => {
  let media = "";
  const link = "https://pictures.example.org";
  const photo = (name: string, size = "") =>
    `<img src="${link}/wp-content/uploads/2013/03/${name}${size}.jpg" alt="Alt of ${name}">`;

  beforeAll(async () => {
    media = join(folder, "uploads");
    await mkdir(join(media, "2013/03"), { recursive: true });
    await mkdir(join(media, "2014/01"), { recursive: true });
    const jpeg = (width: number) =>
      sharp({ create: { width, height: 20, channels: 3, background: "red" } })
        .jpeg()
        .toBuffer();
    await writeFile(join(media, "2013/03/one.jpg"), await jpeg(31));
    await writeFile(join(media, "2013/03/one-300x200.jpg"), await jpeg(32));
    await writeFile(join(media, "2013/03/two.jpg"), await jpeg(33));
    await writeFile(join(media, "2014/01/twin.jpg"), await jpeg(34));
    await writeFile(join(media, "2013/03/twin.jpg"), await jpeg(35));
    await writeFile(join(media, "2013/03/evil.jpg"), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    await writeFile(join(folder, "secret.jpg"), await jpeg(36));
  });

  test("those in the folder are kept anew and shown, by figure, gallery and feature; the rest are links", async () => {
    const attachment = (id: number, name: string, parent: number) => ({
      ...{ id, type: "attachment", status: "inherit", title: name, parent, excerpt: `Caption of ${name}` },
      attachmentUrl: `${link}/wp-content/uploads/2013/03/${name}.jpg`,
      link: `${link}/pictured/${name}/`,
      meta: { _wp_attachment_image_alt: `Alt of ${name}` },
    });
    const content = [
      `[caption]<a href="${link}/pictured/one/">${photo("one", "-300x200")}</a> Under it[/caption]`,
      "[gallery]",
      photo("missing"),
      photo("evil"),
      `<img src="https://elsewhere.example.com/one.jpg" alt="Other">`,
      `<img src="${link}/wp-content/uploads/../../secret.jpg" alt="Secret">`,
    ].join("\n\n");
    const items = [
      { id: 1, slug: "pictured", content, meta: { _thumbnail_id: "12" } },
      attachment(11, "one", 1),
      attachment(12, "two", 1),
    ];
    const { counts, lines } = await bring(wordpressExport({ authors, link, items }), { media });
    const body = String((await revision("pictured"))?.body);
    const files = await db.sql("SELECT * FROM files ORDER BY width");
    const [one, two] = files.filter((file) => [31, 33].includes(Number(file.width)));
    expect(body).toBe(
      [
        `![Alt of one](/u/${one?.id} "Under it")`,
        `![Alt of one](/u/${one?.id} "Caption of one") ![Alt of two](/u/${two?.id} "Caption of two")`,
        `[Alt of missing](${link}/wp-content/uploads/2013/03/missing.jpg)`,
        `[Alt of evil](${link}/wp-content/uploads/2013/03/evil.jpg)`,
        "[Other](https://elsewhere.example.com/one.jpg)",
        `[Secret](${link}/secret.jpg)`,
      ].join("\n\n"),
    );
    const html = String((await revision("pictured"))?.html);
    expect([...html.matchAll(/<img[^>]*src="([^"]*)"/g)].every(([, src]) => src?.startsWith("/u/"))).toBe(true);
    // A page keeps their room before they are there.
    expect(html).toMatch(new RegExp(`<img src="/u/${one?.id}"[^>]* width="${one?.width}" height="${one?.height}" `));
    expect(counts.pictures).toBe(2);
    expect(lines.filter((line) => line.kind === "picture")).toEqual([
      {
        kind: "picture",
        id: "evil.jpg",
        title: "evil.jpg",
        outcome: "skipped",
        reason: "not a JPEG, PNG, WebP or GIF",
      },
    ]);
    const kept = await readdir(join(folder, "data/files", String(one?.id).slice(0, 2)));
    expect(kept).toContain(one?.id);
  });

  test("the same picture is kept once, over all articles and runs; a name that two files have decides nothing", async () => {
    const before = Number((await db.sql("SELECT count(*)::int AS count FROM files"))[0]?.count);
    const content = `${photo("two")}\n\n<img src="${link}/elsewhere/twin.jpg" alt="Twin">`;
    await bring(wordpressExport({ authors, link, items: [{ id: 21, slug: "again-pictured", content }] }), { media });
    expect(Number((await db.sql("SELECT count(*)::int AS count FROM files"))[0]?.count)).toBe(before);
    expect((await revision("again-pictured"))?.body).toMatch(/^!\[Alt of two\]\(\/u\/[\w-]{22}\)\n\n\[Twin\]\(https/);
  });

  test("a picture featured with an article stands above it, unless it is in it", async () => {
    const items = [
      { id: 31, slug: "featured", content: "Text.", meta: { _thumbnail_id: "32" } },
      {
        id: 32,
        type: "attachment",
        status: "inherit",
        title: "Two",
        attachmentUrl: `${link}/wp-content/uploads/2013/03/two.jpg`,
      },
    ];
    await bring(wordpressExport({ authors, link, items }), { media });
    expect((await revision("featured"))?.body).toMatch(/^!\[Two\]\(\/u\/[\w-]{22}\)\n\nText\.$/);
    const elsewhere = items.map((item) => ({ ...item, slug: "featured-link" }));
    await bring(wordpressExport({ authors, link: nextSite(), items: elsewhere }));
    expect((await revision("featured-link"))?.body).toBe(`Text.\n\n[Two](${link}/wp-content/uploads/2013/03/two.jpg)`);
  });
});

describe("hostile files", () => {
  test("nothing in titles, names, texts and addresses runs or gets out", async () => {
    const script = '<script>globalThis.hacked = 1</script>"><img src=x onerror=alert(1)>';
    const items = [
      {
        ...{ id: 1, slug: "hostile", title: script, creator: "anna", excerpt: script },
        content: `---js\nglobalThis.hacked = 1\n---\n\n${script}\n\n[x](javascript:alert(1)) <a href="javascript:alert(1)">y</a>`,
        terms: [{ domain: "category", nicename: "hostile", name: script }],
        comments: [{ id: 1, author: script, content: `${script} ok` }],
      },
    ];
    await bring(wordpressExport(site({ items, authors: [{ login: "anna", name: script }] })));
    expect(globalThis).not.toHaveProperty("hacked");
    const row = await revision("hostile");
    const [comment] = await commentsOf("hostile");
    for (const html of [String(row?.html), String(comment?.html)])
      expect(html).not.toMatch(/<script|<img|onerror=|href="javascript/i);
    expect(String(comment?.body)).toContain("ok");
  });

  test("one item that cannot be kept does not stop the others", async () => {
    const items = [
      { id: 1, slug: "before-bad" },
      {
        id: 2,
        slug: "bad",
        terms: [{ domain: "category", nicename: "x".repeat(300), name: "\u0000" }],
        title: "\u0000\ud800",
      },
      { id: 3, slug: "after-bad" },
    ];
    const { counts } = await bring(wordpressExport(site({ items })));
    expect(counts.failed).toBe(0);
    expect(await revision("after-bad")).toBeTruthy();
  });

  test("a file that breaks off is found out before anything is written", async () => {
    const items = [
      { id: 1, slug: "broken-one" },
      { id: 2, slug: "broken-two" },
    ];
    const whole = wordpressExport(site({ items }));
    const before = await rowCounts();
    await expect(bring(whole.slice(0, whole.indexOf("broken-two")))).rejects.toThrow(/ends in the middle, at line \d+/);
    expect(await rowCounts()).toEqual(before);
    await bring(whole);
    expect(await revision("broken-two")).toBeTruthy();
  });

  test("an item beyond all measure is skipped by name", async () => {
    async function* huge(): AsyncGenerator<string> {
      yield exportHead({ authors, link: "https://huge.example.org" });
      const [before = "", after = ""] = exportItem({ id: 5, title: "Huge", content: "SPLIT" }).split("SPLIT");
      yield before;
      for (let n = 0; n < 34; n += 1) yield "x".repeat(1024 * 1024);
      yield after + exportItem({ id: 6, slug: "beside-huge" }) + exportFoot;
    }
    const { lines } = await bring(huge);
    expect(lines).toEqual([
      { kind: "post", id: "5", title: "Huge", outcome: "skipped", reason: "larger than 32 million characters" },
    ]);
    expect(await revision("beside-huge")).toBeTruthy();
  });
});
