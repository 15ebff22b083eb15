// The history of an article for everybody: its texts, what changed between them, and how to cite one. With and without scripts.
import { expect, test } from "./stories";

const first =
  "By the sun, and by what they remember.\n\nThey learn it [at home](/topics).\n\n![A hive](/u/AAAAAAAAAAAAAAAAAAAAAA)";
const second = "By the light of the sun, and by what they remember.\n\nThey learn it [at home](/topics).";
const third = "By the light of the sun, and by what they remember.\n\nThey learn it [from others](/).\n\n- They dance.";

test.describe("History", { tag: "@no-javascript" }, () => {
  test("from an article to its history, to one of its texts, and to what changed", async ({ page, publish }) => {
    const article = await publish({ earlier: [first, second], body: third });
    await page.goto(article.address);
    await page.getByRole("region", { name: "Article Details" }).getByRole("link", { name: "History" }).click();
    const texts = page.getByRole("listitem");
    await expect(texts).toHaveCount(3);
    await expect(texts.first()).toContainText("Revision 3 Update");
    await expect(texts.first()).toContainText("What readers see");
    await expect(texts.first()).toContainText("What the bees told us, part 2.");
    await expect(texts.last()).toContainText("Revision 1 First text");

    await page.getByRole("link", { name: "Revision 1" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(article.title);
    await expect(page.getByText("By the sun, and by what they remember.")).toBeVisible();
    const about = page.getByRole("complementary", { name: "About this revision" });
    await expect(about).toContainText("not the newest");

    await about.getByRole("link", { name: "What changed next" }).click();
    await expect(page).toHaveURL(`${article.address}/compare/1/2`);
    const text = page.getByRole("region", { name: /^The text/ });
    await expect(text.getByRole("insertion").filter({ hasText: "light of the" })).toBeVisible();
    await expect(text.getByRole("deletion").getByRole("img", { name: "A hive" })).toHaveCount(1);
    await page.getByRole("link", { name: "Source" }).click();
    await expect(text.getByRole("insertion").filter({ hasText: "light of the" })).toBeVisible();
  });

  test("any two texts are compared, whichever way round they are chosen", async ({ page, publish }) => {
    const article = await publish({ earlier: [first, second], body: third });
    await page.goto(`${article.address}/history`);
    await page.getByRole("radio", { name: "Compare from revision 3" }).check();
    await page.getByRole("radio", { name: "Compare with revision 1" }).check();
    await page.getByRole("button", { name: "Compare the chosen two" }).click();
    await expect(page).toHaveURL(`${article.address}/compare/1/3`);
    const text = page.getByRole("region", { name: /^The text/ });
    await expect(text.getByRole("insertion").filter({ hasText: "They dance." })).toBeVisible();
    await expect(text.getByRole("deletion").filter({ hasText: "at home" })).toBeVisible();
  });

  test("an article is cited by a line and by files, each for one text", async ({ page, publish, request }) => {
    const article = await publish({ earlier: [first], body: second });
    await page.goto(article.address);
    await page.getByRole("link", { name: "Cite this article" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Cite this article");
    await expect(page.getByRole("blockquote")).toContainText(
      /^Ada Beekeeper\. “.*” Colloquy, revision 2, \d+ \w+ \d{4}\. http/,
    );
    for (const [name, type] of [
      ["BibTeX", "application/x-bibtex; charset=utf-8"],
      ["RIS", "application/x-research-info-systems; charset=utf-8"],
      ["CSL-JSON", "application/vnd.citationstyles.csl+json"],
    ] as const) {
      const address = await page.getByRole("link", { name: `Download as ${name}` }).getAttribute("href");
      const file = await request.get(address ?? "");
      expect(file.headers()).toMatchObject({ "content-type": type });
      expect(file.headers()["content-disposition"]).toContain("attachment");
      expect((await file.text()).includes(`${article.address}/revisions/2`)).toBe(true);
    }
    await page.goto(`${article.address}/cite?revision=1`);
    await expect(page.getByRole("blockquote")).toContainText("revision 1,");
  });

  test("on paper each text says its number, its own address and the article's", async ({ page, publish, origin }) => {
    const article = await publish({ earlier: [first], body: second });
    const imprint = page.locator(".imprint");
    const here = `${origin}${article.address}`;
    await page.goto(article.address);
    await page.getByRole("link", { name: "Print this Article" }).click();
    await expect(page.getByText("By the light of the sun")).toBeVisible();
    await expect(imprint).toContainText(/^Revision 2, /);
    await expect(imprint).not.toContainText("not the newest");
    await expect(imprint.getByRole("definition")).toHaveText([`${here}/revisions/2`, here]);
    await page.goto(`${article.address}/revisions/1`);
    await page.getByRole("link", { name: "Print this revision" }).click();
    await expect(page.getByText("By the sun, and by what they remember.")).toBeVisible();
    await expect(imprint).toContainText(/^Revision 1, .*, not the newest/);
    await expect(imprint.getByRole("definition")).toHaveText([`${here}/revisions/1`, here]);
    await page.getByRole("link", { name: "Back to the revision" }).click();
    await expect(page).toHaveURL(`${article.address}/revisions/1`);
  });
});

test("texts that were never published are nowhere; an old address leads to the new one; the feed names each text", async ({
  publish,
  request,
}) => {
  const former = `former-${Date.now()}`;
  const article = await publish({ earlier: [first], body: second, formerSlug: former });
  for (const path of [
    "revisions/3",
    "revisions/0",
    "revisions/x",
    "compare/1/3",
    "cite?revision=9",
    "print?revision=9",
    "revisions/3/cite.bib",
  ]) {
    expect((await request.get(`${article.address}/${path}`)).status(), path).toBe(404);
  }
  for (const path of [
    "history",
    "revisions/1",
    "compare/1/2",
    "cite",
    "print?revision=1",
    "history.xml",
    "revisions/1/cite.ris",
  ]) {
    const answer = await request.get(`/articles/${former}/${path}`, { maxRedirects: 0 });
    expect(answer.status(), path).toBe(308);
    expect(answer.headers().location, path).toContain(`${article.address}/${path}`);
  }
  const feed = await (await request.get(`${article.address}/history.xml`)).text();
  expect(feed.match(/<entry>/g)).toHaveLength(2);
  expect(feed).toContain(`${article.address}/revisions/2`);
});
