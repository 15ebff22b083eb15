// Accessible to everybody: no fault that axe finds on any kind of page, in light and dark, on paper-wide and phone-wide screens.
import { giveRoles } from "@/tests/support/give-roles";
import { faults } from "./faults";
import { enterAsMember, openMailedLink, signUp, somebody } from "./people";
import { commentsOf, composerOf, expect, say, test } from "./stories";

for (const path of [
  "/",
  "/articles/why-is-the-night-sky-dark",
  "/articles/why-is-0-1-plus-0-2-not-0-3",
  "/articles/how-does-arabic-script-flow/print?discussion=1",
  "/articles/why-is-the-night-sky-dark/history",
  "/articles/why-is-the-night-sky-dark/revisions/1",
  "/articles/why-is-the-night-sky-dark/compare/1/2",
  "/articles/why-is-the-night-sky-dark/compare/1/2?view=source",
  "/articles/why-is-the-night-sky-dark/cite",
  "/articles/why-is-the-night-sky-dark/print?revision=1",
  "/topics",
  "/topics/sky-and-matter",
  "/people/tomasz",
  "/search?q=light",
  "/nothing-here",
]) {
  test(`${path} has no fault that axe finds`, async ({ page }) => {
    test.slow();
    await page.goto(path);
    expect(await faults(page)).toEqual([]);
  });
}

for (const path of [
  "/log-in",
  "/sign-up",
  "/forgot-password",
  "/reset-password?token=x",
  "/settings/anonymous",
  "/standing",
]) {
  test(`${path} has no fault that axe finds`, async ({ page }) => {
    test.slow();
    await page.goto(path);
    expect(await faults(page)).toEqual([]);
  });
}

test("settings have no fault that axe finds", async ({ page }) => {
  test.slow();
  await enterAsMember(page);
  for (const name of [
    "",
    "/password",
    "/email",
    "/sessions",
    "/notifications",
    "/comments",
    "/anonymous",
    "/tokens",
    "/data",
  ]) {
    await page.goto(`/settings${name}`);
    expect(await faults(page), name).toEqual([]);
  }
  // And what stands there when the log-in has ended while one wrote.
  await page.goto("/settings");
  await page.getByLabel("About you").fill("I keep bees, and have for years.");
  await page.context().clearCookies();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("You are not logged in any more");
  await expect(page.getByRole("alert").filter({ hasText: "So this was not saved." })).toBeVisible();
  expect(await faults(page), "logged out while writing").toEqual([]);
});

test("pages of links that work have no fault that axe finds", async ({ page }) => {
  test.slow();
  const person = somebody();
  await signUp(page, person);
  await openMailedLink(page, person.email, "/verify-email");
  expect(await faults(page), "verify-email").toEqual([]);
  await page.getByRole("button", { name: "Confirm" }).click();
  const next = `new.${person.email}`;
  await page.goto("/settings/email");
  await page.getByLabel("New address").fill(next);
  await page.getByRole("button", { name: "Send a link to the new address" }).click();
  await openMailedLink(page, next, "/confirm-email");
  expect(await faults(page), "confirm-email").toEqual([]);
  await page.getByRole("button", { name: "Use it" }).click();
  await openMailedLink(page, person.email, "/undo-email");
  expect(await faults(page), "undo-email").toEqual([]);
  await page.goto("/forgot-password");
  await page.getByLabel("Email").fill(next);
  await page.getByRole("button", { name: "Send the link" }).click();
  await openMailedLink(page, next, "/reset-password");
  expect(await faults(page), "reset-password").toEqual([]);
});

test("the desk and a draft have no fault that axe finds", async ({ page }) => {
  test.slow();
  const { handle } = await enterAsMember(page);
  await giveRoles(handle, ["EDITOR"]);
  await page.goto("/desk");
  expect(await faults(page), "the desk").toEqual([]);
  await page.goto("/desk/drafts?whose=all&find=why");
  expect(await faults(page), "drafts").toEqual([]);
  await page.getByLabel("Title", { exact: true }).fill("What do bees say?");
  await page.getByRole("button", { name: "Start" }).click();
  await expect(page.locator(".editor")).toBeVisible();
  await page.getByRole("textbox", { name: "Text", exact: true }).focus();
  await page.keyboard.insertText("A line.\n\n".repeat(60));
  await expect(page.locator("[data-status]")).toHaveText(/^Saved/);
  expect(await faults(page), "a draft").toEqual([]);
  const saves = `${new URL(page.url()).pathname}/saves`;
  for (const path of [saves, `${saves}/1`]) {
    await page.goto(path);
    expect(await faults(page), path).toEqual([]);
  }
});

test("a deep thread with everything open has no fault that axe finds", async ({ page, article, post }) => {
  test.slow();
  await post.chain(article, ["One.", "Two.", "Three.", "Four.", "Five.", "Six.", "Seven.", "Eight.", "Nine.", "Ten."]);
  await page.goto(article.address);
  await say(page, "Mine.");
  await commentsOf(page, "Mine.").getByRole("link", { name: "Edit" }).click();
  // It moves the page to itself, and the next button away from under the mouse.
  await expect(page.getByRole("form", { name: "Edit your comment" }).getByRole("textbox")).toBeFocused();
  await commentsOf(page, "Seven.").getByRole("link", { name: "Reply" }).click();
  await composerOf(page, /^Reply to/).body.fill("A **reply**.");
  await composerOf(page, /^Reply to/).preview.click();
  await expect(page.getByRole("region", { name: "Preview" })).toBeVisible();
  await composerOf(page).name.fill("tomasz");
  await composerOf(page).body.fill("x");
  await composerOf(page).post.click();
  await expect(composerOf(page).form.locator(".field-error")).toBeVisible();
  expect(await faults(page)).toEqual([]);
});

test("the dialogs have no fault that axe finds", async ({ page, article, post }) => {
  test.slow();
  await post.one(article, { body: "Buy my honey!" });
  await page.goto(article.address);
  await commentsOf(page).getByRole("link", { name: "Report" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await commentsOf(page).getByRole("link", { name: "Delete" }).or(commentsOf(page)).first().focus();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  expect(await faults(page)).toEqual([]);
});

test("the page of one comment with all its forms has no fault that axe finds", async ({ page, article, post }) => {
  test.slow();
  const [above] = await post.many(article, ["Somebody's question."]);
  await page.goto(article.address);
  await commentsOf(page).getByRole("link", { name: "Reply" }).click();
  await composerOf(page, /^Reply to/).body.fill("My answer.");
  await composerOf(page, /^Reply to/).post.click();
  await commentsOf(page, "My answer.").getByRole("link", { name: /\d{4}/ }).click();
  await expect(page.getByRole("form", { name: "Edit this comment" })).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.goto(`/comments/${above?.id}`);
  await expect(page.getByRole("form", { name: "Report this comment" })).toBeVisible();
  expect(await faults(page)).toEqual([]);
});

test("forms that came back with errors have no fault that axe finds, and the focus is at what they say", async ({
  page,
  article,
}) => {
  test.slow();
  // The page's own script stays away, so that the form is answered by a page; axe is a script and needs them allowed.
  await page.route("**/assets/enhance-*.js", (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  await page.goto(article.address);
  await say(page, "I am not he.", "Tomasz Wieczorek");
  await expect(composerOf(page).name).toHaveAttribute("aria-invalid", "true");
  await expect(composerOf(page).message).toHaveRole("alert");
  await expect(composerOf(page).message).toBeFocused();
  expect(await faults(page)).toEqual([]);
});
