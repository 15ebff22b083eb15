// Searching: what can be read is found by its words, in every language, and nothing that cannot be read is.
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type SearchQuery, searchQuery } from "@/lib/domain/search";
import { env } from "@/lib/env";
import { deleteComment, editComment } from "@/lib/services/edit-comment";
import { fillWholeSearch, search } from "@/lib/services/search";
import type { SnippetPart } from "@/lib/text/snippet";
import { aMember, anArticle, by, newNetwork, post, refusalOf, stranger, visitorOf } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();

beforeEach(() => {
  env().rateLimitFactor = 1_000_000;
});

const ask = (q: string, more: Partial<SearchQuery> = {}) => search(by(), { ...searchQuery.parse({ q }), ...more });
const shown = (parts: SnippetPart[]) => parts.map(({ text, marked }) => (marked ? `[${text}]` : text)).join("");
/** The snippets of the comments found. */
const comments = async (q: string, more?: Partial<SearchQuery>) =>
  (await ask(q, more)).comments?.items.map(({ snippet }) => shown(snippet));
const titles = async (q: string, more?: Partial<SearchQuery>) =>
  (await ask(q, more)).articles?.items.map(({ titleParts }) => shown(titleParts));

describe("words", () => {
  beforeAll(async () => {
    env().rateLimitFactor = 1_000_000;
    const article = await anArticle("Why do rivers meander?");
    for (const body of [
      "The *Sargasso* eels swim upstream, and nobody saw them **spawning**.",
      "Café owners in Zürich know the Straße by its smell.",
      "東京の川は海に流れる。",
      "Реки текут медленно.",
      "النهر طويل",
      "A long sentence about nothing at all, until it comes to the heron that stood in the reeds for so long.",
      "Quiet water, still water, deep water.",
      "A marsh of 12 m², and ½ of it soft\u00adhyphen\u00adated ﾊﾝｶｸ.",
    ]) {
      await post(article, { body });
    }
  });

  it.each([
    ["another form of the word", "spawn", ["The Sargasso eels swim upstream, and nobody saw them [spawning]."]],
    ["two words, both needed", "eels upstream", ["The Sargasso [eels] swim [upstream], and nobody saw them spawning."]],
    ["two words of which one is missing", "eels downstream", []],
    ["one or the other", "downstream or heron", [expect.stringContaining("[heron]")]],
    ["a word that must not be there", "water -deep", []],
    ["a phrase", '"still water"', ["Quiet [water], [still] [water], deep [water]."]],
    ["a phrase with printed quotation marks", "“deep water”", [expect.stringContaining("[deep] [water]")]],
    ["a phrase in another order", '"water quiet"', []],
    ["a word without its accents", "cafe zurich", ["[Café] owners in [Zürich] know the Straße by its smell."]],
    ["a word with accents that the text lacks", "sargàsso", [expect.stringContaining("[Sargasso]")]],
    ["capitals", "HERON", [expect.stringContaining("[heron]")]],
    ["Japanese, which has no spaces", "東京", ["[東][京]の川は海に流れる。"]],
    ["Japanese characters that do not stand together", "京東", []],
    ["Russian", "реки", ["[Реки] текут медленно."]],
    ["Arabic", "النهر", ["[النهر] طويل"]],
    ["a raised figure, as it is written", "m²", [expect.stringContaining("marsh")]],
    ["letters of half a width", "ﾊﾝｶｸ", [expect.stringContaining("marsh")]],
    ["words with soft hyphens, as they were copied", "soft\u00adhyphen\u00adated", [expect.stringContaining("marsh")]],
    [
      "a word with something invisible that was copied along",
      "\u200bheron\u200b\ufeff",
      [expect.stringContaining("[heron]")],
    ],
    ["a phrase in wide quotation marks", "＂still water＂", ["Quiet [water], [still] [water], deep [water]."]],
    ["a word before marks that turn the direction", "\u202eheron\u202c", [expect.stringContaining("[heron]")]],
    ["nothing but punctuation between words", "eels, & (upstream)!", [expect.stringContaining("[eels]")]],
  ])("finds comments by %s", async (_, q, expected) => {
    expect(await comments(q)).toEqual(expected);
  });

  it("shows the places around the words, not the beginning", async () => {
    const article = await anArticle();
    await post(article, {
      body: `${"Here is little to be seen yet. ".repeat(60)}Then came the kingfisher. ${"And went. ".repeat(60)}`,
    });
    const [snippet = ""] = (await comments("kingfisher")) ?? [];
    expect(snippet).toContain("[kingfisher]");
    expect(snippet.length).toBeLessThan(400);
  });

  it.each(["", "   ", "the and of", "!!! ???", '"'])("says that “%s” is nothing to look for", async (q) => {
    expect(await ask(q)).toMatchObject({ empty: true, articles: null, comments: null });
  });

  it.each([
    "'; DROP TABLE comments; --",
    "a:* & b | !c <-> d",
    "\\",
    "% _ %",
    "\u{e000}heron\u{e001}",
    `${"word ".repeat(100)}`,
    "-heron",
    '"'.repeat(199),
    "😀 🦆",
  ])("takes “%s” as words", async (q) => {
    expect(await ask(q)).toHaveProperty("filling", false);
  });

  it("shows marks that somebody wrote as nothing", async () => {
    await post(await anArticle(), { body: "A \u{e000}bittern\u{e001} <mark>booms</mark>." });
    expect(await comments("booms")).toEqual([expect.not.stringMatching(/[\u{e000}\u{e001}]/u)]);
  });
});

describe("articles", () => {
  it("are found by title, summary and text; the title weighs most", async () => {
    await anArticle("How do magpies count?");
    const { slug } = await anArticle("What birds know", [], "Magpies know mirrors.");
    expect(await titles("magpie")).toEqual(["How do [magpies] count?", "What birds know"]);
    const [, second] = (await ask("magpie")).articles?.items ?? [];
    expect(second).toMatchObject({ slug });
    expect(shown(second?.snippet ?? [])).toBe("[Magpies] know mirrors.");
  });

  it("that are about the words are found, however many newer ones have them somewhere", async () => {
    const about = await anArticle("The life of the wheatear");
    const other = await anArticle("Birds of the shore");
    await db.sql(
      `INSERT INTO article_words (article_id, words)
       SELECT 1000000 + n, to_tsvector('colloquy', 'a wheatear') FROM generate_series(1, 200) AS n`,
    );
    await post(other, { body: "A wheatear." });
    const [first] = (await ask("wheatear")).articles?.items ?? [];
    expect(first?.slug).toBe(about.slug);
    expect(await titles("wheatear -life")).toEqual([]);
    expect(await titles("wheatear", { sort: "newest" })).toEqual([]);
    await db.sql("DELETE FROM article_words WHERE article_id > 1000000");
  });

  it("that are no longer published are not found, nor is their discussion", async () => {
    const article = await anArticle("On capercaillies");
    await post(article, { body: "A capercaillie chased me." });
    expect(await titles("capercaillie")).toHaveLength(1);
    await db.sql("UPDATE articles SET published_revision_id = NULL WHERE id = $1", [article.articleId]);
    expect(await ask("capercaillie")).toMatchObject({ articles: { items: [] }, comments: { items: [] } });
  });
});

describe("comments", () => {
  it.each(["PENDING", "SPAM", "REMOVED"])(
    "that are %s are not found, and are again when they are published",
    async (status) => {
      const word = `dotterel${status.toLowerCase()}`;
      const { id } = await post(await anArticle(), { body: `Only here: ${word}.` });
      const to = (state: string) =>
        db.sql(
          "UPDATE comments SET status = $2::comment_status, removal_reason = CASE $2 WHEN 'REMOVED' THEN 'SPAM' END WHERE id = $1",
          [id, state],
        );
      expect(await comments(word)).toHaveLength(1);
      await to(status);
      expect(await comments(word)).toEqual([]);
      await to("PUBLISHED");
      expect(await comments(word)).toHaveLength(1);
    },
  );

  it("are found by their newest text, and not once they are deleted", async () => {
    const posted = await post(await anArticle(), { body: "A phalarope." });
    const ctx = by(await visitorOf(posted));
    await editComment(ctx, { id: posted.id, body: "A pratincole." });
    expect([await comments("phalarope"), await comments("pratincole")]).toEqual([[], ["A [pratincole]."]]);
    await deleteComment(ctx, { id: posted.id });
    expect(await comments("pratincole")).toEqual([]);
    expect(await db.sql("SELECT FROM comment_words WHERE comment_id = $1", [posted.id])).toEqual([]);
  });

  it("come by page, the best or the newest first, and no more than the newest two hundred are looked at", async () => {
    const article = await anArticle();
    const first = await post(article, { body: "whimbrel whimbrel whimbrel whimbrel" });
    const { visitorId } = await visitorOf(first);
    await db.sql(
      `INSERT INTO comments (thread_id, place, root_place, status, visitor_id, author_name, body, html, renderer_version, body_hash)
       SELECT $1, 1000 + n, 1000 + n, 'PUBLISHED', $2, 'Robin', 'One whimbrel, number ' || n, '<p>One whimbrel, number ' || n || '</p>', 1, sha256(n::text::bytea)
       FROM generate_series(1, 40) AS n`,
      [article.threadId, visitorId],
    );
    const best = await ask("whimbrel", { in: "comments" });
    expect(best.comments).toMatchObject({ count: 41, capped: false });
    expect(best.comments?.items).toHaveLength(20);
    expect(best.comments?.items[0]?.id).toBe(first.id);
    expect(best.articles).toBeNull();
    expect((await comments("whimbrel", { in: "comments", sort: "newest" }))?.[0]).toContain("number 40");
    expect((await comments("whimbrel", { in: "comments", sort: "newest", page: 3 }))?.length).toBe(1);
    expect(await comments("whimbrel", { in: "comments", page: 4 })).toEqual([]);
    await db.sql(
      `INSERT INTO comments (thread_id, place, root_place, status, visitor_id, author_name, body, html, renderer_version, body_hash)
       SELECT $1, 2000 + n, 2000 + n, 'PUBLISHED', $2, 'Robin', 'A whimbrel', '<p>A whimbrel</p>', 1, sha256(n::text::bytea)
       FROM generate_series(1, 200) AS n`,
      [article.threadId, visitorId],
    );
    expect((await ask("whimbrel")).comments).toMatchObject({ count: 200, capped: true });
  });
});

describe("the newest first", () => {
  it("goes by the days that are shown, also of what was brought from elsewhere later", async () => {
    const [one, two] = [await anArticle("The first smew"), await anArticle("The second smew")];
    const day = "2019-03-01";
    await db.sql("UPDATE articles SET first_published_at = $2 WHERE id = $1", [two.articleId, day]);
    expect((await ask("smew", { sort: "newest" })).articles?.items.map(({ slug }) => slug)).toEqual([
      one.slug,
      two.slug,
    ]);
    const [now, then] = [await post(one, { body: "A smew, now." }), await post(one, { body: "A smew, then." })];
    await db.sql("UPDATE comments SET created_at = $2 WHERE id = $1", [then.id, day]);
    expect((await ask("smew", { sort: "newest" })).comments?.items.map(({ id }) => id)).toEqual([now.id, then.id]);
  });
});

describe("what was there before there was a search", () => {
  it("is read in pieces, and found", async () => {
    const article = await anArticle("Where do godwits rest?");
    const { id } = await post(article, { body: "A godwit was here before." });
    await db.sql("DELETE FROM comment_words");
    await db.sql("DELETE FROM article_words");
    await db.sql("DELETE FROM article_titles");
    await db.sql(`INSERT INTO search_fillings SELECT 'comments', max(id) FROM comments
                  UNION ALL SELECT kind, max(id) FROM articles, unnest('{articles,titles}'::text[]) AS kind GROUP BY kind`);
    expect(await ask("godwit")).toMatchObject({ filling: true, comments: { items: [] } });
    // Broken off at once, then taken up again.
    await fillWholeSearch(() => true);
    await fillWholeSearch();
    expect(await ask("godwit")).toMatchObject({
      filling: false,
      comments: { items: [{ id }] },
      articles: { items: [{}] },
    });
    expect(
      await db.sql(
        "SELECT count(*)::int AS n FROM comments WHERE status = 'PUBLISHED' AND id NOT IN (SELECT comment_id FROM comment_words)",
      ),
    ).toEqual([{ n: 0 }]);
    expect(
      await db.sql(
        "SELECT count(*)::int AS n FROM articles WHERE published_revision_id IS NOT NULL AND id NOT IN (SELECT article_id FROM article_titles)",
      ),
    ).toEqual([{ n: 0 }]);
  });
});

describe("how often", () => {
  it("a network searches twice a second, members sixty times a minute", async () => {
    env().rateLimitFactor = 1;
    const ask = (ctx: ReturnType<typeof by>) => refusalOf(search(ctx, searchQuery.parse({ q: "heron" })));
    const ctx = by(stranger, { network: newNetwork() });
    // Before any second ends here.
    const later = () => db.sql("UPDATE rate_limits SET expires_at = expires_at + interval '1 hour'");
    expect(await ask(ctx)).toBe("done");
    await later();
    expect(await ask(ctx)).toBe("done");
    expect(await ask(ctx)).toBe("rate_limited search.too_often");
    const member = by(await aMember("searcher", "Searcher"));
    for (let nth = 0; nth < 60; nth++) expect(await ask(member)).toBe("done");
    expect(await ask(member)).toBe("rate_limited search.too_often");
  });
});
