// Replies at any depth, permalinks that always land, keys, and where the focus goes.
import { limits } from "@/lib/domain/limits";
import type { Posted } from "@/tests/support/api-client";
import { commentsOf, composerOf, discussionOf, expect, say, test } from "./stories";

test("one replies in place, and the reply stands under what it answers", async ({ page, article, post }) => {
  const [question] = await post.many(article, ["How far do they fly?", "Something else."]);
  await page.goto(article.address);
  await commentsOf(page, "How far").getByRole("link", { name: "Reply" }).click();
  const name = await commentsOf(page, "How far").locator(".comment-author").textContent();
  const reply = composerOf(page, `Reply to ${name}`);
  await expect(reply.body).toBeFocused();
  await reply.body.fill("Three miles.");
  await reply.post.click();
  const answer = commentsOf(page, "Three miles.");
  await expect(answer).toBeFocused();
  await expect(page.locator(`li:has(> #c-${question?.id}) > ol.replies article.comment`)).toHaveText(/Three miles\./);
  await expect(reply.form).toHaveCount(0);
  await page.reload();
  await expect(page.locator(`li:has(> #c-${question?.id}) > ol.replies article.comment`)).toHaveText(/Three miles\./);
});

test("a reply box is closed with Escape or Cancel, and what was begun in it is kept", async ({
  page,
  article,
  post,
}) => {
  await post.many(article, ["First.", "Second."]);
  await page.goto(article.address);
  const link = commentsOf(page, "First.").getByRole("link", { name: /reply/i });
  await link.click();
  const reply = composerOf(page, /^Reply to/);
  await reply.body.fill("Well, actually");
  await page.keyboard.press("Escape");
  await expect(reply.form).toHaveCount(0);
  await expect(link).toBeFocused();
  await expect(link).toHaveText("Continue reply");
  await page.reload();
  await link.click();
  await expect(reply.body).toHaveValue("Well, actually");
  await expect(reply.message).toHaveText("Your unsent text is back.");
  await reply.form.getByRole("button", { name: "Cancel" }).click();
  await expect(link).toBeFocused();
  await expect(commentsOf(page)).toHaveCount(2);
});

test("conversations go on below the last indent, saying whom they answer", async ({ page, article, post }) => {
  const levels = Array.from({ length: limits.nestingShown + 2 }, (_, level) => `Level ${level + 1}.`);
  await post.chain(article, levels);
  await page.goto(article.address);
  for (const [index, level] of levels.entries()) {
    const comment = commentsOf(page, level);
    await expect(comment).toBeVisible();
    const answered = comment.locator(".reply-to");
    if (index < limits.nestingShown) await expect(answered).toHaveCount(0);
    else await expect(answered).toContainText("in reply to");
  }
  const last = commentsOf(page, levels.at(-1));
  await last.getByRole("link", { name: "Reply" }).click();
  await composerOf(page, /^Reply to/).body.fill("And deeper.");
  await composerOf(page, /^Reply to/).post.click();
  const answer = commentsOf(page, "And deeper.");
  await expect(answer.locator(".reply-to")).toContainText("in reply to");
  await answer.locator(".reply-to").getByRole("link").click();
  await expect(last).toBeFocused();
  await page.reload();
  await expect(answer.locator(".reply-to")).toContainText("in reply to");
});

test("a comment has a page of its own, with what it answers and what answers it", async ({ page, article, post }) => {
  const chain = await post.chain(article, ["Top.", "Middle.", "Low."]);
  await page.goto(article.address);
  await commentsOf(page, "Middle.").getByRole("link", { name: /\d{4}/ }).click();
  await expect(page).toHaveURL(`/comments/${chain[1]?.id}`);
  await expect(page.getByRole("list", { name: "What this answers" })).toContainText("Top.");
  await expect(page.getByRole("region", { name: "1 reply" })).toContainText("Low.");
  await composerOf(page, /^Reply to/).body.fill("Also low.");
  await composerOf(page, /^Reply to/).post.click();
  await expect(page.locator(".answers").getByText("Also low.")).toBeVisible();
  await page.getByRole("heading", { level: 1 }).getByRole("link").click();
  await expect(page).toHaveURL(`${article.address}#c-${chain[1]?.id}`);
  await expect(commentsOf(page, "Middle.")).toBeFocused();
});

test("links to a comment land: on the page, on a later page, deep below", async ({ page, article, post }) => {
  const many = await post.many(
    article,
    Array.from({ length: limits.rootsPerPage + 1 }, (_, nth) => `Remark ${nth + 1}.`),
  );
  const last = many.at(-1);
  // One after another: half a hundred at once are more than a busy machine takes in.
  const deep: Posted[] = [];
  for (let nth = 1; nth <= limits.repliesPerRoot + 2; nth++) {
    deep.push(await post.one(article, { body: `Answer ${nth}.`, parentId: many[0]?.id }));
  }

  await page.goto(`${article.address}#c-${many[9]?.id}`);
  await expect(commentsOf(page, "Remark 10.")).toBeFocused();
  await expect(commentsOf(page, "Remark 10.")).toBeInViewport();

  for (const elsewhere of [last, deep.at(-1)]) {
    await page.goto("about:blank");
    await page.goto(`${article.address}#c-${elsewhere?.id}`);
    await expect(page).toHaveURL(`/comments/${elsewhere?.id}`);
    await expect(page.locator(`#c-${elsewhere?.id}`)).toBeVisible();
  }
  expect(last?.url).toMatch(new RegExp(`${article.address}\\?page=2#c-${last?.id}$`));
  await page.goto(last?.url ?? "");
  await expect(page.locator(`#c-${last?.id}`)).toBeFocused();
  await expect(page.getByText("Page 2 of 2")).toBeVisible();

  await page.goto(article.address);
  const more = discussionOf(page).getByRole("link", { name: "2 more replies" });
  await more.click();
  await expect(page).toHaveURL(`/comments/${many[0]?.id}`);
  await expect(commentsOf(page, `Answer ${limits.repliesPerRoot + 2}.`)).toBeVisible();
});

test("single keys lead through the comments", async ({ page, article, post }) => {
  await post.chain(article, ["One.", "Two.", "Three."]);
  await page.goto(article.address);
  await page.keyboard.press("j");
  await expect(commentsOf(page, "One.")).toBeFocused();
  await page.keyboard.press("j");
  await expect(commentsOf(page, "Two.")).toBeFocused();
  await page.keyboard.press("k");
  await expect(commentsOf(page, "One.")).toBeFocused();
  await page.keyboard.press("r");
  const reply = composerOf(page, /^Reply to/);
  await expect(reply.body).toBeFocused();
  await page.keyboard.type("jkr? are letters here");
  await expect(reply.body).toHaveValue("jkr? are letters here");
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("a thread can be folded and is still folded after a reload", async ({ page, article, post }) => {
  await post.chain(article, ["Above.", "Below."]);
  await page.goto(article.address);
  await commentsOf(page, "Above.").getByRole("button", { name: "Replies" }).click();
  await expect(commentsOf(page, "Below.")).toBeHidden();
  await page.reload();
  await expect(commentsOf(page, "Below.")).toBeHidden();
  await commentsOf(page).first().getByRole("button", { name: "Replies" }).click();
  await expect(commentsOf(page, "Below.")).toBeVisible();
});

test("the chosen theme stays, on the next page too", async ({ page, article }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(article.address);
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await paper();
  await page.getByRole("button", { name: "Theme of the system" }).click();
  await expect(page.getByRole("button", { name: "Dark theme" })).toBeVisible();
  const dark = await paper();
  expect(dark).not.toBe(light);
  await page.goto("/topics");
  expect(await paper()).toBe(dark);
  await page.getByRole("button", { name: "Dark theme" }).click();
  await page.getByRole("button", { name: "Light theme" }).click();
  await expect(page.getByRole("button", { name: "Theme of the system" })).toBeVisible();
  expect(await paper()).toBe(light);
});

test("going back shows what one has said meanwhile, here or on a comment's own page", async ({ page, article }) => {
  await page.goto(article.address);
  await say(page, "Said once.");
  await expect(commentsOf(page, "Said once.")).toBeVisible();
  await page.goto("/topics");
  await page.goBack();
  await expect(commentsOf(page, "Said once.")).toHaveCount(1);

  await commentsOf(page, "Said once.").getByRole("link", { name: /\d{4}/ }).click();
  await composerOf(page, /^Reply to/).body.fill("Answered elsewhere.");
  await composerOf(page, /^Reply to/).post.click();
  await expect(commentsOf(page, "Answered elsewhere.")).toBeVisible();
  await page.goBack();
  await expect(commentsOf(page, "Answered elsewhere.")).toHaveCount(1);

  await say(page, "Said once.");
  await expect(composerOf(page).body).toHaveValue("");
  await page.reload();
  await expect(commentsOf(page, "Said once.")).toHaveCount(1);
});
