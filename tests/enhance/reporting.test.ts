// Reporting a comment without leaving the page.

import { describe, it } from "vitest";
import { expect } from "./expect";
import { problem } from "./site";
import { visiting } from "./visit";

const visit = visiting();
const REPORT = "POST /api/v1/comments/3/reports";

describe("reporting", () => {
  it("asks for the reason in a dialog, sends it once, thanks, and returns the focus", async () => {
    const { page, site } = visit;
    const link = page.locator('#c-3 [data-action="report"]');
    await link.click();
    const dialog = page.getByRole("dialog", { name: "Report this comment" });
    await dialog.getByLabel("Advertising or spam").check();
    await dialog.getByLabel("Anything a moderator should know").fill("Sells tea");
    const held = site.hold(REPORT);
    await dialog.getByRole("button", { name: "Report" }).dblclick();
    await held.arrived;
    held.release();
    await expect(dialog).toHaveCount(0);
    await expect(link).toBeFocused();
    await expect(page.locator("#c-3")).toContainText("Thank you. A moderator will have a look.");
    expect(site.reports).toEqual([{ id: "3", reason: "SPAM", note: "Sells tea" }]);
  });

  it("keeps the dialog and what was written when it fails", async () => {
    const { page, site } = visit;
    site.next(
      REPORT,
      problem(422, "invalid", { detail: "Choose.", fields: { reason: "Please choose a reason.", note: "Too long." } }),
    );
    await page.locator('#c-3 [data-action="report"]').click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Insulting").check();
    const note = dialog.getByLabel("Anything a moderator should know");
    await note.fill("Rude");
    await dialog.getByRole("button", { name: "Report" }).click();
    await expect(dialog.getByRole("group")).toContainText("Please choose a reason.");
    await expect(note).toHaveAccessibleDescription("Too long.");
    await expect(note).toHaveValue("Rude");
    await dialog.getByRole("button", { name: "Report" }).click();
    await expect(dialog).toHaveCount(0);
    expect(site.reports).toHaveLength(1);
  });

  it.each(["Escape", "Cancel"])("%s closes the dialog and nothing is sent", async (way) => {
    const { page, site } = visit;
    const link = page.locator('#c-3 [data-action="report"]');
    await link.click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toBeVisible();
    if (way === "Escape") await page.keyboard.press("Escape");
    else await dialog.getByRole("button", { name: "Cancel" }).click();
    await expect(dialog).toHaveCount(0);
    await expect(link).toBeFocused();
    expect(site.reports).toHaveLength(0);
  });

  it("says so when the server cannot be reached", async () => {
    const { page, site } = visit;
    site.next("GET /comments/3", "drop");
    await page.locator('#c-3 [data-action="report"]').click();
    await expect(page.locator("#c-3").getByRole("alert")).toContainText("That did not work.");
  });

  it("goes to the comment's page where that has no form for it", async () => {
    const { page, site } = visit;
    site.next("GET /comments/3", { status: 404, body: "<!doctype html><title>Gone</title>" });
    await page.locator('#c-3 [data-action="report"]').click();
    await expect(page).toHaveURL(/\/comments\/3#report$/);
  });
});
