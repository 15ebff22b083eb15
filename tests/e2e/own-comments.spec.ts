// What one may do with a comment after it stands there: edit, delete, report; and what a locked thread allows.
import { commentsOf, composerOf, discussionOf, expect, say, test } from "./stories";

test("one's own comment is edited in place, and everybody sees the new text", async ({ page, otherPage, article }) => {
  await page.goto(article.address);
  await say(page, "Bees flie by the sun.");
  const mine = commentsOf(page).first();
  await mine.getByRole("link", { name: "Edit" }).click();
  const edit = page.getByRole("form", { name: "Edit your comment" });
  const box = edit.getByLabel("Comment");
  await expect(box).toBeFocused();
  await expect(box).toHaveValue("Bees flie by the sun.");
  await box.fill("Bees *fly* by the sun.");
  await edit.getByRole("button", { name: "Save" }).click();
  await expect(mine).toContainText("Bees fly by the sun.");
  await expect(mine).toBeFocused();
  await expect(mine.locator("em")).toHaveText("fly");
  await otherPage.goto(article.address);
  await expect(commentsOf(otherPage).locator(".comment-body")).toHaveText("Bees fly by the sun.");
});

test("an edit can be given up, and one that fails keeps its text", async ({ page, article }) => {
  await page.goto(article.address);
  await say(page, "As it was.");
  const mine = commentsOf(page).first();
  await mine.getByRole("link", { name: "Edit" }).click();
  const edit = page.getByRole("form", { name: "Edit your comment" });
  await edit.getByLabel("Comment").fill("   ");
  await edit.getByRole("button", { name: "Save" }).click();
  await expect(edit.getByLabel("Comment")).toHaveAccessibleDescription(/Please write something first\./);
  await edit.getByLabel("Comment").fill("Never mind.");
  await edit.getByRole("button", { name: "Cancel" }).click();
  await expect(mine.getByRole("link", { name: "Edit" })).toBeFocused();
  await expect(mine.locator(".comment-body")).toHaveText("As it was.");
  await mine.getByRole("link", { name: "Edit" }).click();
  await expect(edit.getByLabel("Comment")).toHaveValue("As it was.");
});

test("one's own comments are known again after a reload, others' are not", async ({ page, article, post }) => {
  await post.one(article, { body: "By somebody else." });
  await page.goto(article.address);
  await say(page, "By me.");
  await expect(commentsOf(page, "By me.")).toBeVisible();
  await page.reload();
  await expect(commentsOf(page, "By me.").getByText("You", { exact: true })).toBeVisible();
  await expect(commentsOf(page, "By me.").getByRole("link", { name: "Delete" })).toBeVisible();
  await expect(commentsOf(page, "By me.").getByRole("link", { name: "Report" })).toHaveCount(0);
  await expect(commentsOf(page, "By somebody else.").getByRole("link", { name: /Edit|Delete/ })).toHaveCount(0);
  await expect(commentsOf(page, "By somebody else.").getByRole("link", { name: "Report" })).toBeVisible();
});

test("a deleted comment leaves its place to its replies", async ({ page, otherPage, article, post }) => {
  await page.goto(article.address);
  await say(page, "I regret this.");
  const mine = commentsOf(page, "I regret this.");
  const id = ((await mine.getAttribute("id")) ?? "").slice("c-".length);
  await post.one(article, { body: "I answered it.", parentId: id });
  await page.reload();
  await mine.getByRole("link", { name: "Delete" }).click();
  const question = page.getByRole("group", { name: "Delete this comment?" });
  await expect(question.getByRole("button", { name: "Keep" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(mine).toBeVisible();
  await mine.getByRole("link", { name: "Delete" }).click();
  await question.getByRole("button", { name: "Delete" }).click();

  const tombstone = page.locator(`#c-${id}`);
  await expect(tombstone).toBeFocused();
  await expect(tombstone).not.toContainText("I regret this.");
  await otherPage.goto(article.address);
  await expect(otherPage.locator(`#c-${id}`)).toHaveClass(/tombstone/);
  await expect(otherPage.locator(`#c-${id}`).getByRole("link", { name: "Reply" })).toHaveCount(0);
  await expect(otherPage.getByText("I regret this.")).toHaveCount(0);
  await expect(otherPage.locator(`li:has(> #c-${id}) > ol.replies`)).toContainText("I answered it.");
  await expect(discussionOf(otherPage).getByRole("heading", { level: 2 }).first()).toHaveText(/1 comment$/);
});

test("a comment is reported in a dialog, which thanks", async ({ page, article, post }) => {
  await post.one(article, { body: "Buy my honey!" });
  await page.goto(article.address);
  const link = commentsOf(page, "Buy my honey!").getByRole("link", { name: "Report" });
  await link.click();
  const dialog = page.getByRole("dialog", { name: "Report this comment" });
  await dialog.getByRole("button", { name: "Report" }).click();
  await expect(dialog).toBeVisible();
  await dialog.getByLabel("Advertising or spam").check();
  await dialog.getByLabel("Anything a moderator should know").fill("He says this everywhere.");
  await dialog.getByRole("button", { name: "Report" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(commentsOf(page, "Buy my honey!")).toContainText("Thank you. A moderator will have a look.");
  await expect(link).toBeFocused();
});

test("a locked thread can be read and not answered", async ({ page, article, post, lock }) => {
  await post.one(article, { body: "The last word." });
  await page.goto(article.address);
  const composer = composerOf(page);
  await composer.body.fill("One more thing");
  await lock(article);
  await composer.post.click();
  await expect(composer.message).toContainText("This discussion is locked.");
  await expect(composer.body).toHaveValue("One more thing");
  await page.reload();
  await expect(discussionOf(page)).toContainText("This discussion is locked.");
  await expect(commentsOf(page, "The last word.").getByRole("link", { name: "Reply" })).toHaveCount(0);
  await expect(commentsOf(page, "The last word.").getByRole("link", { name: "Report" })).toBeVisible();
  await expect(composer.form).toHaveCount(0);
});

test("a reply whose parent was deleted meanwhile is kept, with a word about it", async ({
  page,
  otherPage,
  article,
}) => {
  await otherPage.goto(article.address);
  await say(otherPage, "Soon gone.");
  await expect(commentsOf(otherPage, "Soon gone.")).toBeVisible();
  await page.goto(article.address);
  await commentsOf(page, "Soon gone.").getByRole("link", { name: "Reply" }).click();
  const reply = composerOf(page, /^Reply to/);
  await reply.body.fill("But why?");
  await commentsOf(otherPage, "Soon gone.").getByRole("link", { name: "Delete" }).click();
  await otherPage.getByRole("group", { name: "Delete this comment?" }).getByRole("button", { name: "Delete" }).click();
  await expect(otherPage.locator(".tombstone")).toBeVisible();
  await reply.post.click();
  await expect(reply.message).toContainText("The comment you are replying to is not there any more.");
  await expect(reply.body).toHaveValue("But why?");
});
