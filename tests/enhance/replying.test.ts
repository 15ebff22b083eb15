// Answering in place, right under the comment that is answered.
import type { Page } from "@playwright/test";
import { describe, it } from "vitest";
import { expect } from "./expect";
import { POST, problem } from "./site";
import { composerOf, visiting } from "./visit";

const visit = visiting();

function replyTo(page: Page, id: string, name: string) {
  const form = page.getByRole("form", { name: `Reply to ${name}` });
  return {
    link: page.locator(`#c-${id} [data-action="reply"]`),
    form,
    body: form.getByLabel("Comment", { exact: true }),
    post: form.getByRole("button", { name: "Post Anonymously" }),
    cancel: form.getByRole("button", { name: "Cancel" }),
  };
}

describe("replying", () => {
  it("opens the composer under the comment and puts the answer below it", async () => {
    const { page, site } = visit;
    const { link, form, body, post } = replyTo(page, "1", "Ada");
    await link.click();
    await expect(body).toBeFocused();
    await body.fill("Yes, Ada");
    await post.click();
    const answer = page.locator("li:has(> #c-1) > ol.replies > li > #c-101");
    await expect(answer).toContainText("Yes, Ada");
    await expect(answer).toBeFocused();
    await expect(form).toHaveCount(0);
    await expect(link).toHaveText("Reply");
    expect(site.requests(POST)[0]?.body.parentId).toBe("1");
  });

  it("starts a list where there was none", async () => {
    const { page } = visit;
    const { link, body, post } = replyTo(page, "3", "Mary");
    await link.click();
    await body.fill("First answer");
    await post.click();
    await expect(page.locator("li:has(> #c-3) > ol.replies > li > #c-101")).toBeFocused();
  });

  it("goes on flat below the deepest level, and says to whom", async () => {
    const { page, site } = visit;
    for (let id = 4; id <= 7; id += 1)
      site.add({ id: String(id), parentId: String(id === 4 ? 2 : id - 1), name: `P${id}` });
    await page.reload();
    const { link, body, post } = replyTo(page, "7", "P7");
    await link.click();
    await body.fill("Deep");
    await post.click();
    const answer = page.locator("#c-101");
    await expect(answer).toBeFocused();
    await expect(answer).toContainText("in reply to P7");
    await expect(answer.getByRole("link", { name: "P7" })).toHaveAttribute("href", "#c-7");
    await expect(page.locator("li:has(> #c-7) + li > #c-101")).toHaveCount(1);
  });

  it.each(["Escape", "Cancel"])("%s closes it, returns the focus and keeps the text", async (way) => {
    const { page } = visit;
    const { link, form, body, cancel } = replyTo(page, "1", "Ada");
    await link.click();
    await body.fill("Later");
    if (way === "Escape") await body.press("Escape");
    else await cancel.click();
    await expect(form).toHaveCount(0);
    await expect(link).toBeFocused();
    await expect(link).toHaveText("Continue reply");
    await page.reload();
    await expect(link).toHaveText("Continue reply");
    await link.click();
    await expect(body).toHaveValue("Later");
    await expect(form.locator(".form-message")).toHaveText("Your unsent text is back.");
  });

  it("keeps its text apart from the composer's and from other replies", async () => {
    const { page } = visit;
    const main = composerOf(page);
    await main.body.fill("To the article");
    const toAda = replyTo(page, "1", "Ada");
    await toAda.link.click();
    await expect(toAda.body).toHaveValue("");
    await toAda.body.fill("To Ada");
    const toMary = replyTo(page, "3", "Mary");
    await toMary.link.click();
    await expect(toAda.form).toHaveCount(0);
    await expect(toMary.body).toHaveValue("");
    await toMary.body.press("Escape");
    await toAda.link.click();
    await expect(toAda.body).toHaveValue("To Ada");
    await expect(main.body).toHaveValue("To the article");
  });

  it("brings the name along, but no message, error or preview of the composer", async () => {
    const { page, site } = visit;
    site.next(POST, problem(422, "invalid", { detail: "No.", fields: { body: "No.", website: "Odd." } }));
    const main = composerOf(page);
    await main.body.fill("Hm");
    await main.name.fill("Vera");
    await main.form.getByRole("button", { name: "Preview" }).click();
    await expect(main.form.getByRole("region", { name: "Preview" })).toBeVisible();
    await main.post.click();
    await expect(main.body).toHaveAttribute("aria-invalid", "true");
    const { link, form, body } = replyTo(page, "1", "Ada");
    await link.click();
    await expect(form.getByLabel("Name", { exact: true })).toHaveValue("Vera");
    await expect(body).not.toHaveAttribute("aria-invalid", "true");
    await expect(form.locator(".field-error, .preview, .counter")).toHaveCount(0);
    await expect(form.locator(".form-message")).toHaveText("");
    // No id twice, and every reference inside the copy.
    const ids = await page.locator("[id]").evaluateAll((elements) => elements.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    await expect(body).toHaveAccessibleDescription("Help");
  });

  it("opened twice is one box", async () => {
    const { page } = visit;
    const { link, body, form } = replyTo(page, "1", "Ada");
    await link.click();
    await body.fill("Still here");
    await link.click();
    await expect(form).toHaveCount(1);
    await expect(body).toHaveValue("Still here");
    await expect(body).toBeFocused();
  });

  it("with Ctrl is a link like any other", async () => {
    const { page } = visit;
    // Notes what the thread's listener left to the browser, and spares the test the new tab.
    await page.evaluate(() => {
      addEventListener("click", (event) => {
        document.title = event.defaultPrevented ? "taken" : "left alone";
        event.preventDefault();
      });
    });
    const { link, form } = replyTo(page, "1", "Ada");
    await link.click({ modifiers: ["Control"] });
    await expect(page).toHaveTitle("left alone");
    await expect(form).toHaveCount(0);
    await link.click();
    await expect(page).toHaveTitle("taken");
  });

  it("works from the page of one comment, where answers have a list of their own", async () => {
    const { page } = visit;
    await page.goto("/comments/1");
    const form = page.getByRole("form", { name: "Reply" });
    await form.getByLabel("Comment", { exact: true }).fill("From its page");
    await form.getByRole("button", { name: "Post Anonymously" }).click();
    await expect(page.locator(".answers > ol > li > #c-101")).toBeFocused();
    await page.goto("/comments/3");
    await form.getByLabel("Comment", { exact: true }).fill("The first here");
    await form.getByRole("button", { name: "Post Anonymously" }).click();
    await expect(page.getByRole("region", { name: "1 reply" }).locator("#c-102")).toBeFocused();
  });
});
