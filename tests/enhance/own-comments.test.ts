// One's own comments: known by one small request, edited and deleted where they stand.

import { describe, it } from "vitest";
import { expect } from "./expect";
import { problem } from "./site";
import { hint, visiting } from "./visit";

const visit = visiting({ open: false });

/** The article page as someone sees it who wrote the first comment. */
async function openAsAda() {
  const { page, site } = visit;
  site.add({ id: "1", name: "Ada", body: "First", own: true });
  await hint(visit);
  await page.goto("/articles/tea");
  const article = page.locator("#c-1");
  return {
    page,
    site,
    article,
    edit: article.getByRole("link", { name: "Edit" }),
    remove: article.getByRole("link", { name: "Delete" }),
    form: page.getByRole("form", { name: "Edit your comment" }),
  };
}

describe("who I am", () => {
  it("is not asked without the cookie that hints at it", async () => {
    const { page, site } = visit;
    await page.goto("/articles/tea");
    await page.keyboard.press("j");
    await expect(page.locator("#c-1")).toBeFocused();
    expect(site.requests("GET /api/v1/me")).toHaveLength(0);
    await expect(page.locator(".own-mark")).toHaveCount(0);
  });

  it("draws my tools on the line that is there, and moves nothing", async () => {
    const { page, site, context } = visit;
    site.add({ id: "1", name: "Ada", body: "First", own: true });
    await hint(visit);
    await page.setViewportSize({ width: 390, height: 800 });
    await context.addInitScript(() => {
      Object.assign(window, { shift: 0 });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          if ("value" in entry) Object.assign(window, { shift: Reflect.get(window, "shift") + entry.value });
        }
      }).observe({ type: "layout-shift", buffered: true });
    });
    const held = site.hold("GET /api/v1/me");
    await page.goto("/articles/tea");
    await held.arrived;
    const after = page.locator("#c-3");
    const before = await after.boundingBox();
    held.release();
    await expect(page.locator("#c-1").getByRole("link")).toHaveText(["1 Nov 2026", "Reply", "Edit", "Delete"]);
    await expect(page.locator(".own-mark")).toHaveText("You");
    expect(await after.boundingBox()).toEqual(before);
    await expect(page.locator("#c-3").getByRole("link")).toHaveText(["1 Nov 2026", "Reply", "Report"]);
    expect(await page.evaluate(() => Reflect.get(window, "shift"))).toBe(0);
  });

  it("shows my held comments where they belong, marked, and asks for no others", async () => {
    const { page, site } = visit;
    site.add({ id: "8", name: "Me", body: "Held answer", parentId: "1", status: "PENDING", own: true });
    site.add({ id: "9", name: "Me", body: "Held", status: "PENDING", own: true });
    await hint(visit);
    await page.goto("/articles/tea");
    await expect(page.locator("li:has(> #c-1) > ol.replies > li > #c-8")).toContainText("Waiting for a moderator");
    await expect(page.locator("ol.comments > li:last-child > #c-9")).toContainText("Waiting for a moderator");
    await expect(page.locator("#c-9").getByRole("link", { name: "Edit" })).toBeVisible();
    expect(site.seen.filter(({ route }) => route.startsWith("GET /comments/"))).toHaveLength(2);
    await expect(page.locator("#discussion-heading .count")).toHaveText("3 comments");
  });

  it("is nothing when the answer fails", async () => {
    const { page, site } = visit;
    await hint(visit);
    site.next("GET /api/v1/me", problem(503, "unavailable"));
    const answered = page.waitForResponse("**/api/v1/me*");
    await page.goto("/articles/tea");
    await answered;
    await page.locator("#c-1").getByRole("link", { name: "Reply" }).click();
    await expect(page.getByRole("form", { name: "Reply to Ada" })).toBeVisible();
  });
});

describe("editing", () => {
  it("changes the text in place, with its fold and tools kept", async () => {
    const { page, site, article, edit, form } = await openAsAda();
    await edit.click();
    const body = form.getByLabel("Comment");
    await expect(body).toBeFocused();
    await expect(body).toHaveValue("First");
    await body.fill("First, corrected");
    await form.getByRole("button", { name: "Save" }).click();
    await expect(article.locator(".comment-body")).toHaveText("First, corrected");
    await expect(article).toBeFocused();
    await expect(form).toHaveCount(0);
    await expect(edit).toBeVisible();
    await expect(article.locator("button.collapse")).toBeVisible();
    await expect(page.getByText("Your comment is changed.")).toBeAttached();
    expect(site.requests("PATCH /api/v1/comments/1")).toHaveLength(1);
  });

  it("sends once on a double click and keeps the text when it fails", async () => {
    const { page, site, edit, form } = await openAsAda();
    await edit.click();
    const body = form.getByLabel("Comment");
    await body.fill("Better");
    site.next("PATCH /api/v1/comments/1", problem(422, "invalid", { detail: "No.", fields: { body: "No." } }));
    await form.getByRole("button", { name: "Save" }).dblclick();
    await expect(body).toHaveAccessibleDescription("No.");
    await expect(body).toHaveValue("Better");
    expect(site.requests("PATCH /api/v1/comments/1").length).toBeLessThanOrEqual(2);
    await page.reload();
    await edit.click();
    await expect(body).toHaveValue("Better");
    await expect(form.locator(".form-message")).toHaveText("Your unsent text is back.");
  });

  it("Escape keeps what was changed, Cancel forgets it; both return the focus", async () => {
    const { article, edit, form } = await openAsAda();
    const body = form.getByLabel("Comment");
    await edit.click();
    await body.fill("Changed");
    await body.press("Escape");
    await expect(edit).toBeFocused();
    await expect(article.locator(".comment-body")).toHaveText("First");
    await edit.click();
    await expect(body).toHaveValue("Changed");
    await form.getByRole("button", { name: "Cancel" }).click();
    await expect(edit).toBeFocused();
    await edit.click();
    await expect(body).toHaveValue("First");
  });

  it.each([
    { when: "it is refused", reply: problem(403, "forbidden", { detail: "This is not yours to change." }) },
    { when: "the source is not told", reply: { status: 200, body: { id: "1", source: null } } },
  ])("says at the comment why it cannot begin when $when", async ({ reply }) => {
    const { site, article, edit, form } = await openAsAda();
    site.next("GET /api/v1/comments/1", reply);
    await edit.click();
    await expect(article.getByRole("alert")).toHaveText("This is not yours to change.");
    await expect(form).toHaveCount(0);
  });
});

describe("deleting", () => {
  it("asks once more, with the focus on the safe answer, then leaves a tombstone with its replies", async () => {
    const { page, site, article, remove } = await openAsAda();
    await remove.click();
    const question = article.getByRole("group", { name: "Delete this comment?" });
    await expect(question.getByRole("button", { name: "Keep" })).toBeFocused();
    expect(site.requests("DELETE /api/v1/comments/1")).toHaveLength(0);
    await question.getByRole("button", { name: "Delete" }).click();
    await expect(article).toHaveClass(/tombstone/);
    await expect(article).toBeFocused();
    await expect(article).toContainText("This comment is gone.");
    await expect(article.getByRole("link", { name: "Edit" })).toHaveCount(0);
    await expect(page.locator("#c-2")).toBeVisible();
    expect(site.comments.get("1")?.status).toBe("DELETED");
  });

  it.each(["Keep", "Escape"])("%s takes the question back and returns the focus", async (way) => {
    const { site, article, remove } = await openAsAda();
    await remove.click();
    const keep = article.getByRole("button", { name: "Keep" });
    if (way === "Keep") await keep.click();
    else await keep.press("Escape");
    await expect(remove).toBeFocused();
    await expect(article.getByRole("group")).toHaveCount(0);
    expect(site.requests("DELETE /api/v1/comments/1")).toHaveLength(0);
  });

  it.each([
    { fate: "drop" as const, says: "That did not work." },
    {
      fate: problem(409, "conflict", { detail: "Somebody changed this meanwhile." }),
      says: "Somebody changed this meanwhile.",
    },
  ])("that fails says so and leaves everything as it was: $says", async ({ fate, says }) => {
    const { site, article, remove } = await openAsAda();
    site.next("DELETE /api/v1/comments/1", fate);
    await remove.click();
    await article.getByRole("button", { name: "Delete" }).click();
    await expect(article.getByRole("alert")).toContainText(says);
    await expect(remove).toBeVisible();
    await expect(article).not.toHaveClass(/tombstone/);
  });

  it("without the server's tombstone draws its own", async () => {
    const { site, article, remove } = await openAsAda();
    await remove.click();
    site.next("GET /comments/1", "drop");
    await article.getByRole("button", { name: "Delete" }).click();
    await expect(article).toHaveClass(/tombstone/);
    await expect(article).toContainText("Your comment is deleted.");
    await expect(article).not.toContainText("First");
  });
});
