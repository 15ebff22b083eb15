// The public history: the texts that are or were published, and nothing of the others (R45).
import { beforeAll, expect, test } from "vitest";
import { readPublishedText, readRevision, readRevisions } from "@/lib/services/read-revisions";
import { anArticle, by, refusalOf, type TestArticle } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
let article: TestArticle;

/** Adds a text in any state; the number is the next one. */
async function addText(of: TestArticle, number: number, state: string): Promise<void> {
  await db.sql(
    `INSERT INTO revisions (article_id, number, state, title, summary, body, html, renderer_version, words, class, note, published_at)
     VALUES ($1, $2, $3, 'Another title', '', 'Another text.', '<p>Another text.</p>', 1, 2, 'TYPO', '', now())`,
    [of.articleId, number, state],
  );
}

beforeAll(async () => {
  article = await anArticle();
  await addText(article, 2, "SUPERSEDED");
  await addText(article, 3, "SUPERSEDED");
  await addText(article, 4, "WITHDRAWN");
  await addText(article, 5, "SUPERSEDED");
  await addText(article, 6, "DRAFT");
});

test("the list has published and superseded texts only, newest first", async () => {
  const list = await readRevisions(by(), { slug: article.slug, limit: 50 });
  expect(list).toMatchObject({ slug: article.slug, older: null });
  expect("revisions" in list && list.revisions.map(({ number, current }) => [number, current])).toEqual([
    [5, false],
    [3, false],
    [2, false],
    [1, true],
  ]);
});

test("pages of it join without gap or overlap", async () => {
  const numbers: number[] = [];
  let before: number | undefined;
  do {
    const list = await readRevisions(by(), { slug: article.slug, before, limit: 3 });
    if (!("revisions" in list)) throw new Error("The article has not moved.");
    numbers.push(...list.revisions.map((revision) => revision.number));
    before = list.older ?? undefined;
  } while (before !== undefined);
  expect(numbers).toEqual([5, 3, 2, 1]);
});

test("the article comes with its Markdown and its HTML", async () => {
  const text = await readPublishedText(by(), { slug: article.slug });
  expect(text).toMatchObject({ revision: { number: 1, body: "By the sun.", current: true }, locked: false });
});

test.each([
  ["a superseded one is there", 3, "done"],
  ["a withdrawn one is not", 4, "not_found"],
  ["a draft is not", 6, "not_found"],
  ["one that never was is not", 7, "not_found"],
  ["the largest number there can be is not", 999_999_999, "not_found"],
])("of single texts, %s", async (_sentence, number, expected) => {
  expect(await refusalOf(readRevision(by(), { slug: article.slug, number }))).toBe(expected);
});

test("an article that is not published any more has no history", async () => {
  const gone = await anArticle();
  await db.sql("UPDATE articles SET published_revision_id = NULL WHERE id = $1", [gone.articleId]);
  await db.sql("UPDATE revisions SET state = 'SUPERSEDED' WHERE article_id = $1", [gone.articleId]);
  expect(await refusalOf(readRevisions(by(), { slug: gone.slug, limit: 50 }))).toBe("not_found");
  expect(await refusalOf(readRevision(by(), { slug: gone.slug, number: 1 }))).toBe("not_found");
  expect(await refusalOf(readPublishedText(by(), { slug: gone.slug }))).toBe("not_found");
});

test("an address that the article had before leads to the one it has", async () => {
  await db.sql("INSERT INTO slug_redirects (slug, article_id) VALUES ('old-address', $1)", [article.articleId]);
  expect(await readPublishedText(by(), { slug: "old-address" })).toEqual({ moved: article.slug });
  expect(await readRevisions(by(), { slug: "old-address", limit: 5 })).toEqual({ moved: article.slug });
});
