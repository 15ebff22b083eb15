// One's own account: what can be changed, ended, made. Plain forms; most stories run without scripts, too.
import { faults } from "./faults";
import { becomeMember, fillLogIn, openMailedLink } from "./people";
import { commentsOf, composerOf, expect, test } from "./stories";

test("a browser that is logged out from another one is a stranger at its next request @no-javascript", async ({
  page,
  otherPage,
}) => {
  test.slow();
  const person = await becomeMember(page);
  await otherPage.goto("/log-in?next=/settings/sessions");
  await fillLogIn(otherPage, person.handle, person.password);
  await expect(otherPage.locator(".rows > li")).toHaveCount(2);
  await page.goto("/settings/sessions");
  await page.getByRole("button", { name: "Log out", exact: true }).filter({ visible: true }).last().click();
  await expect(page.locator(".house-note")).toHaveText("That browser is logged out.");
  await expect(page.locator(".rows > li")).toHaveCount(1);
  await otherPage.reload();
  await expect(otherPage).toHaveURL("/log-in?next=%2Fsettings%2Fsessions");
});

test("the profile shows on the public page, and an old user name leads to the new one @no-javascript", async ({
  page,
}) => {
  test.slow();
  const person = await becomeMember(page);
  await page.goto("/settings");
  await page.getByLabel("Name", { exact: true }).fill(`${person.name} ابن`);
  await page.getByLabel("About you").fill("I keep **bees**.");
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByRole("region", { name: "Preview" }).locator("strong")).toHaveText("bees");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator(".house-note")).toHaveText("Saved.");
  await page.getByRole("textbox", { name: "User name" }).fill(`${person.handle}_2`);
  await page.getByRole("button", { name: "Change the user name" }).click();
  await page.goto(`/people/${person.handle}`);
  await expect(page).toHaveURL(`/people/${person.handle}_2`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${person.name} ابن`);
  await expect(page.locator("strong", { hasText: "bees" })).toBeVisible();
});

test("a new password keeps this browser logged in and no other @no-javascript", async ({ page, otherPage }) => {
  test.slow();
  const person = await becomeMember(page);
  await otherPage.goto("/log-in?next=/settings");
  await fillLogIn(otherPage, person.handle, person.password);
  await page.goto("/settings/password");
  await page.getByLabel("Password now").fill("not my password at all");
  await page.getByLabel("New password").fill(`fresh words of ${person.handle}`);
  await page.getByRole("button", { name: "Change the password" }).click();
  await expect(page.getByLabel("Password now")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Password now").fill(person.password);
  await page.getByLabel("New password").fill(`fresh words of ${person.handle}`);
  await page.getByRole("button", { name: "Change the password" }).click();
  await expect(page.locator(".house-note")).toHaveText(/^You have a new password\./);
  await page.goto("/settings");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Profile");
  await otherPage.reload();
  await expect(otherPage).toHaveURL("/log-in?next=%2Fsettings");
});

test("another address is confirmed from its own mail @no-javascript", async ({ page }) => {
  test.slow();
  const person = await becomeMember(page);
  await page.goto("/settings/email");
  const next = `new.${person.email}`;
  await page.getByLabel("New address").fill(next);
  await page.getByRole("button", { name: "Send a link to the new address" }).click();
  await expect(page.locator(".house-note")).toHaveText(/^We have sent a link/);
  await expect(page.getByRole("main")).toContainText(person.email);
  await openMailedLink(page, next, "/confirm-email");
  await page.getByRole("button", { name: "Use it" }).click();
  await expect(page.getByRole("main")).toContainText(next);
});

test("a token is shown once, opens the API, and is revoked @no-javascript", async ({ page, playwright, origin }) => {
  test.slow();
  const person = await becomeMember(page);
  await page.goto("/settings/tokens");
  await page.getByLabel("What it is for").fill("My script");
  await page.getByRole("button", { name: "Make a token" }).click();
  const token = (await page.locator(".secret").textContent()) ?? "";
  expect(token).toMatch(/^colloquy_/);
  const program = await playwright.request.newContext({
    baseURL: origin,
    extraHTTPHeaders: { authorization: `Bearer ${token}` },
  });
  expect((await (await program.get("/api/v1/me")).json()).actor).toMatchObject({ handle: person.handle });
  await page.goto("/settings/tokens");
  await expect(page.locator(".secret")).toHaveCount(0);
  await page.getByRole("button", { name: "Revoke" }).click();
  await expect(page.locator(".house-note")).toHaveText("That token opens nothing any more.");
  expect((await program.get("/api/v1/me")).status()).toBe(401);
  await program.dispose();
});

test("mail about a reply is ended by one click of a mail program, and by the button behind its link", async ({
  page,
  otherPage,
  article,
  playwright,
}) => {
  test.slow();
  const person = await becomeMember(page);
  await page.goto(article.address);
  await composerOf(page).body.fill("What do you think?");
  await composerOf(page)
    .form.getByRole("button", { name: `Post as ${person.name}` })
    .click();
  await expect(commentsOf(page, "What do you think?")).toBeVisible();
  await otherPage.goto(article.address);
  await commentsOf(otherPage, "What do you think?").getByRole("link", { name: "Reply" }).click();
  await composerOf(otherPage, /^Reply to/).body.fill("I think so too.");
  await composerOf(otherPage, /^Reply to/).post.click();
  await openMailedLink(otherPage, person.email, "/unsubscribe");
  expect(await faults(otherPage)).toEqual([]);

  // A mail program: no cookie, no origin, another page than the one with the button.
  const program = await playwright.request.newContext();
  const address = otherPage.url().replace("/unsubscribe", "/mail/stop");
  const click = { form: { "List-Unsubscribe": "One-Click" } };
  expect((await program.get(address)).url()).toBe(otherPage.url());
  expect((await program.post(`${address}x`, click)).status()).toBe(404);
  const wanted = page.getByRole("checkbox", { name: "When somebody replies to me" });
  await page.goto("/settings/notifications");
  await expect(wanted).toBeChecked();
  expect((await program.post(address, click)).status()).toBe(200);
  await page.reload();
  await expect(wanted).not.toBeChecked();
  await program.dispose();

  await wanted.check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator(".house-note")).toHaveText("Saved.");
  await expect(wanted).toBeChecked();
  await otherPage.getByRole("button", { name: "Send me no more" }).click();
  await expect(otherPage.getByRole("heading", { level: 1 })).toHaveText("No more mail about replies");
  await page.reload();
  await expect(wanted).not.toBeChecked();
});
