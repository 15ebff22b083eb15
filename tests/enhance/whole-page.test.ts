// The page as a whole: what is missing does no harm, what is drawn is accessible, and trouble would be seen.
import { describe, it } from "vitest";
import { askAxe } from "@/tests/support/axe";
import { expect } from "./expect";
import { hint, visiting } from "./visit";

const visit = visiting();

describe("a page that lacks half of what the script looks for", () => {
  it("throws nothing", async () => {
    const { page } = visit;
    await page.goto("/bare");
    await expect(page.getByRole("button", { name: "Theme of the system" })).toHaveCount(2);
    for (const name of ["Reply", "Edit", "Unknown"]) await page.getByRole("link", { name }).click();
    await page.getByRole("button", { name: "Fold" }).click();
    for (const key of ["j", "k", "r"]) await page.keyboard.press(key);
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog")).toBeVisible();
  });
});

describe("the watch over these tests", () => {
  it("sees errors and breaches of the content security policy", async () => {
    const { page, troubles } = visit;
    await page.evaluate(() => document.body.setAttribute("style", "color: red"));
    await expect.poll(() => troubles.join()).toContain("Content Security Policy");
    troubles.length = 0;
    await page.evaluate(() => void setTimeout(() => Reflect.get(window, "nothing").here));
    await expect.poll(() => troubles.length).toBe(1);
    troubles.length = 0;
  });
});

describe("what the script draws", () => {
  it("has no fault that axe can find", async () => {
    const { page, site } = visit;
    site.add({ id: "1", name: "Ada", body: "First", own: true });
    site.add({ id: "3", name: "Mary", body: "Third", own: true });
    site.add({ id: "9", name: "Me", body: "Held", status: "PENDING", own: true });
    await hint(visit);
    await page.reload();
    await expect(page.locator("#c-9")).toBeVisible();
    const check = async (where: string) => {
      // Colours are the style sheet's, and it is unbuilt here.
      const violations = await askAxe(page, { except: ["color-contrast"] });
      expect({ where, violations: violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]) }).toEqual({
        where,
        violations: [],
      });
    };
    await page.locator("#c-1").getByRole("link", { name: "Edit" }).click();
    await expect(page.getByRole("form", { name: "Edit your comment" })).toBeVisible();
    await page.locator("#c-3").getByRole("link", { name: "Delete" }).click();
    await page.locator("#c-2").getByRole("link", { name: "Reply" }).click();
    const reply = page.getByRole("form", { name: "Reply to Grace" });
    await reply.getByLabel("Comment", { exact: true }).fill("x".repeat(195));
    await reply.getByRole("button", { name: "Preview" }).click();
    await expect(reply.getByRole("region", { name: "Preview" })).toBeVisible();
    await check("edit, delete and reply open");
    await page.locator('#c-2 [data-action="report"]').click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await check("report open");
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
    await check("keys open");
  });
});
