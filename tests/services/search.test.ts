// Searching: what can be read is found by its words, in every language, and nothing that cannot be read is.
import fc from "fast-check";
import pg from "pg";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type SearchQuery, searchQuery } from "@/lib/domain/search";
import { env } from "@/lib/env";
import { deleteComment, editComment } from "@/lib/services/edit-comment";
import { fillWholeSearch, search } from "@/lib/services/search";
import { plainLetters } from "@/lib/text/plain-letters";
import { type SnippetPart, withoutMarks } from "@/lib/text/snippet";
import { aMember, anArticle, by, newNetwork, post, refusalOf, stranger, visitorOf } from "@/tests/services/arrange";
import { until } from "@/tests/support/condition";
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
      "A wa\u2060ter\ufeffmill\ufe0f\u200e.",
      "قَرَأَ أَحْمَدُ كِتَابًا عَنِ الصَّحـــراء.",
      "کتاب\u200cها را می\u200cخواند.",
      "שָׁלוֹם לְכֻלָּם",
      "За\u0301мок на ёлке, а не йод.",
      "ภาษา\u200bไทย",
      "कि\u200dताब",
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
    [
      "words with soft hyphens, as they were copied",
      "soft\u00adhyphen\u00adated",
      [expect.stringContaining("[soft\u00adhyphen\u00adated]")],
    ],
    [
      "words with soft hyphens, as they are said",
      "softhyphenated",
      [expect.stringContaining("it [soft\u00adhyphen\u00adated] ")],
    ],
    ["a word with other things unseen in it", "watermill", ["A [wa\u2060ter\ufeffmill\ufe0f\u200e]."]],
    ["Arabic without vowels", "كتابا", [expect.stringContaining(" [كِتَابًا] ")]],
    ["Arabic with vowels, though others", "كَتابًا", [expect.stringContaining(" [كِتَابًا] ")]],
    ["Arabic without hamza", "احمد", [expect.stringContaining(" [أَحْمَدُ] ")]],
    ["Arabic that was made longer", "الصحراء", [expect.stringContaining(" [الصَّحـــراء].")]],
    ["Persian without its ending", "کتاب", ["[کتاب\u200c]ها را می\u200cخواند."]],
    ["Persian with a space instead of none", "می خواند", ["کتاب\u200cها را [می\u200c][خواند]."]],
    ["Persian as it is written, on an Arabic keyboard", "كتاب\u200cها", ["[کتاب\u200c][ها] را می\u200cخواند."]],
    ["Hebrew without points", "שלום לכלם", ["[שָׁלוֹם] [לְכֻלָּם]"]],
    ["Hebrew with points", "שָׁלוֹם", ["[שָׁלוֹם] לְכֻלָּם"]],
    ["Russian without its stress", "замок", [expect.stringContaining("[За\u0301мок] на")]],
    ["Russian with its stress", "за\u0301мок", [expect.stringContaining("[За\u0301мок] на")]],
    ["Russian with е for ё", "елке", [expect.stringContaining(" [ёлке],")]],
    ["Russian with и for й, which is another letter", "иод", []],
    ["Thai that was parted unseen", "ไทย", ["ภาษา\u200b[ไทย]"]],
    ["Thai as it is written", "ภาษา\u200bไทย", ["[ภาษา\u200b][ไทย]"]],
    ["Hindi without what only joins its letters on paper", "किताब", ["[कि\u200dताब]"]],
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

describe("what was kept before marks were left out of words", () => {
  /** As the version before kept it, and as a change of tables leaves it. */
  const asBefore = async (id: string, words: string) => {
    await db.sql("UPDATE comment_words SET words = to_tsvector('simple', $2) WHERE comment_id = $1", [id, words]);
    await db.sql(`INSERT INTO search_fillings SELECT 'plain_comments', max(id) FROM comments
                  UNION ALL SELECT kind, max(id) FROM articles, unnest('{plain_articles,plain_titles}'::text[]) AS kind GROUP BY kind`);
  };
  const wordsOf = async (id: string) =>
    (await db.sql("SELECT words::text FROM comment_words WHERE comment_id = $1", [id]))[0]?.words;

  it("is kept anew, without the page's saying so, and nothing else is touched", async () => {
    const article = await anArticle("The cor\u00admo\u00adrant");
    const [marked, plain] = [
      await post(article, { body: "A pel\u00adi\u00adcan." }),
      await post(article, { body: "A gull." }),
    ];
    await db.sql("UPDATE article_words SET words = '' WHERE article_id = $1", [article.articleId]);
    await db.sql("UPDATE article_titles SET words = '' WHERE article_id = $1", [article.articleId]);
    await db.sql("UPDATE comment_words SET words = 'untouched' WHERE comment_id = $1", [plain.id]);
    await asBefore(marked.id, "pel\u00adi\u00adcan");
    expect(await ask("pelican")).toMatchObject({ filling: false, comments: { items: [] } });
    await fillWholeSearch(() => true);
    await fillWholeSearch();
    expect(await comments("pelican")).toEqual(["A [pel\u00adi\u00adcan]."]);
    expect(await titles("cormorant")).toEqual(["The [cor\u00admo\u00adrant]"]);
    expect(await db.sql("SELECT FROM article_titles WHERE words @@ 'cormor'")).toHaveLength(1);
    expect(await wordsOf(plain.id)).toBe("'untouched'");
    expect(await db.sql("SELECT FROM search_fillings")).toEqual([]);
  });

  it("is what was written last, when somebody changes a text at that moment", async () => {
    const { id } = await post(await anArticle(), { body: "A spoon\u00adbill." });
    await asBefore(id, "spoon\u00adbill");
    const writer = new pg.Client({ connectionString: db.ownerUrl });
    await writer.connect();
    try {
      await writer.query("BEGIN");
      await writer.query("UPDATE comments SET body = 'A shoe\u00adbill.' WHERE id = $1", [id]);
      const filled = fillWholeSearch();
      await until("the job, waiting for the writer", async () =>
        (
          await db.sql(`SELECT FROM pg_locks AS waiting JOIN pg_locks AS held USING (pid)
                        WHERE NOT waiting.granted AND held.relation = 'comment_words'::regclass
                          AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())`)
        ).at(0),
      );
      await writer.query("COMMIT");
      await filled;
    } finally {
      await writer.end();
    }
    expect(await wordsOf(id)).toBe("'shoebil':2");
  });
});

describe("plain letters", () => {
  it("are the same to the database, which keeps them, and to the site, which shows what was written", async () => {
    const ranges = [
      ...[
        [0x20, 0x7e],
        [0xa0, 0x24f],
        [0x2b0, 0x52f],
        [0x590, 0x8ff],
        [0xe00, 0xeff],
        [0x1000, 0x109f],
        [0x1780, 0x180f],
      ],
      ...[
        [0x1ab0, 0x1aff],
        [0x1dc0, 0x1dff],
        [0x2000, 0x20ff],
        [0xfb1d, 0xfb4f],
        [0xfe00, 0xfeff],
        [0xe0000, 0xe01ff],
      ],
    ] as const;
    const every = ranges.map(([from, to]) =>
      Array.from({ length: to - from + 1 }, (_, nth) => String.fromCodePoint(from + nth)).join(" "),
    );
    const character = fc.oneof(
      ...ranges.map(([min, max]) => fc.integer({ min, max }).map((point) => String.fromCodePoint(point))),
      fc.constantFrom("\u200b", "\u200c", "\u00ad", "\u0640", "\u0301"),
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
    );
    const some = fc
      .sample(fc.string({ unit: character, maxLength: 40 }), 500)
      .map((text) => withoutMarks(text.replaceAll("\0", "")));
    const texts = [...every, ...some];
    const rows = await db.sql(
      "SELECT replace(words_apart(text), E'\\x1f', '') AS plain FROM unnest($1::text[]) WITH ORDINALITY AS t (text, nth) ORDER BY nth",
      [texts],
    );
    expect(rows.map(({ plain }) => plain)).toEqual(texts.map((text) => plainLetters(text.replaceAll("\x1f", ""))));
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
