// The first run: the link on the console makes the admin, who gives roles, keeps people out, and cannot be lost. On a site of its own,
// since other stories make admins of theirs.
import { removeDataDir, startServer } from "@/tests/support/server";
import { becomeMember, fillAccount, fillLogIn, somebody } from "./people";
import { expect, test } from "./stories";

test("the first admin comes by the console's link, gives roles, suspends, and stays @only-no-javascript", async ({
  browser,
}) => {
  test.slow();
  const site = await startServer();
  const context = () => browser.newContext({ baseURL: site.origin, javaScriptEnabled: false });
  const [page, otherPage] = [await (await context()).newPage(), await (await context()).newPage()];
  const link = /Become admin\s+\S*?(http\S+)/.exec(site.output())?.[1];
  if (!link) throw new Error("The start of the site printed no link for the first admin.");
  const [admin, member] = [somebody(), await becomeMember(otherPage, somebody(), site.dataDir)];
  await page.goto(link);
  await fillAccount(page, { ...admin, password: "short" });
  await page.getByRole("button", { name: "Make the admin" }).click();
  await expect(page.getByLabel("Password", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Email")).toHaveValue(admin.email);
  await page.getByLabel("Password", { exact: true }).fill(admin.password);
  await page.getByRole("button", { name: "Make the admin" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("People");
  expect((await otherPage.goto(link))?.status()).toBe(200);
  await expect(otherPage.getByRole("heading", { level: 1 })).toHaveText("This link has ended");
  expect((await otherPage.goto("/desk/people"))?.status()).toBe(404);

  await page.getByLabel("Name, user name or email").fill(member.handle);
  await page.getByRole("button", { name: "Search" }).click();
  const row = page.locator(".rows > li").filter({ hasText: member.name });
  await row.getByText("Roles", { exact: true }).first().click();
  await row.getByRole("checkbox", { name: "Editor" }).check();
  await row.getByRole("button", { name: "Save the roles" }).click();
  await expect(row.locator(".house-note")).toHaveText(/^Saved\./);
  await expect(row.locator(".row-roles")).toHaveText("Editor");
  // Other powers: logged out, and in again anew.
  await otherPage.goto("/settings");
  await fillLogIn(otherPage, member.handle, member.password);
  await expect(otherPage).toHaveURL("/settings");

  await row.getByText("Suspend", { exact: true }).first().click();
  await row.getByRole("button", { name: "Suspend" }).click();
  await expect(row.locator(".house-note")).toHaveText(/^Suspended/);
  await otherPage.reload();
  await fillLogIn(otherPage, member.handle, member.password);
  await expect(otherPage.getByRole("alert")).toHaveText("This account is suspended.");
  await row.getByText("Let in again", { exact: true }).first().click();
  await row.getByRole("button", { name: "Let in again" }).click();
  await expect(row.locator(".house-note")).toHaveText("Not suspended any more.");

  // Nobody takes their own power, and so the last admin is kept.
  await page.goto(`/desk/people?search=${admin.handle}`);
  await expect(page.locator(".rows > li")).toContainText("Admin");
  await expect(page.locator(".rows > li").getByText(/^(Roles|Suspend)$/)).toHaveCount(0);
  await Promise.all([page, otherPage].map((each) => each.context().close()));
  expect(await site.stop()).toBe(0);
  await removeDataDir(site.dataDir);
});
