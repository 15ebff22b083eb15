// Reading, on the first-run site: from the front page to an article, its details, its discussion, its print view, and the pages
// around it. Every story runs with and without scripts.
import { commentsOf, composerOf, discussionOf, expect, test } from "./stories";

const sky = "/articles/why-is-the-night-sky-dark";

test.describe("Reading", { tag: "@no-javascript" }, () => {
  test("from the front page one comes to an article", async ({ page, article }) => {
    await page.goto("/");
    await expect(page).toHaveTitle(/^Colloquy: /);
    await page.getByRole("link", { name: article.title }).first().click();
    await expect(page).toHaveURL(article.address);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(article.title);
  });

  test("an article says whose it is", async ({ page }) => {
    await page.goto(sky);
    const details = page.getByRole("region", { name: "Article Details" });
    await expect(details.getByRole("term")).toHaveText([
      "Written By",
      "Edited By",
      "Last Modified Date",
      "Copyright Protected",
    ]);
    await expect(details.getByRole("definition")).toHaveText([
      "Tomasz Wieczorek",
      "Mireille Adjovi-Blanc and Priya Raghunathan",
      /^\d{1,2} [A-Z][a-z]+ \d{4}$/,
      /^Tomasz Wieczorek\s*CC BY-SA 4\.0$/,
    ]);
    await expect(details.getByRole("link", { name: "Print this Article" })).toBeVisible();
  });

  test("a long article has a table of contents that leads to its parts", async ({ page }) => {
    await page.goto(sky);
    const contents = page.getByRole("navigation", { name: "Contents" });
    const link = contents.getByRole("link", { name: "Who solved it", includeHidden: true });
    // On a narrow screen the list is folded; here only where it leads counts.
    const target = await link.getAttribute("href");
    await page.goto(`${sky}${target}`);
    await expect(page.getByRole("heading", { name: "Who solved it" })).toBeInViewport();
  });

  test("the discussion says how many comments there are, who spoke, and which are guests", async ({ page }) => {
    await page.goto(sky);
    const discussion = discussionOf(page);
    const shown = await commentsOf(page).and(page.locator(":not(.tombstone)")).count();
    const more = discussion.locator(".more-replies");
    await expect(more).toHaveCount(0);
    await expect(discussion.getByRole("heading", { level: 2 }).first()).toHaveText(
      new RegExp(`^Discuss this Article ${shown} comments$`),
    );
    const guest = commentsOf(page, "so what do i write in the exam on thursday");
    await expect(guest.locator(".comment-author")).toHaveText("Prudent Bumblebee");
    await expect(guest.locator(".guest-mark")).toBeVisible();
    const member = commentsOf(page, "A paragraph has no natural predators.");
    await expect(member.getByRole("link", { name: "Priya Raghunathan" })).toHaveAttribute("href", "/people/priya_r");
    await expect(member.locator(".guest-mark")).toHaveCount(0);
  });

  test("the order can be turned round", async ({ page }) => {
    await page.goto(sky);
    const firstOf = () =>
      page.locator("ol.comments > li").first().locator("article.comment").first().getAttribute("id");
    const oldest = await firstOf();
    await discussionOf(page).getByRole("link", { name: "Newest first" }).click();
    await expect(page).toHaveURL(/sort=newest/);
    expect(await firstOf()).not.toBe(oldest);
    await discussionOf(page).getByRole("link", { name: "Oldest first" }).click();
    await expect(page).not.toHaveURL(/sort=newest/);
    expect(await firstOf()).toBe(oldest);
  });

  test("topics and people lead to their articles", async ({ page }) => {
    await page.goto("/topics");
    await page.getByRole("link", { name: "Sky and matter" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sky and matter");
    await page.getByRole("link", { name: "Why is the night sky dark?" }).click();
    await page.getByRole("region", { name: "Article Details" }).getByRole("link", { name: "Tomasz Wieczorek" }).click();
    await expect(page).toHaveURL(/\/people\/tomasz$/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Tomasz Wieczorek");
    const articles = page.getByRole("region", { name: "Articles" });
    await expect(articles.getByRole("link", { name: "Why is the night sky dark?" })).toBeVisible();
    await expect(page.getByRole("region", { name: "Lately said" }).getByRole("listitem").first()).toBeVisible();
  });

  test("what is looked for is found in articles and comments, on a telephone too", async ({ page, publish }) => {
    const { address, slug } = await publish();
    // The story runs twice on one site.
    const own = slug.replace(/^.*-/, "own");
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(address);
    const said = `The quokka ${own} of the third paragraph is no marsupial of mine.`;
    await composerOf(page).body.fill(said);
    await composerOf(page).post.click();
    await expect(commentsOf(page, said)).toBeVisible();
    await page.getByRole("navigation", { name: "Site" }).getByRole("link", { name: "Search" }).click();
    const find = page.getByRole("search").getByRole("searchbox", { name: "Words to look for" });
    await find.fill(`quokkas ${own}`);
    await find.press("Enter");
    await expect(page).toHaveTitle(new RegExp(`Search: quokkas ${own}`));
    const comments = page.getByRole("region", { name: "Comments" });
    await expect(comments.getByRole("listitem")).toHaveText([new RegExp(said)]);
    await expect(comments.locator("mark")).toHaveText(["quokka", own]);
    await page.getByRole("navigation", { name: "What is shown" }).getByRole("link", { name: "Articles" }).click();
    await expect(page.getByRole("main")).toContainText(`Nothing here has “quokkas ${own}”.`);
    await expect(find).toHaveValue(`quokkas ${own}`);
    await page.getByRole("link", { name: "Everything" }).click();
    await comments.getByRole("link").first().click();
    await expect(page.getByRole("main")).toContainText(said);
    await page.goto("/");
    await find.fill("night sky");
    await page.getByRole("search").getByRole("button", { name: "Search" }).click();
    await page
      .getByRole("region", { name: "Articles" })
      .getByRole("link", { name: "Why is the night sky dark?" })
      .click();
    await expect(page).toHaveURL(/why-is-the-night-sky-dark$/);
  });

  test("the print view has everything for citing, and the discussion by choice", async ({ page }) => {
    await page.goto(sky);
    await page.getByRole("link", { name: "Print this Article" }).click();
    await expect(page).toHaveURL(new RegExp(`${sky}/print$`));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Why is the night sky dark?");
    await expect(page.getByRole("definition").first()).toHaveText("Tomasz Wieczorek");
    await expect(page.getByText(/^Revision 2, .*CC BY-SA 4\.0/)).toBeVisible();
    await expect(page.locator(".imprint dd")).toHaveText([new RegExp(`${sky}/revisions/2$`), new RegExp(`${sky}$`)]);
    await expect(page.getByRole("form")).toHaveCount(0);
    await expect(page.getByRole("heading", { name: "Discussion" })).toHaveCount(0);

    await page.getByRole("link", { name: "With the discussion" }).click();
    await expect(page.getByRole("heading", { name: "Discussion" })).toBeVisible();
    await expect(page.getByText("A paragraph has no natural predators.")).toBeVisible();
    await page.getByRole("link", { name: "Back to the article" }).click();
    await expect(page).toHaveURL(new RegExp(`${sky}$`));
  });

  test("an article that moved is found at its old address", async ({ page, request, publish }) => {
    const formerSlug = `former-${Date.now()}-${test.info().project.name}`;
    const article = await publish({ formerSlug });
    for (const path of [`/articles/${formerSlug}`, `/articles/${formerSlug}/print`]) {
      const response = await request.get(path, { maxRedirects: 0 });
      expect(response.status()).toBe(308);
      expect(response.headers().location).toBe(path.replace(formerSlug, article.slug));
    }
    await page.goto(`/articles/${formerSlug}`);
    await expect(page).toHaveURL(article.address);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(article.title);
  });

  for (const path of [
    "/nothing-here",
    "/articles/no-such-article",
    "/articles/No_Slug!",
    "/articles/no-such-article/print",
    "/comments/999999999",
    "/comments/x",
    "/topics/no-such-topic",
    "/people/nobody",
    "/articles/why-is-the-night-sky-dark?page=9999",
  ]) {
    test(`${path} is a 404 with ways on`, async ({ page }) => {
      const response = await page.goto(path);
      expect(response?.status()).toBe(404);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is nothing at this address");
      await expect(page).toHaveTitle(/Nothing here/);
      await page.getByRole("link", { name: "the newest articles" }).click();
      await expect(page).toHaveURL("/");
    });
  }

  test("an article without comments invites the first, and one that is locked says so", async ({ page, publish }) => {
    const empty = await publish();
    await page.goto(empty.address);
    await expect(discussionOf(page)).toContainText("0 comments");
    await expect(discussionOf(page)).toContainText("Nobody has said anything yet.");
    const locked = await publish({ locked: true });
    await page.goto(locked.address);
    await expect(discussionOf(page)).toContainText("This discussion is locked.");
    await expect(page.getByRole("form", { name: "Post your comments" })).toHaveCount(0);
  });
});
