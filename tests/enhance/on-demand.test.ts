// The greater part of the script comes when it is wanted, and nothing that was pressed before it came is lost.

import { describe, it } from "vitest";
import { expect } from "./expect";
import { composerOf, hint, visiting } from "./visit";

const visit = visiting({ open: false });
const tools = "GET /assets/tools.js";

async function open(path = "/articles/tea"): Promise<void> {
  await visit.page.goto(path, { waitUntil: "networkidle" });
}

describe("a reader who only reads", () => {
  it("does not load the tools, not even by changing the theme or reading to the end", async () => {
    await open();
    await visit.page.locator(".theme-button").click();
    await visit.page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    await open();
    expect(visit.site.requests(tools)).toHaveLength(0);
  });

  it("comes back from logging in to where they were", async () => {
    await open("/articles/tea?sort=newest");
    await expect(visit.page.locator("account-link > a")).toHaveAttribute(
      "href",
      `/log-in?next=${encodeURIComponent("/articles/tea?sort=newest")}`,
    );
  });
});

describe("what was done before the tools were there is done once they are", () => {
  it("a click on Reply opens the box", async () => {
    const held = visit.site.hold(tools);
    await open();
    await visit.page.locator("#c-1").getByRole("link", { name: "Reply" }).click();
    await held.arrived;
    await expect(visit.page.locator("comment-form.reply-form")).toHaveCount(0);
    held.release();
    await expect(visit.page.locator("comment-form.reply-form textarea")).toBeFocused();
    expect(new URL(visit.page.url()).pathname).toBe("/articles/tea");
  });

  it("posting posts, once", async () => {
    const held = visit.site.hold(tools);
    await open();
    const { body, post } = composerOf(visit.page);
    await body.fill("Quick");
    await post.click();
    await held.arrived;
    held.release();
    await expect(visit.page.locator("#c-101")).toContainText("Quick");
    expect(visit.site.requests("POST /api/v1/articles/tea/comments")).toHaveLength(1);
  });

  it("posting by key posts, once", async () => {
    const held = visit.site.hold(tools);
    await open();
    const { body } = composerOf(visit.page);
    await body.fill("Quicker");
    await body.press("Control+Enter");
    await held.arrived;
    held.release();
    await expect(visit.page.locator("#c-101")).toContainText("Quicker");
    expect(visit.site.requests("POST /api/v1/articles/tea/comments")).toHaveLength(1);
  });

  it("what was typed is there again after leaving", async () => {
    const held = visit.site.hold(tools);
    await open();
    const { body, name, post } = composerOf(visit.page);
    await body.fill("Half a thou");
    await name.fill("Vera");
    await held.arrived;
    await visit.page.reload();
    held.release();
    await expect(body).toHaveValue("Half a thou");
    await expect(name).toHaveValue("Vera");
    await post.click();
    await expect(visit.page.locator("#c-101")).toContainText("Half a thou");
  });

  it("a key steps to the next comment", async () => {
    await open();
    await visit.page.keyboard.press("j");
    await expect(visit.page.locator("#c-1")).toBeFocused();
  });

  it("a fold button folds", async () => {
    await open();
    const button = visit.page.locator("#c-1 button.collapse");
    await button.click();
    await expect(button).toHaveAttribute("aria-expanded", "false");
  });
});

it("links do their own work when the tools cannot be had", async () => {
  visit.site.next(tools, "drop");
  await open();
  await visit.page.locator("#c-1").getByRole("link", { name: "Reply" }).click();
  await expect(visit.page).toHaveURL(/\/comments\/1#reply$/);
});

describe("comes at once", () => {
  it("for who has a cookie that says so", async () => {
    await hint(visit);
    await open();
    expect(visit.site.requests(tools)).toHaveLength(1);
  });

  it("for who was led to a comment", async () => {
    await open("/articles/tea#c-3");
    await expect(visit.page.locator("#c-3")).toHaveClass(/is-target/);
  });

  it("for who has folded something before", async () => {
    await open();
    await visit.page.locator("#c-1 button.collapse").click();
    await expect(visit.page.locator("#c-2")).toBeHidden();
    await visit.page.reload();
    await expect(visit.page.locator("#c-2")).toBeHidden();
  });
});
