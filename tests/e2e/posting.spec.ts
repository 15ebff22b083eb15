// Posting without an account, in place: seen at once, under a name, once, and no text is ever lost.
import { limits } from "@/lib/domain/limits";
import { commentsOf, composerOf, discussionOf, expect, say, test } from "./stories";

test("a comment is there at once, for its author and for everybody else", async ({ page, otherPage, article }) => {
  await page.goto(article.address);
  await say(page, "Bees also dance, **which** is how they tell.");
  const mine = commentsOf(page, "Bees also dance, which is how they tell.");
  await expect(mine).toBeFocused();
  await expect(mine.locator("strong")).toHaveText("which");
  await expect(discussionOf(page).getByRole("heading", { level: 2 }).first()).toHaveText(/1 comment$/);
  await expect(page.getByText("Nobody has said anything yet.")).toHaveCount(0);
  await expect(composerOf(page).body).toHaveValue("");

  await otherPage.goto(article.address);
  await expect(commentsOf(otherPage, "Bees also dance, which is how they tell.")).toBeVisible();
  await expect(commentsOf(otherPage).getByText("You", { exact: true })).toHaveCount(0);
  await page.reload();
  await expect(commentsOf(page, "Bees also dance")).toBeVisible();
});

test("a guest gets a name for the thread and keeps it there", async ({ page, otherPage, article, publish }) => {
  await page.goto(article.address);
  await say(page, "First thought.");
  await say(page, "Second thought.");
  const [first, second] = [commentsOf(page, "First thought."), commentsOf(page, "Second thought.")];
  await expect(second).toBeVisible();
  const name = (await first.locator(".comment-author").textContent()) ?? "";
  expect(name).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+/);
  await expect(second.locator(".comment-author")).toHaveText(name);
  await expect(first.locator(".guest-mark")).toBeVisible();

  await otherPage.goto(article.address);
  await say(otherPage, "Another mind.");
  await expect(commentsOf(otherPage, "Another mind.").locator(".comment-author")).not.toHaveText(name);

  const elsewhere = await publish();
  await page.goto(elsewhere.address);
  await say(page, "In another room.");
  await expect(commentsOf(page, "In another room.").locator(".comment-author")).not.toHaveText(name);
});

test("a chosen name stands at the comment, with the guest's mark", async ({ page, article }) => {
  await page.goto(article.address);
  await say(page, "Signed.", "Wilhelmina 🐝");
  await expect(commentsOf(page, "Signed.").locator(".comment-author")).toHaveText("Wilhelmina 🐝");
  await expect(commentsOf(page, "Signed.").locator(".guest-mark")).toBeVisible();
});

for (const name of ["Tomasz Wieczorek", "tomasz wieczorek", "Tоmasz Wieczоrek", "tomasz"]) {
  test(`a member's name (${name}) is refused at its field, and the text stays`, async ({ page, article }) => {
    await page.goto(article.address);
    await say(page, "I am somebody else.", name);
    const composer = composerOf(page);
    await expect(composer.name).toBeFocused();
    await expect(composer.name).toHaveAccessibleDescription(/A member has this name or one that looks like it\./);
    await expect(composer.body).toHaveValue("I am somebody else.");
    await expect(commentsOf(page)).toHaveCount(0);
    await composer.name.fill("");
    await composer.post.click();
    await expect(commentsOf(page, "I am somebody else.")).toBeVisible();
  });
}

test("a preview shows what will stand there, and posts nothing", async ({ page, article }) => {
  await page.goto(article.address);
  const { body, preview, form } = composerOf(page);
  await body.fill("A *slanted* word, a `code`.\n\n> a quotation\n\n1. one\n2. two\n\n```js\nlet bee = 1;\n```");
  await preview.click();
  const shown = form.getByRole("region", { name: "Preview" });
  await expect(shown.locator("em")).toHaveText("slanted");
  await expect(shown.getByRole("listitem")).toHaveText(["one", "two"]);
  await expect(shown.locator("blockquote")).toHaveText("a quotation");
  await expect(shown.locator("pre code")).toHaveText("let bee = 1;\n");
  await expect(commentsOf(page)).toHaveCount(0);
  const previewed = await shown.locator(".prose").innerHTML();
  await composerOf(page).post.click();
  await expect(commentsOf(page)).toHaveCount(1);
  expect(await commentsOf(page).locator(".comment-body").innerHTML()).toBe(previewed);
  await expect(shown).toHaveCount(0);
});

test("nothing, blanks and what cannot be seen are not posted", async ({ page, article }) => {
  await page.goto(article.address);
  const { body, post } = composerOf(page);
  await post.click();
  await expect(body).toBeFocused();
  for (const nothing of ["   \n \n", "\u200b\u2060", "\u3164\u115f"]) {
    await body.fill(nothing);
    await post.click();
    await expect(body).toHaveAccessibleDescription(/Please write something first\./);
  }
  await expect(commentsOf(page)).toHaveCount(0);
});

test("a text of one character too many is kept and told how long it may be", async ({ page, article }) => {
  await page.goto(article.address);
  const { body, post } = composerOf(page);
  const long = `${"word ".repeat(limits.commentBody / 5)}x`;
  await body.fill(long);
  await expect(body).toHaveAccessibleDescription(/1 character too many/);
  await post.click();
  await expect(body).toHaveAccessibleDescription(/A comment can have 10,000 characters\./);
  await expect(body).toHaveValue(long);
  await body.fill(long.slice(0, limits.commentBody - 1));
  await post.click();
  await expect(commentsOf(page)).toHaveCount(1);
});

test("two quick clicks post one comment", async ({ page, article }) => {
  await page.goto(article.address);
  const { body, post } = composerOf(page);
  await body.fill("Only once, please.");
  await post.dblclick();
  await expect(commentsOf(page, "Only once, please.")).toBeVisible();
  await expect(body).toHaveValue("");
  await page.reload();
  await expect(commentsOf(page)).toHaveCount(1);
});

test("unsent text is back after a reload, and not in another article", async ({ page, article, publish }) => {
  const elsewhere = await publish();
  await page.goto(article.address);
  await composerOf(page).body.fill("Half a thought");
  await composerOf(page).name.fill("Ada");
  await page.reload();
  await expect(composerOf(page).body).toHaveValue("Half a thought");
  await expect(composerOf(page).name).toHaveValue("Ada");
  await page.goto(elsewhere.address);
  await expect(composerOf(page).body).toHaveValue("");
  await page.goto(article.address);
  await composerOf(page).post.click();
  await expect(commentsOf(page, "Half a thought")).toBeVisible();
  await page.reload();
  await expect(composerOf(page).body).toHaveValue("");
});

test("without a connection the text stays, and the next try posts it once", async ({
  page,
  context,
  article,
  troubles,
}) => {
  await page.goto(article.address);
  await context.setOffline(true);
  await say(page, "Sent from a tunnel.");
  await expect(composerOf(page).message).toContainText("The site cannot be reached. Your text is kept here");
  await expect(composerOf(page).body).toHaveValue("Sent from a tunnel.");
  await context.setOffline(false);
  await composerOf(page).post.click();
  await expect(commentsOf(page, "Sent from a tunnel.")).toBeVisible();
  await page.reload();
  await expect(commentsOf(page)).toHaveCount(1);
  const met = troubles.splice(0);
  expect(met.length).toBeGreaterThan(0);
  expect(met.filter((trouble) => !trouble.includes("ERR_INTERNET_DISCONNECTED"))).toEqual([]);
});

test("an answer that is lost on the way does not double the comment", async ({ page, article, troubles }) => {
  await page.goto(article.address);
  await page.route("**/api/v1/articles/*/comments", async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  });
  await say(page, "The answer got lost.");
  await expect(composerOf(page).message).toContainText("Your text is kept here");
  await page.unroute("**/api/v1/articles/*/comments");
  await page.reload();
  await expect(commentsOf(page)).toHaveCount(1);
  await composerOf(page).post.click();
  await expect(composerOf(page).body).toHaveValue("");
  await page.reload();
  await expect(commentsOf(page)).toHaveCount(1);
  expect(troubles.splice(0)).toEqual([expect.stringContaining("ERR_CONNECTION_RESET")]);
});

test("a comment with three links waits: its author sees it so, and nobody else sees it", async ({
  page,
  otherPage,
  article,
}) => {
  await page.goto(article.address);
  await say(page, "See https://a.example/ and https://b.example/ and https://c.example/ for more.");
  const mine = commentsOf(page, "for more.");
  await expect(mine).toContainText("Waiting for a moderator");
  await page.reload();
  await expect(commentsOf(page, "for more.")).toContainText("Waiting for a moderator");
  await expect(discussionOf(page).getByRole("heading", { level: 2 }).first()).toHaveText(/0 comments$/);
  const address = (await mine.getByRole("link", { name: /\d{4}/ }).getAttribute("href")) ?? "";
  await page.goto(address);
  await expect(page.getByText("It has several links, so a moderator will have a look first.")).toBeVisible();

  await otherPage.goto(article.address);
  await expect(commentsOf(otherPage)).toHaveCount(0);
  expect((await otherPage.goto(address))?.status()).toBe(404);
});
