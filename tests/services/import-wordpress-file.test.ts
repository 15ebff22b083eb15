// A whole real export: everything in it comes out readable, and its own counts, taken from the file in another way, agree. The
// file is the one named by WXR_FILE, or WordPress's theme test data where it lies; without either, our own hard cases.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type ImportCounts, importWordpress, type ReportLine } from "@/lib/services/import-site";
import { htmlToName, htmlToText } from "@/lib/text/html-to-markdown";
import { hardCases } from "../fixtures/hard-cases";
import { freshDatabase } from "../support/database";
import { miscounts } from "./recount";

const db = freshDatabase();
const path =
  process.env.WXR_FILE ?? join(import.meta.dirname, "../../../shared/data/import/wordpress-theme-unit-test.xml");
const xml = existsSync(path) ? readFileSync(path, "utf8") : hardCases;
const now = new Date("2026-01-01T00:00:00Z");

/** What the file says of itself, read with nothing but patterns. */
interface Counted {
  id: string;
  type: string;
  status: string;
  locked: boolean;
  title: string;
  content: string;
  topics: string[];
  comments: { approved: string; type: string }[];
}

function field(text: string, name: string): string {
  const inside = new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(text)?.[1] ?? "";
  return inside.replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, "$1").trim();
}

const items: Counted[] = (xml.match(/<item>[\s\S]*?<\/item>/g) ?? []).map((item) => ({
  id: field(item, "wp:post_id"),
  type: field(item, "wp:post_type"),
  status: field(item, "wp:status"),
  locked: field(item, "wp:post_password") !== "",
  title: field(item, "title"),
  content: field(item, "content:encoded"),
  topics: [...item.matchAll(/<category domain="(?:category|post_tag)" nicename="([^"]*)"/g)].map(
    ([, slug]) => slug ?? "",
  ),
  comments: (item.match(/<wp:comment>[\s\S]*?<\/wp:comment>/g) ?? []).map((comment) => ({
    approved: field(comment, "wp:comment_approved"),
    type: field(comment, "wp:comment_type"),
  })),
}));
const texts = items.filter((item) => item.type === "post" || item.type === "page");
const published = texts.filter((item) => item.status === "publish" && !item.locked);
const comments = texts.flatMap((item) => item.comments);
const isNotice = (comment: { type: string }) => /^(pingback|trackback)$/.test(comment.type);

const lines: ReportLine[] = [];
let counts: ImportCounts;

async function* pieces(): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(xml);
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

const bring = () =>
  importWordpress(
    { files: [pieces], pingbacks: "list", discussions: "keep", dryRun: false, onLine: (line) => lines.push(line) },
    { now, ownOrigin: "http://localhost:3000" },
  );

beforeAll(async () => {
  counts = await bring();
});

async function countOf(sql: string): Promise<number> {
  const [row] = await db.sql(`SELECT count(*)::int AS count FROM ${sql}`);
  return Number(row?.count);
}

const rows = () =>
  db.sql(`SELECT i.external_id AS id, a.slug, r.title, r.body, r.html, r.state, a.published_revision_id IS NOT NULL AS public
          FROM imported_items i JOIN articles a ON a.id = i.local_id JOIN revisions r ON r.article_id = a.id
          WHERE i.kind = 'article' AND position('#' IN i.external_id) = 0`);

describe("the file's own counts", () => {
  test("published posts and pages are published articles", async () => {
    expect(counts.articlesPublished).toBe(published.length);
    expect(await countOf("articles WHERE published_revision_id IS NOT NULL")).toBe(published.length);
  });

  test("what was not public is kept as a draft, and none of it is public", async () => {
    expect(counts.articlesKeptAsDrafts).toBe(texts.length - published.length);
    const hidden = new Set(texts.filter((item) => !published.includes(item)).map((item) => item.id));
    const found = (await rows()).filter((row) => hidden.has(String(row.id)));
    expect(found).toHaveLength(hidden.size);
    expect(found.every((row) => row.public === false && row.state === "DRAFT")).toBe(true);
  });

  test("approved comments are published, held ones held, notices apart, spam left behind", async () => {
    const spoken = comments.filter((comment) => !isNotice(comment));
    expect(counts.commentsPublished).toBe(spoken.filter(({ approved }) => approved === "1").length);
    expect(counts.commentsHeld).toBe(spoken.filter(({ approved }) => approved === "0").length);
    expect(counts.pingbacks).toBe(comments.filter(isNotice).length);
    expect(await countOf("comments WHERE status = 'PUBLISHED'")).toBe(counts.commentsPublished);
    expect(await countOf("comments WHERE status = 'PENDING'")).toBe(counts.commentsHeld);
    expect(await countOf("comments")).toBe(counts.commentsPublished + counts.commentsHeld);
    expect(await countOf("pingbacks")).toBe(counts.pingbacks);
  });

  test("every item is accounted for", () => {
    expect(Object.values(counts.found).reduce((sum, count) => sum + count, 0)).toBe(items.length);
    expect(counts.failed).toBe(0);
    const skipped = lines.filter(
      (line) => line.outcome === "skipped" && line.kind !== "comment" && line.kind !== "picture",
    );
    expect(skipped).toHaveLength(items.length - texts.length);
    expect(lines.every((line) => line.reason !== "")).toBe(true);
  });

  test("topics, authors, and every address are there once", async () => {
    const written = texts.flatMap((item) => item.topics).filter((slug) => slug !== "uncategorized");
    const terms = new Set(written);
    expect(await countOf("topics")).toBe(terms.size);
    expect(await countOf("users")).toBeGreaterThan(0);
    expect(await countOf("users WHERE 'ADMIN' = ANY (roles) OR 'EDITOR' = ANY (roles)")).toBe(0);
    expect(await countOf("articles")).toBe(new Set((await rows()).map((row) => row.slug)).size);
  });

  test("counts and places are as a recount gives them", async () => {
    expect(await miscounts(db)).toEqual([]);
  });
});

function words(text: string): string[] {
  return (
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  );
}

describe("readable", () => {
  test("every visible word of every text is there, as often as it was", async () => {
    const byId = new Map((await rows()).map((row) => [row.id, row]));
    for (const item of texts) {
      const row = byId.get(item.id);
      const shown = tally(words(htmlToText(String(row?.html).replaceAll("<", " <"))));
      // Codes and the "https://" of an embedded film are not words; the film's link says "YouTube: …".
      const source = item.content
        .replace(/\[\/?(caption|gallery|audio|video)[^\]]*\]/g, " ")
        .replace(/https?:\/\/(www\.)?/g, "")
        .replaceAll("<", " <");
      for (const [word, times] of tally(words(htmlToText(source)))) {
        expect(shown.get(word) ?? 0, `"${word}" in item ${item.id}`).toBeGreaterThanOrEqual(times);
      }
    }
  });

  test("every title is there, without its markup", async () => {
    const byId = new Map((await rows()).map((row) => [row.id, row]));
    for (const item of texts) {
      const row = byId.get(item.id);
      const title = htmlToName(decoded(item.title));
      const shown = `${row?.title} ${htmlToText(String(row?.html))}`.replace("…", "");
      expect(String(row?.title).trim()).not.toBe("");
      expect(String(row?.title)).not.toMatch(/<\/?(em|b|sup)>|&amp;|&#/);
      for (const word of words(title)) expect(words(shown), `"${word}" of ${item.id}`).toContain(word);
    }
  });

  test("no text was shown unformatted, holds HTML as text, or calls another host", async () => {
    for (const row of await rows()) {
      const html = String(row.html);
      expect(html, String(row.slug)).not.toMatch(
        /&lt;\/?(?:p|div|span|figure|img|li|strong|em)\b|\[\/?caption|wp:[a-z]+ (?:{|-->)/,
      );
      for (const [, src] of html.matchAll(/<(?:img|video|audio|iframe|source|script)[^>]*?src="([^"]*)"/g))
        expect(src).toMatch(/^\/u\//);
    }
    expect(lines.filter((line) => /plain text|nested too deep/.test(line.reason))).toEqual([]);
  });

  test("threads are as deep as they were", async () => {
    const deepest = Math.max(...(xml.match(/<item>[\s\S]*?<\/item>/g) ?? []).map(depthOf));
    const [row] = await db.sql("SELECT max(depth)::int + 1 AS deepest FROM comments");
    expect(row?.deepest).toBe(deepest);
  });
});

test("a second run doubles nothing", async () => {
  const tables = [
    "users",
    "visitors",
    "articles",
    "revisions",
    "topics",
    "article_topics",
    "comments",
    "pingbacks",
    "imported_items",
  ];
  const all = async () => {
    const found: number[] = [];
    for (const table of tables) found.push(await countOf(table));
    return found;
  };
  const before = await all();
  const second = await bring();
  expect(await all()).toEqual(before);
  expect(second.articlesAlreadyThere).toBe(texts.length);
  expect(second.commentsAlreadyThere).toBe(counts.commentsPublished + counts.commentsHeld);
  expect([second.articlesPublished, second.articlesKeptAsDrafts, second.commentsPublished, second.pingbacks]).toEqual([
    0, 0, 0, 0,
  ]);
});

function tally(list: readonly string[]): Map<string, number> {
  const counted = new Map<string, number>();
  for (const one of list) counted.set(one, (counted.get(one) ?? 0) + 1);
  return counted;
}

/** The longest chain of approved comments in an item. */
function depthOf(item: string): number {
  const parents = new Map(
    (item.match(/<wp:comment>[\s\S]*?<\/wp:comment>/g) ?? [])
      .filter(
        (comment) => field(comment, "wp:comment_approved") === "1" && !/back/.test(field(comment, "wp:comment_type")),
      )
      .map((comment) => [field(comment, "wp:comment_id"), field(comment, "wp:comment_parent")]),
  );
  const depth = (id: string | undefined): number =>
    id === undefined || !parents.has(id) ? 0 : 1 + depth(parents.get(id));
  return Math.max(0, ...[...parents.keys()].map(depth));
}

/** A title may stand in the file with XML's own escapes. */
function decoded(title: string): string {
  return title.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
}
