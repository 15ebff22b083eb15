// Discussing by plain forms, as a browser without scripts does it: every refusal keeps the text, every success leads on.
import type { Page } from "@playwright/test";
import { limits } from "@/lib/domain/limits";
import { commentsOf, composerOf, discussionOf, expect, say, test } from "./stories";

/** The status of the page that answers what `act` sends. */
async function statusAfter(page: Page, act: () => Promise<void>): Promise<number> {
  const [response] = await Promise.all([
    page.waitForResponse((one) => one.request().isNavigationRequest() && one.request().method() === "POST"),
    act(),
  ]);
  return response.status();
}

test.describe("Without scripts", { tag: "@only-no-javascript" }, () => {
  test("a comment is posted, stands in the thread, and is seen by others", async ({ page, otherPage, article }) => {
    await page.goto(article.address);
    await say(page, "By a *plain* form.", "Ada");
    await expect(page).toHaveURL(new RegExp(`${article.address}#c-\\d+$`));
    await expect(commentsOf(page, "By a plain form.")).toBeVisible();
    await expect(commentsOf(page, "By a plain form.").locator(".comment-author")).toHaveText("Ada");
    await otherPage.goto(article.address);
    await expect(commentsOf(otherPage, "By a plain form.")).toBeVisible();
  });

  test("what is refused comes back with the text, a sentence at the field and the status 422", async ({
    page,
    article,
  }) => {
    await page.goto(article.address);
    const { body, name, post, message } = composerOf(page);
    for (const [text, as, field, sentence] of [
      ["I am not him.", "Tomasz Wieczorek", name, "A member has this name or one that looks like it."],
      ["x ".repeat(limits.commentBody), "", body, "A comment can have 10,000 characters."],
      ["\u200b", "", body, "Please write something first."],
    ] as const) {
      await body.fill(text);
      await name.fill(as);
      expect(await statusAfter(page, () => post.click())).toBe(422);
      await expect(field).toHaveAccessibleDescription(new RegExp(sentence.replaceAll(".", "\\.")));
      await expect(message).toContainText(sentence);
      await expect(message).toBeInViewport();
      await expect(body).toHaveValue(text);
      await expect(name).toHaveValue(as);
    }
    await expect(commentsOf(page)).toHaveCount(0);
    await body.fill("Now it is right.");
    await post.click();
    await expect(commentsOf(page, "Now it is right.")).toBeVisible();
  });

  test("a preview keeps the text in the box and posts nothing", async ({ page, article }) => {
    await page.goto(article.address);
    const { body, preview, form, post, message } = composerOf(page);
    await body.fill("A **strong** word.");
    await preview.click();
    await expect(form.getByRole("region", { name: "Preview" }).locator("strong")).toHaveText("strong");
    await expect(message).toHaveText("This is how it will look. It is not posted yet.");
    await expect(body).toHaveValue("A **strong** word.");
    await expect(commentsOf(page)).toHaveCount(0);
    await post.click();
    await expect(commentsOf(page, "A strong word.")).toBeVisible();
  });

  test("one replies on the comment's own page", async ({ page, article, post }) => {
    const chain = await post.chain(article, ["Top.", "Below."]);
    await page.goto(article.address);
    await commentsOf(page, "Below.").getByRole("link", { name: "Reply" }).click();
    await expect(page).toHaveURL(`/comments/${chain[1]?.id}#reply`);
    const reply = composerOf(page, /^Reply to/);
    await reply.body.fill(" ");
    expect(await statusAfter(page, () => reply.post.click())).toBe(422);
    await reply.body.fill("Lowest.");
    await reply.post.click();
    await expect(page).toHaveURL(new RegExp(`${article.address}#c-\\d+$`));
    await expect(page.locator(`li:has(> #c-${chain[1]?.id}) > ol.replies`)).toContainText("Lowest.");
  });

  test("one's own comment is edited and deleted on its page, and nobody else's", async ({
    page,
    otherPage,
    article,
  }) => {
    await page.goto(article.address);
    await say(page, "Ferst version.");
    await commentsOf(page, "Ferst version.").getByRole("link", { name: /\d{4}/ }).click();
    const own = new URL(page.url()).pathname;
    const edit = page.getByRole("form", { name: "Edit this comment" });
    await expect(edit.getByLabel("Comment")).toHaveValue("Ferst version.");
    await edit.getByLabel("Comment").fill("");
    await edit.getByLabel("Comment").fill("First version.");
    await edit.getByRole("button", { name: "Save" }).click();
    await expect(page).toHaveURL(own);
    await expect(commentsOf(page, "First version.")).toBeVisible();

    await otherPage.goto(own);
    await expect(otherPage.getByRole("form", { name: /^(Edit|Delete) this comment$/ })).toHaveCount(0);
    await expect(otherPage.getByRole("form", { name: "Report this comment" })).toBeVisible();
    await expect(page.getByRole("form", { name: "Report this comment" })).toHaveCount(0);

    const remove = page.getByRole("form", { name: "Delete this comment" });
    await expect(remove).toContainText("This cannot be undone.");
    await remove.getByRole("button", { name: "Delete this comment" }).click();
    await expect(page.locator(".tombstone")).toBeVisible();
    await page.goto(article.address);
    await expect(page.getByText("First version.")).toHaveCount(0);
  });

  test("a comment is reported on its page, with thanks", async ({ page, article, post }) => {
    await post.one(article, { body: "Buy my honey!" });
    await page.goto(article.address);
    await commentsOf(page, "Buy my honey!").getByRole("link", { name: "Report" }).click();
    const report = page.getByRole("form", { name: "Report this comment" });
    await report.getByLabel("Advertising or spam").check();
    await report.getByLabel("Anything a moderator should know").fill("x".repeat(limits.reportNote + 1));
    expect(await statusAfter(page, () => report.getByRole("button", { name: "Report" }).click())).toBe(422);
    await expect(report.getByLabel("Anything a moderator should know")).toHaveAccessibleDescription(
      /A note can have 1,000 characters\./,
    );
    await expect(report.getByLabel("Advertising or spam")).toBeChecked();
    await report.getByLabel("Anything a moderator should know").fill("He says this everywhere.");
    await report.getByRole("button", { name: "Report" }).click();
    await expect(page.getByText("Thank you. A moderator will have a look.")).toBeVisible();
  });

  test("a held comment is shown to its author as waiting, and to nobody else", async ({ page, otherPage, article }) => {
    await page.goto(article.address);
    await say(page, "https://a.example/ https://b.example/ https://c.example/");
    await expect(page).toHaveURL(/\/comments\/\d+$/);
    await expect(commentsOf(page)).toContainText("Waiting for a moderator");
    await expect(page.getByText("It has several links, so a moderator will have a look first.")).toBeVisible();
    expect((await otherPage.goto(page.url()))?.status()).toBe(404);
  });

  test("a thread locked meanwhile answers 423 and keeps the text", async ({ page, article, lock }) => {
    await page.goto(article.address);
    const { body, post } = composerOf(page);
    await body.fill("One more thing");
    await lock(article);
    expect(await statusAfter(page, () => post.click())).toBe(423);
    await expect(discussionOf(page)).toContainText("This discussion is locked.");
    await expect(page.getByText("One more thing")).toBeVisible();
  });

  test("the same form sent twice at once, or again after going back, posts one comment", async ({ page, article }) => {
    await page.goto(article.address);
    await composerOf(page).body.fill("Twice the same.");
    await composerOf(page).post.dblclick();
    await expect(commentsOf(page, "Twice the same.")).toBeVisible();
    await page.goBack();
    await composerOf(page).body.fill("Twice the same.");
    await composerOf(page).post.click();
    await expect(page).toHaveURL(new RegExp(`${article.address}#c-\\d+$`));
    await expect(commentsOf(page)).toHaveCount(1);
  });

  test("two identical posts that arrive together leave one row", async ({ page, playwright, origin, article }) => {
    await page.goto(article.address);
    const fields = await composerOf(page).form.evaluate((form) =>
      form instanceof HTMLFormElement ? [...new FormData(form)].map(([name, value]) => [name, String(value)]) : [],
    );
    const sent = { ...Object.fromEntries(fields), body: "Sent by two sockets.", intent: "post" };
    const request = await playwright.request.newContext({ baseURL: origin, extraHTTPHeaders: { origin } });
    const answers = await Promise.all(
      [1, 2].map(() => request.post(article.address, { multipart: sent, maxRedirects: 0 })),
    );
    expect(answers.map((answer) => answer.status())).toEqual([303, 303]);
    expect(answers[0]?.headers().location).toBe(answers[1]?.headers().location);
    await request.dispose();
    await page.reload();
    await expect(commentsOf(page)).toHaveCount(1);
  });
});
