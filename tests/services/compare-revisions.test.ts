// Two published texts side by side, what is known of each, and how one is cited.
import { beforeAll, expect, test } from "vitest";
import { compareRevisions } from "@/lib/services/compare-revisions";
import { readCitation } from "@/lib/services/read-citation";
import { readHistoryFeed } from "@/lib/services/read-history-feed";
import { readRevision } from "@/lib/services/read-revisions";
import { aMember, anArticle, by, refusalOf, type TestArticle } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
let article: TestArticle;

beforeAll(async () => {
  article = await anArticle();
  const [ada, grace] = [await aMember("ada_bee", "Ada Bee"), await aMember("grace_bee", "Grace Bee")];
  // The article's own text has number 1; this older look at it stands after, as an import may bring it.
  for (const [number, state] of [
    [2, "SUPERSEDED"],
    [3, "DRAFT"],
  ]) {
    await db.sql(
      `INSERT INTO revisions (article_id, number, state, title, body, html, renderer_version, words, class, note, licence, author_id, published_at)
       VALUES ($1, $2, $3::revision_state, 'Another title', 'By the moon.', '<p>By the moon.</p>', 1, 3, 'UPDATE', 'The moon.', 'CC0', $4, now())`,
      [article.articleId, number, state, grace.userId],
    );
  }
  const writers = `INSERT INTO revision_writers (revision_id, user_id) SELECT id, $2 FROM revisions WHERE article_id = $1 AND number = 2`;
  for (const { userId } of [ada, grace]) await db.sql(writers, [article.articleId, userId]);
});

test("whoever began a text is named first, and nobody twice", async () => {
  const found = await readRevision(by(), { slug: article.slug, number: 2 });
  expect("revision" in found && found.revision.contributors.map(({ name }) => name)).toEqual(["Grace Bee", "Ada Bee"]);
  expect(found).toMatchObject({ neighbours: { older: 1, newer: null } });
});

test("what differs is told: the text as readers see it, its source, and what stands around it", async () => {
  const rendered = await compareRevisions(by(), { slug: article.slug, before: 1, now: 2, view: "rendered" });
  expect(rendered).toMatchObject({ older: null, newer: null, text: { view: "rendered", difference: { changes: 1 } } });
  expect("facts" in rendered && rendered.facts.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["Title", "Licence"]),
  );
  const source = await compareRevisions(by(), { slug: article.slug, before: 1, now: 2, view: "source" });
  expect("text" in source && "lines" in source.text && source.text.lines.map(({ kind }) => kind)).toEqual([
    "removed",
    "added",
  ]);
});

test("a text that was never published is compared with nothing and cited by nobody", async () => {
  const { slug } = article;
  expect(await refusalOf(compareRevisions(by(), { slug, before: 1, now: 3, view: "rendered" }))).toBe("not_found");
  expect(await refusalOf(readCitation(by(), { slug, number: 3 }))).toBe("not_found");
});

test("a citation names one text for ever; without a number, the one that readers see", async () => {
  const now = await readCitation(by(), { slug: article.slug });
  expect(now).toMatchObject({ current: true, text: { revision: 1 } });
  const other = await readCitation(by(), { slug: article.slug, number: 2 });
  expect(other).toMatchObject({ current: false, text: { licence: "CC0", title: "Another title" } });
});

test("the feed has an entry for each published text, with its note", async () => {
  const found = await readHistoryFeed(by(), { slug: article.slug });
  expect("feed" in found && found.feed.entries.map(({ id, summary }) => [id, summary])).toEqual([
    [`${article.articleId}-2`, "The moon."],
    [`${article.articleId}-1`, ""],
  ]);
});
