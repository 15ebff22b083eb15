// What an admin sets and what a sanctioned person sees: a rule that shows what it would have done, then acts; a warning that is read before
// posting goes on. Both without scripts.
import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { giveRoles } from "@/tests/support/give-roles";
import { faults } from "./faults";
import { enterAsMember } from "./people";
import { commentsOf, composerOf, expect, say, test } from "./stories";

/** A word that no other story writes. */
const aWord = () => [...randomBytes(9)].map((byte) => "abcdefghkmprstwxyz"[byte % 18]).join("");

async function become(page: Page, role: "ADMIN" | "MODERATOR"): Promise<void> {
  const person = await enterAsMember(page);
  await giveRoles(person.handle, [role]);
}

test("a rule shows what it would have done, is confirmed, acts, and is retired @only-no-javascript", async ({
  page,
  otherPage,
  article,
  post,
}) => {
  test.slow();
  const word = aWord();
  await post.one(article, { body: `Buy ${word} now.`, name: "Ada" });
  await become(page, "ADMIN");
  await page.goto("/desk/site");
  const form = page.getByRole("form", { name: "A new rule" });
  await form.locator('input[name="kind"][value="PATTERN"]').check();
  await form.getByLabel("Words, host or pattern").fill("(a+)+$");
  await form.getByRole("button", { name: "See what it would have done" }).click();
  await expect(form.getByLabel("Words, host or pattern")).toHaveAttribute("aria-invalid", "true");
  await expect(form.locator(".field-error")).toHaveText(/^Something that repeats/);

  await form.locator('input[name="kind"][value="WORDS"]').check();
  await form.getByLabel("Words, host or pattern").fill(word);
  await form.getByRole("button", { name: "See what it would have done" }).click();
  const rehearsal = form.getByRole("region", { name: "What it would have done" });
  await expect(rehearsal).toContainText("it would have fitted 1 comment");
  await expect(rehearsal.getByRole("listitem")).toContainText(`Buy ${word} now.`);
  // Another rule than the one that was looked at is not let loose.
  await form.getByLabel("Words, host or pattern").fill(`${word}\nbees`);
  await form.getByRole("button", { name: "Let it act" }).click();
  await expect(form.getByRole("alert")).toHaveText(/have a look/);
  await form.getByLabel("Words, host or pattern").fill(word);
  await form.getByRole("button", { name: "Look again" }).click();
  await form.getByRole("button", { name: "Let it act" }).click();
  await expect(page.locator(".house-note")).toHaveText("The rule acts from now on.");

  await otherPage.goto(article.address);
  await say(otherPage, `You, too, buy ${word.toUpperCase()}`);
  await expect(otherPage).toHaveURL(/\/comments\/\d+/);
  await expect(otherPage.locator("main")).toContainText("A moderator will have a look first.");

  const rule = page.locator(".rules > li").filter({ hasText: word });
  await rule.getByText("Change or retire").click();
  await rule.getByRole("button", { name: "Retire this rule" }).click();
  await expect(page.locator(".house-note")).toHaveText("The rule is retired.");
  await expect(rule).toHaveCount(0);
});

test("the page of the site has no fault that axe finds, with a rehearsal in it, nor has the form for a network", async ({
  page,
  article,
  post,
}) => {
  test.slow();
  const word = aWord();
  const { id } = await post.one(article, { body: `Buy ${word} now.`, name: "Ada" });
  await become(page, "ADMIN");
  await page.goto("/desk/site");
  const form = page.getByRole("form", { name: "A new rule" });
  await form.getByLabel("Words, host or pattern").fill(word);
  await form.getByRole("button", { name: "See what it would have done" }).click();
  await expect(form.getByRole("button", { name: "Let it act" })).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.goto(`/desk/moderation?item=${id}`);
  await page.locator('a[href^="/desk/moderation/people/"]').first().click();
  await page.getByText("Limit this network", { exact: true }).first().click();
  expect(await faults(page)).toEqual([]);
});

test("a warning is seen on posting, read on one's standing, and posting goes on @no-javascript", async ({
  page,
  otherPage,
  article,
}) => {
  test.slow();
  await become(otherPage, "MODERATOR");
  await page.goto(article.address);
  await say(page, "A first remark.");
  const said = commentsOf(page, "A first remark.");
  await expect(said).toBeVisible();
  const id = (await said.getAttribute("id"))?.slice("c-".length);

  await otherPage.goto(`/desk/moderation?item=${id}`);
  await otherPage.locator('a[href^="/desk/moderation/people/"]').first().click();
  const form = otherPage.getByRole("form", { name: "Note, warn, limit" });
  await form.locator('input[value="WARN"]').check();
  await form.getByLabel("Why").fill("Please stay with the article.");
  await form.getByRole("button", { name: "Do it" }).click();
  await expect(otherPage.locator(".house-note")).toHaveText(/^Warned\./);

  await page.goto(article.address);
  await say(page, "A second remark.");
  const composer = composerOf(page);
  await expect(composer.message).toContainText("Please stay with the article.");
  await expect(composer.body).toHaveValue("A second remark.");
  await composer.message.getByRole("link", { name: "Your standing" }).click();
  await expect(page.getByRole("heading", { level: 2 }).first()).toHaveText("A warning");
  await page.getByRole("button", { name: "I have read this" }).click();
  await expect(page.locator(".house-note")).toHaveText("Thank you. You can post again.");
  await page.goto(article.address);
  await say(page, "A third remark.");
  await expect(commentsOf(page, "A third remark.")).toBeVisible();
});
