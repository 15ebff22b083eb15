// Writing at the desk: an article from its title to a text that saves itself, two people in one draft, a server that is away, and all of it
// once without scripts.
import type { Page } from "@playwright/test";
import { giveRoles } from "@/tests/support/give-roles";
import { faults } from "./faults";
import { enterAsMember, type TestPerson } from "./people";
import { expect, test } from "./stories";

async function becomeAuthor(page: Page): Promise<TestPerson> {
  const person = await enterAsMember(page);
  await giveRoles(person.handle, ["AUTHOR"]);
  return person;
}

async function becomeEditor(page: Page): Promise<TestPerson> {
  const person = await enterAsMember(page);
  await giveRoles(person.handle, ["EDITOR"]);
  return person;
}

/** Begins an article. @returns the draft's path */
async function startArticle(page: Page, title: string): Promise<string> {
  await page.goto("/desk/drafts");
  await page.getByLabel("Title", { exact: true }).fill(title);
  await page.getByRole("button", { name: "Start" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  return new URL(page.url()).pathname;
}

const textOf = (page: Page) => page.getByRole("textbox", { name: "Text", exact: true });
const statusOf = (page: Page) => page.locator("[data-status]");
const previewOf = (page: Page) => page.getByRole("region", { name: "Preview" });

/** A browser says so when there is no connection; here that is the story. */
function forgive(troubles: string[]): void {
  const others = troubles.filter((trouble) => !/net::ERR_(INTERNET_DISCONNECTED|FAILED)/.test(trouble));
  troubles.splice(0, troubles.length, ...others);
}

/** Types at the end of the text. */
async function typeAtEnd(page: Page, text: string): Promise<void> {
  await expect(page.locator(".editor")).toBeVisible();
  await textOf(page).focus();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.insertText(text);
}

async function typeAtStart(page: Page, text: string): Promise<void> {
  await expect(page.locator(".editor")).toBeVisible();
  await textOf(page).focus();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.insertText(text);
}

test("an article is begun, saves itself, and looks as readers will see it", async ({ page }) => {
  test.slow();
  await becomeAuthor(page);
  await page.goto("/desk");
  await expect(page.getByText("You are not writing anything just now.")).toBeVisible();
  const path = await startArticle(page, "How do bees dance?");
  await typeAtEnd(page, "## The waggle\n\nThey run straight and ");
  await page.getByRole("button", { name: "Bold" }).click();
  await page.keyboard.insertText("waggle");
  await expect(previewOf(page).getByRole("heading", { level: 2 })).toHaveText("The waggle");
  await expect(previewOf(page).locator("strong")).toHaveText("waggle");
  await expect(page.locator(".editor-count")).toHaveText("7 words");
  await expect(statusOf(page)).toHaveText(/^Saved \d/);
  await page.getByLabel("Title", { exact: true }).fill("Why do bees dance?");
  await page.getByLabel("Topics").fill("Bees, Dance");
  await expect(page.getByLabel("Address")).toHaveValue("why-do-bees-dance");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(statusOf(page)).toHaveText(/^Saved \d/);
  // The keyboard leads out of the text as out of any other field.
  await textOf(page).focus();
  await page.keyboard.press("Tab");
  await expect(page.locator("[data-preview]")).toBeFocused();

  await page.reload();
  await expect(textOf(page)).toContainText("They run straight and **waggle**");
  await expect(page.getByLabel("Topics")).toHaveValue("Bees, Dance");
  await page.goto("/desk");
  await page.getByRole("link", { name: "Why do bees dance?" }).click();
  await expect(page).toHaveURL(path);

  // A megabyte is not even sent; it stays in the editor, and in this browser.
  await expect(page.locator(".editor")).toBeVisible();
  await textOf(page).evaluate((box, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, "Bees fly.\n\n".repeat(100_000));
  const tooLong = /^The text is 1,000,\d{3} characters too long .* kept in this browser\.$/;
  await expect(statusOf(page)).toHaveText(tooLong);
  await page.reload();
  await expect(statusOf(page)).toHaveText(tooLong);
});

test("two people write in one draft: both changes stay, and only the same place is asked about", async ({
  page,
  otherPage,
  troubles,
}) => {
  test.slow();
  const ada = await becomeAuthor(page);
  const ben = await becomeEditor(otherPage);
  const path = await startArticle(page, "How do bees find home?");
  await typeAtEnd(page, "By the sun.\n\nBy smell.\n");
  await expect(statusOf(page)).toHaveText(/^Saved \d/);
  await otherPage.goto(path);
  await expect(otherPage.locator("[data-presence]")).toContainText(ada.name);

  await typeAtStart(page, "Ada begins. ");
  await typeAtEnd(otherPage, "Ben ends.");
  for (const each of [page, otherPage]) {
    await expect(textOf(each)).toContainText("Ada begins. By the sun.", { timeout: 60_000 });
    await expect(textOf(each)).toContainText("Ben ends.", { timeout: 60_000 });
  }
  await expect(page.locator("[data-presence]")).toContainText(`${ben.name} is editing this, too.`);

  // The same words, before either has heard of the other.
  await page.route("**/api/v1/drafts/**", (route) => route.abort());
  await textOf(page).getByText("By smell.").dblclick();
  await page.keyboard.press("End");
  await page.keyboard.insertText(" And by scent.");
  await textOf(otherPage).getByText("By smell.").dblclick();
  await otherPage.keyboard.press("End");
  await otherPage.keyboard.insertText(" And by wind.");
  await expect(statusOf(otherPage)).toHaveText(/^Saved \d/);
  await expect(statusOf(page)).toHaveText(/^Kept in this browser/);
  await page.unroute("**/api/v1/drafts/**");
  await page.getByRole("button", { name: "Look at both" }).click({ timeout: 60_000 });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Two changes in one place");
  expect(await faults(page)).toEqual([]);
  const place = page.getByRole("group", { name: "1. Text" });
  await expect(place).toContainText("And by scent.");
  await expect(place).toContainText("And by wind.");
  await place.getByLabel("As I write it here").check();
  await place.getByRole("textbox").fill("By smell. And by scent, and by wind.");
  await page.getByRole("button", { name: "Save what I decided" }).click();
  await expect(page.locator(".house-note")).toHaveText("Saved.");
  for (const each of [page, otherPage]) {
    await expect(textOf(each)).toContainText("And by scent, and by wind.", { timeout: 60_000 });
    await expect(textOf(each)).toContainText("Ben ends.");
  }
  forgive(troubles);
});

test("with the server away the text stays in the browser, and is sent when it is back", async ({
  page,
  context,
  troubles,
}) => {
  test.slow();
  await becomeAuthor(page);
  const path = await startArticle(page, "Who invented the hive?");
  await context.setOffline(true);
  await typeAtEnd(page, "Written in a tunnel.");
  await expect(statusOf(page)).toHaveText("Kept in this browser, will be sent when the server answers.");
  await context.setOffline(false);
  await expect(statusOf(page)).toHaveText(/^Saved \d/);

  await context.setOffline(true);
  await typeAtEnd(page, " And left there.");
  await expect(statusOf(page)).toHaveText(/^Kept in this browser/);
  await page.close();
  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto(path);
  await expect(textOf(again)).toContainText("Written in a tunnel. And left there.");
  await expect(statusOf(again)).toHaveText(/^Saved \d/);
  await again.reload();
  await expect(textOf(again)).toContainText("And left there.");
  await expect(statusOf(again)).toHaveText(/^Saved \d/);

  // The browser's storage is full to its last characters: the text is kept in this tab, which says so, and comes back with it.
  await again.evaluate(() => {
    let size = 4_000_000;
    for (let nth = 0; size >= 1; nth++) {
      try {
        localStorage.setItem(`ballast${nth}`, "x".repeat(size));
      } catch {
        size = Math.floor(size / 2);
      }
    }
  });
  await again.route("**/api/v1/drafts/**", (route) => route.abort());
  await typeAtEnd(again, " In a full cupboard.");
  await expect(statusOf(again)).toHaveText(/Kept in this tab only/);
  await again.reload();
  await expect(textOf(again)).toContainText("In a full cupboard.");
  await expect(statusOf(again)).toHaveText(/Kept in this tab only/);
  await again.unroute("**/api/v1/drafts/**");
  await again.evaluate(() => dispatchEvent(new Event("online")));
  await expect(statusOf(again)).toHaveText(/^Saved \d/, { timeout: 60_000 });
  expect(await again.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith("colloquy-")))).toEqual(
    [],
  );
  forgive(troubles);
});

test("without scripts a draft is begun, saved, merged, decided about and brought back @only-no-javascript", async ({
  page,
  otherPage,
}) => {
  test.slow();
  await becomeAuthor(page);
  const ben = await becomeEditor(otherPage);
  await page.goto("/desk/drafts");
  await page.getByRole("button", { name: "Start" }).click();
  await page.getByLabel("Title", { exact: true }).fill("How do ants count?");
  await page.getByRole("button", { name: "Start" }).click();
  const path = new URL(page.url()).pathname;
  await textOf(page).fill("One.\n\nTwo.\n\nThree.");
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(previewOf(page).locator("p", { hasText: "Three." })).toBeVisible();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.locator(".house-note")).toHaveText("Saved.");
  await expect(previewOf(page)).toContainText("Three.");

  // What is too much, or taken, is told with what was written still there, and nothing of it is saved.
  const tooLong = "Ants.\n".repeat(20_000);
  // Typing so much takes minutes even for a program, and so does typing over it.
  const put = (words: string) =>
    textOf(page).evaluate((box: HTMLTextAreaElement, text) => {
      box.value = text;
    }, words);
  await put(tooLong);
  await page.getByLabel("Address").fill("why-is-the-night-sky-dark");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.locator(".field-error").filter({ hasText: "100,000" })).toBeVisible();
  await expect(textOf(page)).toHaveValue(tooLong);
  const tangled = `${"> ".repeat(500)}Deep.`;
  await put(tangled);
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByRole("alert")).toContainText("too much markup");
  await expect(textOf(page)).toHaveValue(tangled);
  await textOf(page).fill("One.\n\nTwo.\n\nThree.");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.locator("[data-free-slug]")).toHaveText("why-is-the-night-sky-dark-2");
  await page.getByLabel("Address").fill("how-do-ants-count");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.locator("[data-free-slug]")).toHaveCount(0);

  // Whose log-in has ended meanwhile keeps what they wrote, too.
  const session = await page.context().cookies();
  await textOf(page).fill("One.\n\nTwo, which must not be lost.");
  await page.context().clearCookies();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("You are not logged in any more");
  await expect(page.getByLabel(/^What you wrote/).last()).toHaveValue("One.\n\nTwo, which must not be lost.");
  await page.context().addCookies(session);
  await page.goto(path);
  await expect(textOf(page)).toHaveValue("One.\n\nTwo.\n\nThree.");

  await otherPage.goto("/desk/drafts?whose=all");
  await otherPage.getByRole("link", { name: "How do ants count?" }).first().click();
  await otherPage.goto(path);
  await textOf(otherPage).fill("One of Ben’s.\n\nTwo.\n\nThree.");
  await otherPage.getByRole("button", { name: "Save", exact: true }).click();
  await expect(otherPage.locator(".house-note")).toHaveText("Saved.");
  await textOf(page).fill("One of mine.\n\nTwo.\n\nThree and a half.");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Two changes in one place");
  await expect(page.getByRole("form", { name: "Decide" })).toContainText(`${ben.name} saved while you were writing.`);
  await page.getByLabel("Both, yours first").check();
  await page.getByRole("button", { name: "Save what I decided" }).click();
  await expect(textOf(page)).toHaveValue("One of mine.\nOne of Ben’s.\n\nTwo.\n\nThree and a half.");

  await page.getByRole("link", { name: "Earlier saves" }).click();
  await page.locator(".rows a").nth(1).click();
  await expect(page.getByRole("textbox", { name: "The text of then" })).toHaveValue("One of Ben’s.\n\nTwo.\n\nThree.");
  await page.getByRole("button", { name: "Bring this text back" }).click();
  await expect(textOf(page)).toHaveValue("One of Ben’s.\n\nTwo.\n\nThree.");

  // It is handed in elsewhere: what is written here too late is kept, to be copied.
  const elsewhere = await page.context().newPage();
  await elsewhere.goto(path);
  await elsewhere.getByText("Hand it in for review").click();
  await elsewhere.getByRole("button", { name: "Submit for review" }).click();
  await expect(elsewhere.getByRole("status").filter({ hasText: "It is handed in." })).toBeVisible();
  await textOf(page).fill("Four, too late.");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("textbox", { name: "The text you wrote" })).toHaveValue("Four, too late.");
});
