// What would hurt most in a thief's hands asks for the password once more; one's data can be taken along, and one can leave.
import { ageLogIns } from "@/tests/support/age-log-in";
import { becomeMember, fillLogIn } from "./people";
import { expect, test } from "./stories";

test("an old log-in is asked for the password in place, and then does what was asked @no-javascript", async ({
  page,
}) => {
  test.slow();
  const person = await becomeMember(page);
  await ageLogIns(person.handle);
  await page.goto("/settings/tokens");
  await page.getByLabel("What it is for").fill("My script");
  await page.getByLabel("Post, edit and delete comments").check();
  await page.getByRole("button", { name: "Make a token" }).click();
  const password = page.getByLabel("Your password, once more");
  await expect(password).toHaveAccessibleDescription("Please give your password once more.");
  await expect(page.getByLabel("What it is for")).toHaveValue("My script");
  await password.fill("not my password at all");
  await page.getByRole("button", { name: "Make a token" }).click();
  await expect(password).toHaveAccessibleDescription("The password is not right.");
  await expect(page.getByLabel("Post, edit and delete comments")).toBeChecked();
  await password.fill(person.password);
  await page.getByRole("button", { name: "Make a token" }).click();
  await expect(page.locator(".secret")).toHaveText(/^colloquy_/);
  await expect(page.locator(".rows > li")).toContainText("read, comment");
});

test("one's data is made, told of by mail and downloaded by nobody else @no-javascript", async ({
  page,
  otherPage,
}) => {
  test.slow();
  const person = await becomeMember(page);
  await page.goto("/settings/data");
  await page.getByRole("button", { name: "Make an archive" }).click();
  await expect(page.locator(".house-note")).toHaveText(/^Your archive is being made\./);
  const link = page.getByRole("link", { name: "Download" });
  await expect(async () => {
    await page.goto("/settings/data");
    await expect(link).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 60_000 });
  const address = (await link.getAttribute("href")) ?? "";
  const answer = await page.request.get(address);
  expect(answer.status()).toBe(200);
  expect(answer.headers()["content-disposition"]).toContain(`colloquy-${person.handle}-`);
  expect((await answer.body()).subarray(0, 2).toString()).toBe("PK");
  expect((await otherPage.request.get(address)).status()).toBe(401);
});

test("who leaves can stay after all; a mail says until when @no-javascript", async ({ page }) => {
  test.slow();
  const person = await becomeMember(page);
  await page.goto("/settings/data");
  await page.getByLabel("What I wrote stays, under nobody’s name").check();
  await page.getByLabel("Your password").fill("not my password at all");
  await page.getByRole("button", { name: "Delete my account" }).click();
  await expect(page.getByLabel("Your password")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("What I wrote stays, under nobody’s name")).toBeChecked();
  await page.getByLabel("Your password").fill(person.password);
  await page.getByRole("button", { name: "Delete my account" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "You are leaving" })).toBeVisible();
  // Who logs in again to change their mind is led to where they can.
  await page.context().clearCookies();
  await page.goto("/log-in");
  await fillLogIn(page, person.handle, person.password);
  await expect(page).toHaveURL("/settings/data");
  await page.getByRole("button", { name: "Keep my account" }).click();
  await expect(page.locator(".house-note")).toHaveText("Good that you stay. Nothing was deleted.");
  await expect(page.getByRole("button", { name: "Delete my account" })).toBeVisible();
});
