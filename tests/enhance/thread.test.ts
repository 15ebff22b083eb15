// The thread as a reader walks through it: folding, keys, and links that land.

import { describe, it } from "vitest";
import { expect } from "./expect";
import { visiting } from "./visit";

const visit = visiting();

describe("folding", () => {
  it("hides a comment's replies, by mouse and keyboard, and is remembered for this visit", async () => {
    const { page } = visit;
    const fold = page.locator("#c-1").getByRole("button", { name: "Replies" });
    const answer = page.locator("#c-2");
    await expect(fold).toHaveAttribute("aria-expanded", "true");
    await fold.click();
    await expect(fold).toHaveAttribute("aria-expanded", "false");
    await expect(answer).toBeHidden();
    await page.reload();
    await expect(answer).toBeHidden();
    await fold.press("Enter");
    await expect(answer).toBeVisible();
    await page.reload();
    await expect(answer).toBeVisible();
  });
});

describe("keys", () => {
  it("j and k walk through the comments that are seen, r answers, and none of them while typing", async () => {
    const { page } = visit;
    for (const [key, id] of [
      ["j", "1"],
      ["j", "2"],
      ["j", "3"],
      ["j", "3"],
      ["k", "2"],
      ["k", "1"],
    ]) {
      await page.keyboard.press(key ?? "");
      await expect(page.locator(`#c-${id}`)).toBeFocused();
    }
    await page.locator("#c-1").getByRole("button", { name: "Replies" }).click();
    await page.keyboard.press("j");
    await expect(page.locator("#c-3")).toBeFocused();
    await page.keyboard.press("r");
    const box = page.getByRole("form", { name: "Reply to Mary" }).getByLabel("Comment", { exact: true });
    await expect(box).toBeFocused();
    await page.keyboard.type("jkr?");
    await expect(box).toHaveValue("jkr?");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });

  it("leave combinations to the browser", async () => {
    const { page } = visit;
    await page.keyboard.press("Control+j");
    await page.keyboard.press("Alt+j");
    await expect(page.locator("#c-1")).not.toBeFocused();
  });

  it("? lists them; they can be switched off for good, and on again by the button", async () => {
    const { page } = visit;
    await page.keyboard.press("?");
    const dialog = page.getByRole("dialog", { name: "Keys" });
    await expect(dialog).toContainText("next comment");
    await dialog.getByLabel("Use these keys").uncheck();
    await page.keyboard.press("Escape");
    await page.reload();
    await page.keyboard.press("j");
    await page.keyboard.press("?");
    await expect(dialog).toHaveCount(0);
    await expect(page.locator("#c-1")).not.toBeFocused();
    await page.getByRole("button", { name: "Keys" }).click();
    await dialog.getByLabel("Use these keys").check();
    await dialog.getByRole("button", { name: "Close" }).click();
    await page.keyboard.press("j");
    await expect(page.locator("#c-1")).toBeFocused();
  });
});

describe("links to a comment", () => {
  it("land on it and mark it", async () => {
    const { page } = visit;
    await page.goto("/articles/tea#c-3");
    await expect(page.locator("#c-3")).toHaveClass(/is-target/);
    await page.evaluate(() => {
      location.hash = "#c-2";
    });
    await expect(page.locator("#c-2")).toHaveClass(/is-target/);
    await expect(page.locator(".is-target")).toHaveCount(1);
  });

  it("go to the comment's own page when it is not on this one", async () => {
    const { page, site } = visit;
    site.add({ id: "55", parentId: "1", status: "PENDING" });
    await page.goto("/articles/tea#c-55");
    await expect(page).toHaveURL(`${site.origin}/comments/55`);
    await page.goBack();
    await expect(page).not.toHaveURL(/#c-55/);
  });

  it("open what was folded away", async () => {
    const { page } = visit;
    await page.locator("#c-1").getByRole("button", { name: "Replies" }).click();
    await expect(page.locator("#c-2")).toBeHidden();
    await page.evaluate(() => {
      location.hash = "#c-2";
    });
    await expect(page.locator("#c-2")).toBeVisible();
    await expect(page.locator("#c-2")).toBeInViewport();
  });

  it("of another shape are left alone", async () => {
    const { page, site } = visit;
    await page.goto("/articles/tea#c-55x");
    await page.goto("/articles/tea#discussion");
    await page.keyboard.press("j");
    await expect(page.locator("#c-1")).toBeFocused();
    await expect(page).toHaveURL(`${site.origin}/articles/tea#discussion`);
  });
});
