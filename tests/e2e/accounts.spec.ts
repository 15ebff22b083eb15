// Becoming a member, coming back, recovering: with scripts and without.
import { becomeMember, fillLogIn, openMailedLink, signUp, somebody } from "./people";
import { commentsOf, composerOf, expect, test } from "./stories";

test("sign up, confirm, log out, log in, post, forget the password: and the old log-in is dead @no-javascript", async ({
  page,
  otherPage,
  article,
}) => {
  test.slow();
  const person = somebody();
  await signUp(page, person);
  await openMailedLink(page, person.email, "/verify-email");
  // Looking uses nothing up.
  await page.reload();
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page).toHaveURL("/settings?news=welcome");
  await page.goto("/log-out");
  await page.getByRole("main").getByRole("button", { name: "Log out" }).click();
  await page.goto("/settings/sessions");
  await expect(page).toHaveURL("/log-in?next=%2Fsettings%2Fsessions");
  await fillLogIn(page, person.email, "not my password at all");
  await expect(page.getByRole("main").getByLabel("Password", { exact: true })).toHaveAccessibleDescription(
    "The name or the password is not right.",
  );
  await fillLogIn(page, person.email, person.password);
  await expect(page).toHaveURL("/settings/sessions");

  await otherPage.goto(`/log-in?next=${encodeURIComponent(article.address)}`);
  await fillLogIn(otherPage, person.handle, person.password);
  await expect(otherPage).toHaveURL(article.address);

  await page.goto("/forgot-password");
  await page.getByLabel("Email").fill(person.email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await openMailedLink(page, person.email, "/reset-password");
  const link = page.url();
  const password = `another way to ${person.handle}`;
  await page.getByLabel("New password", { exact: true }).fill("too short");
  await page.getByRole("button", { name: "Set the new password" }).click();
  await expect(page.getByLabel("New password", { exact: true })).toHaveAccessibleDescription(/at least 10 characters/i);
  await page.getByLabel("New password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Set the new password" }).click();
  await expect(page.locator(".house-note")).toHaveText("Your new password is set. Log in with it.");

  await otherPage.goto("/settings");
  await expect(otherPage).toHaveURL("/log-in?next=%2Fsettings");
  await fillLogIn(page, person.handle, person.password);
  await expect(page.getByRole("main").getByLabel("Password", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await fillLogIn(page, person.handle, password);
  await expect(page).toHaveURL("/");
  await page.goto(link);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This link has ended");
});

test("log in and post in one step, without losing the text @no-javascript", async ({ page, otherPage, article }) => {
  test.slow();
  const person = await becomeMember(otherPage);
  await page.goto(article.address);
  const { form, body } = composerOf(page);
  await body.fill("Bees see *ultraviolet*.");
  await form.getByLabel("User name or email").fill(person.handle);
  await form.getByLabel("Password", { exact: true }).fill("not my password at all");
  await form.getByRole("button", { name: "Log in and post" }).click();
  await expect(form.getByLabel("Password", { exact: true })).toHaveAccessibleDescription(
    /^The name or the password is not right\./,
  );
  await expect(body).toHaveValue("Bees see *ultraviolet*.");
  await expect(form.getByLabel("User name or email")).toHaveValue(person.handle);
  await expect(form.getByRole("link", { name: "Forgot password?" })).toHaveAttribute("href", "/forgot-password");
  await form.getByLabel("Password", { exact: true }).fill(person.password);
  // Enter, with a name typed besides: it could mean either, so nothing is posted.
  await form.getByLabel("Name", { exact: true }).fill("Nobody in Particular");
  await form.getByLabel("Name", { exact: true }).press("Enter");
  await expect(form.locator(".form-message")).toHaveText(/^Please choose with a button/);
  await expect(commentsOf(page)).toHaveCount(0);
  await form.getByLabel("Name", { exact: true }).fill("");
  await form.getByLabel("Password", { exact: true }).fill(person.password);
  await form.getByRole("button", { name: "Log in and post" }).click();
  await expect(page).toHaveURL(new RegExp(`${article.address}#c-\\d+$`));
  const mine = commentsOf(page, "Bees see ultraviolet.");
  await expect(mine.locator(".comment-author")).toHaveText(person.name);
  await expect(mine.locator(".guest-mark")).toHaveCount(0);
  await expect(composerOf(page).body).toHaveValue("");
  await page.goto("/settings");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Profile");
});

test("who is logged in posts under their name or anonymously, and nothing else on the page knows", async ({
  page,
  otherPage,
  article,
}) => {
  test.slow();
  const person = await becomeMember(page);
  await page.goto(article.address);
  const head = page.locator("account-link");
  await expect(head.getByText(person.name)).toBeVisible();
  const { form, body, post } = composerOf(page);
  await body.fill("Under my name.");
  await form.getByRole("button", { name: `Post as ${person.name}` }).click();
  await expect(commentsOf(page, "Under my name.").locator(".comment-author")).toHaveText(person.name);
  await body.fill("Under no name.");
  await post.click();
  await expect(commentsOf(page, "Under no name.").locator(".guest-mark")).toBeVisible();
  await expect(commentsOf(page, "Under no name.").locator(".own-mark")).toBeVisible();

  // Logged out elsewhere, "Post as …" posts nothing under no name: it asks to log in, with the text still there.
  const session = await page.context().cookies();
  await body.fill("Not without my name.");
  await page.context().clearCookies();
  await form.getByRole("button", { name: `Post as ${person.name}` }).click();
  await expect(form.locator(".form-message")).toHaveText(/^You are not logged in any more\./);
  await expect(form.getByLabel("User name or email")).toBeFocused();
  await expect(body).toHaveValue("Not without my name.");
  await page.context().addCookies(session);
  await page.goto(
    (await commentsOf(page, "Under no name.").getByRole("link", { name: /\d{4}/ }).getAttribute("href")) ?? "",
  );
  const reply = page.getByRole("form", { name: /^Reply to/ });
  await reply.getByLabel("Comment", { exact: true }).fill("A reply of mine.");
  await page.context().clearCookies();
  await reply.getByRole("button", { name: `Post as ${person.name}` }).click();
  await expect(reply.locator(".form-message")).toHaveText(/^You are not logged in any more\./);
  await expect(reply.getByLabel("Comment", { exact: true })).toHaveValue("A reply of mine.");
  await expect(reply.getByRole("button", { name: "Log in and post" })).toBeEnabled();
  await page.context().addCookies(session);
  await page.goto(article.address);
  await expect(commentsOf(page)).toHaveCount(2);

  await otherPage.goto(article.address);
  await expect(commentsOf(otherPage, "Under no name.")).not.toContainText(person.name);
  await expect(otherPage.locator("account-link").getByRole("link", { name: "Log in" })).toBeVisible();

  await head.getByText(person.name).click();
  await head.getByRole("button", { name: "Log out" }).click();
  await expect(page.locator("account-link").getByRole("link", { name: "Log in" })).toBeVisible();
});

test("what was posted anonymously is offered after signing up: some of it becomes the member's @no-javascript", async ({
  page,
  article,
}) => {
  test.slow();
  for (const text of ["The first one.", "The second one."]) {
    await page.goto(article.address);
    await composerOf(page).body.fill(text);
    await composerOf(page).post.click();
    await expect(commentsOf(page, text)).toBeVisible();
  }
  const person = await becomeMember(page);
  await expect(page).toHaveURL("/settings/comments?news=welcome");
  await page.getByRole("checkbox", { name: /The second one\./ }).check();
  await page.getByRole("button", { name: "Make the ticked ones mine" }).click();
  await expect(page.getByRole("checkbox")).toHaveCount(1);
  await page.goto(article.address);
  await expect(commentsOf(page, "The second one.").locator(".comment-author")).toHaveText(person.name);
  await expect(commentsOf(page, "The first one.").locator(".guest-mark")).toBeVisible();
});

test("a recovery code takes what is anonymous to another browser, once @no-javascript", async ({
  page,
  otherPage,
  article,
}) => {
  await page.goto(article.address);
  await composerOf(page).body.fill("Mine everywhere.");
  await composerOf(page).post.click();
  const id = (await commentsOf(page, "Mine everywhere.").getAttribute("id"))?.slice("c-".length);
  await page.goto("/settings/anonymous");
  await page.getByRole("button", { name: "Make a recovery code" }).click();
  const code = (await page.locator(".secret").textContent()) ?? "";
  for (const told of ["This browser has your anonymous comments now. The code is used up.", undefined]) {
    await otherPage.goto("/settings/anonymous");
    await otherPage.getByRole("textbox", { name: "Recovery code" }).fill(code.toLowerCase().replaceAll("-", " "));
    await otherPage.getByRole("button", { name: "Bring it here" }).click();
    if (told) await expect(otherPage.locator(".house-note")).toHaveText(told);
    else
      await expect(otherPage.getByRole("textbox", { name: "Recovery code" })).toHaveAttribute("aria-invalid", "true");
  }
  await otherPage.goto(`/comments/${id}`);
  await expect(otherPage.getByRole("form", { name: "Edit this comment" })).toBeVisible();
  await page.goto(`/comments/${id}`);
  await expect(page.getByRole("form", { name: "Edit this comment" })).toHaveCount(0);
});

test("no return address leads away from this site", async ({ page, origin }) => {
  test.slow();
  const person = await becomeMember(page);
  for (const wish of [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "/api/v1/me",
    "javascript:alert(1)",
  ]) {
    await page.context().clearCookies();
    await page.goto(`/log-in?next=${encodeURIComponent(wish)}`);
    await fillLogIn(page, person.handle, person.password);
    await expect(page).toHaveURL(`${origin}/`);
  }
});
