// The whole story by keyboard alone, with the focus always to be seen.
import type { Page } from "@playwright/test";
import { commentsOf, composerOf, expect, test } from "./stories";

/** More stops than any page here has. */
const manyStops = 200;

/** Whether what has the focus shows it: by an outline or a changed border, of some width and not transparent. */
async function focusIsSeen(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return true;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return (outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1) || boxShadow !== "none";
  });
}

/** Presses Tab until the control with this name has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let stop = 0; stop < manyStops; stop++) {
    await page.keyboard.press("Tab");
    expect(await focusIsSeen(page)).toBe(true);
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      const labels =
        element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement ? element.labels : null;
      return labels?.[0]?.textContent ?? element?.textContent ?? "";
    });
    if (name.test(focused.trim())) return;
  }
  throw new Error(`Nothing named ${name} was reached by ${manyStops} presses of Tab.`);
}

test("one reads, posts, previews, replies, edits and deletes without a mouse", async ({ page, article, post }) => {
  test.slow();
  await post.one(article, { body: "Somebody's question." });
  await page.goto(article.address);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the text" })).toBeFocused();
  await expect(page.getByRole("link", { name: "Skip to the text" })).toBeInViewport();
  await page.keyboard.press("Enter");
  await tabTo(page, /^Post your comments$/);
  await page.keyboard.press("Enter");
  await tabTo(page, /^Comment$/);
  await page.keyboard.type("Typed *only*.");
  await tabTo(page, /^Name$/);
  await page.keyboard.type("Ada");
  await tabTo(page, /^Preview$/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Preview" })).toContainText("Typed only.");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  const mine = commentsOf(page, "Typed only.");
  await expect(mine).toBeFocused();
  await expect(page.getByRole("status").filter({ hasText: "Your comment is posted." })).toBeAttached();

  await tabTo(page, /^Edit$/);
  await page.keyboard.press("Enter");
  const edit = page.getByRole("form", { name: "Edit your comment" });
  await expect(edit.getByLabel("Comment")).toBeFocused();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type(" Twice.");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(commentsOf(page, "Typed only. Twice.")).toBeFocused();

  await page.keyboard.press("k");
  await expect(commentsOf(page, "Somebody's question.")).toBeFocused();
  await page.keyboard.press("r");
  await expect(composerOf(page, /^Reply to/).body).toBeFocused();
  await page.keyboard.type("An answer.");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(commentsOf(page, "An answer.")).toBeFocused();

  await tabTo(page, /^Delete$/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Keep" })).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(page.locator(".tombstone")).toBeFocused();
});

test("the focus can be seen at every stop of every kind of page", async ({ page, article, post }) => {
  test.slow();
  const { id } = await post.one(article, { body: "With a [link](/topics)." });
  for (const path of [
    "/",
    article.address,
    `/comments/${id}`,
    "/topics",
    "/people/tomasz",
    `${article.address}/print`,
  ]) {
    await page.goto(path);
    const unseen = [];
    for (let stop = 0; stop < manyStops; stop++) {
      await page.keyboard.press("Tab");
      if (await page.evaluate(() => document.activeElement === document.body)) break;
      if (!(await focusIsSeen(page))) unseen.push(await page.evaluate(() => document.activeElement?.outerHTML));
    }
    expect(unseen, path).toEqual([]);
  }
});
