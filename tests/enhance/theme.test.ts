// The theme: chosen by one button, kept, and on the page before anything is painted.

import { describe, it } from "vitest";
import { expect } from "./expect";
import { visiting } from "./visit";

const visit = visiting();

describe("the theme", () => {
  it.each([
    { system: "light" as const, steps: ["dark", "light"], names: ["Dark theme", "Light theme"] },
    { system: "dark" as const, steps: ["light", "dark"], names: ["Light theme", "Dark theme"] },
  ])("goes on a $system system first to the other one, then to the same, then back to the system's", async (row) => {
    const { page } = visit;
    await page.emulateMedia({ colorScheme: row.system });
    const html = page.locator("html");
    const button = page.locator("theme-switch").getByRole("button");
    await expect(button).toHaveAccessibleName("Theme of the system");
    for (const [index, theme] of row.steps.entries()) {
      await button.press("Enter");
      await expect(button).toHaveAccessibleName(row.names[index] ?? "");
      await expect(html).toHaveAttribute("data-theme", theme);
    }
    await button.press("Enter");
    await expect(button).toHaveAccessibleName("Theme of the system");
    await expect(html).not.toHaveAttribute("data-theme");
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
  });

  it("is on the page before its body begins, on the next page too", async () => {
    const { page } = visit;
    await page.getByRole("button", { name: "Theme of the system" }).click();
    await page.goto("/comments/1");
    expect(await page.evaluate(() => [Reflect.get(window, "themeAtHead"), Reflect.get(window, "bodyAtHead")])).toEqual([
      "dark",
      null,
    ]);
    await expect(page.getByRole("button", { name: "Dark theme" })).toBeVisible();
  });

  it("changes in other tabs at once", async () => {
    const { page, context } = visit;
    const other = await context.newPage();
    await other.goto("/articles/tea");
    await page.getByRole("button", { name: "Theme of the system" }).click();
    await expect(other.locator("html")).toHaveAttribute("data-theme", "dark");
    await expect(other.getByRole("button", { name: "Dark theme" })).toBeVisible();
  });

  it("works for the one page where nothing can be kept, and ignores what is no theme", async () => {
    const { page, context } = visit;
    await page.evaluate(() => localStorage.setItem("colloquy-theme", "purple"));
    await page.reload();
    await expect(page.locator("html")).not.toHaveAttribute("data-theme");
    await context.addInitScript(() => {
      Object.defineProperty(window, "localStorage", {
        get: () => {
          throw new DOMException("forbidden", "SecurityError");
        },
      });
    });
    await page.reload();
    await page.getByRole("button", { name: "Theme of the system" }).click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  });
});
