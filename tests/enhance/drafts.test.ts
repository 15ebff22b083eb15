// Unsent text survives: reloads, full and forbidden storage, for seven days, and no longer than it is wanted.
import type { Page } from "@playwright/test";
import { describe, it } from "vitest";
import { expect } from "./expect";
import { POST } from "./site";
import { composerOf, visiting } from "./visit";

const visit = visiting();
const DAY_MS = 24 * 3_600_000;

/** Until the touch of the box has brought the script that keeps what is in it while it is written, wherever there is room. */
const keeping = (page: Page) => expect(page.locator("button.show-password")).toBeAttached();

describe("unsent text", () => {
  it("is there again after a reload, with the name", async () => {
    const { page } = visit;
    const { body, name } = composerOf(page);
    await body.fill("Half a thou");
    await name.fill("Vera");
    await page.reload();
    await expect(body).toHaveValue("Half a thou");
    await expect(name).toHaveValue("Vera");
  });

  it("is kept without the password that was typed beside it", async () => {
    const { page } = visit;
    const { body, form } = composerOf(page);
    await body.fill("Half a");
    await keeping(page);
    await form.locator('input[name="password"]').evaluate((input: HTMLInputElement) => {
      input.value = "tell nobody";
      input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    });
    await body.fill("Half a thought");
    const kept = () => page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    await expect.poll(kept).toContain("Half a thought");
    expect(await kept()).not.toContain("tell nobody");
  });

  it("does not come back once it is posted, or emptied", async () => {
    const { page } = visit;
    const { body, post } = composerOf(page);
    await body.fill("Sent");
    await post.click();
    await expect(page.locator("#c-101")).toBeFocused();
    await page.reload();
    await expect(body).toHaveValue("");
    await body.fill("Unwanted");
    await body.fill("");
    await page.reload();
    await expect(body).toHaveValue("");
    await expect.poll(() => page.evaluate(() => Object.keys(localStorage).length)).toBe(0);
  });

  it.each([
    { days: 6.9, value: "Old words", keys: 1 },
    { days: 7.1, value: "", keys: 0 },
  ])("after $days days the box holds “$value”", async ({ days, value, keys }) => {
    const { page } = visit;
    await page.clock.install();
    await page.reload();
    const { body } = composerOf(page);
    await body.fill("Old words");
    // Otherwise it is kept when the page is left, days later.
    await keeping(page);
    await page.clock.fastForward(days * DAY_MS);
    await page.reload();
    await expect(body).toHaveValue(value);
    await expect.poll(() => page.evaluate(() => Object.keys(localStorage).length)).toBe(keys);
  });

  it("survives a reload when the storage for all tabs is full", async () => {
    const { page } = visit;
    // Really full: the browser's own limit, filled to the last few characters.
    await page.evaluate(() => {
      let size = 4_000_000;
      for (let index = 0; size >= 1; index += 1) {
        try {
          localStorage.setItem(`ballast${index}`, "x".repeat(size));
        } catch {
          size = Math.floor(size / 2);
        }
      }
    });
    const { body, post } = composerOf(page);
    await body.fill("No room for this");
    await keeping(page);
    await page.reload();
    await expect(body).toHaveValue("No room for this");
    await post.click();
    await expect(page.locator("#c-101")).toContainText("No room for this");
  });

  it("stays in the box and can be posted when storage is forbidden; leaving the page asks first", async () => {
    const { page, context } = visit;
    await context.addInitScript(() => {
      for (const name of ["localStorage", "sessionStorage"]) {
        Object.defineProperty(window, name, {
          get: () => {
            throw new DOMException("forbidden", "SecurityError");
          },
        });
      }
    });
    await page.reload();
    const { body, post } = composerOf(page);
    await body.fill("Nowhere to keep it");
    await keeping(page);
    const asked = page.waitForEvent("dialog");
    // Not by the driver's own reload, which would wait for a page that never comes.
    await page.evaluate(() => void setTimeout(() => location.reload()));
    const dialog = await asked;
    expect(dialog.type()).toBe("beforeunload");
    await dialog.dismiss();
    await expect(body).toHaveValue("Nowhere to keep it");
    await post.click();
    await expect(page.locator("#c-101")).toContainText("Nowhere to keep it");
    // Nothing is unsaved any more, so nothing asks.
    await page.reload();
    await expect(body).toHaveValue("");
  });

  it("does not push aside what the server left in the box", async () => {
    const { page } = visit;
    const { body } = composerOf(page);
    await body.fill("Kept here");
    await page.route("**/articles/tea", async (route) => {
      const response = await route.fetch();
      const html = (await response.text()).replace("</textarea>", "From the server</textarea>");
      await route.fulfill({ response, body: html });
    });
    await page.reload();
    await expect(body).toHaveValue("From the server");
  });

  it("of another kind or broken by hand is ignored", async () => {
    const { page } = visit;
    await page.evaluate(() => {
      localStorage.setItem("colloquy-draft:tea:", '{"body":5}');
      localStorage.setItem("colloquy-draft:tea:1", "{");
      sessionStorage.setItem("colloquy-collapsed", "nonsense");
    });
    await page.reload();
    const { body, post } = composerOf(page);
    await expect(body).toHaveValue("");
    await body.fill("Fine");
    await post.click();
    await expect(page.locator("#c-101")).toBeFocused();
  });
});

describe("the counter", () => {
  it("appears when the end is near, counts code points, and says when it is too much", async () => {
    const { page, site } = visit;
    const { body, form } = composerOf(page);
    const counter = form.locator(".counter");
    await body.fill("x".repeat(150));
    await expect(counter).toHaveCount(0);
    await body.fill("🍵".repeat(190));
    await expect(counter).toHaveText("10 characters left");
    await expect(body).toHaveAccessibleDescription(/10 characters left/);
    await body.fill("x".repeat(201));
    await expect(counter).toHaveText("1 character too many");
    await expect(page.locator("div[role=status]")).toHaveText("1 character too many");
    await body.fill("short");
    await expect(counter).toHaveCount(0);
    expect(site.requests(POST)).toHaveLength(0);
  });
});
