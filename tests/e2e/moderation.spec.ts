// The moderators' desk: a whole triage by single keys, the same by plain forms, and two moderators before the same item.
import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { giveRoles } from "@/tests/support/give-roles";
import type { TestArticle } from "@/tests/support/publish-article";
import { faults } from "./faults";
import { enterAsMember, type TestPerson } from "./people";
import { commentsOf, expect, test } from "./stories";

interface Filling {
  one(article: TestArticle, wish: { body: string; name?: string }): Promise<{ id: string }>;
}

async function becomeModerator(page: Page): Promise<TestPerson> {
  const person = await enterAsMember(page);
  await giveRoles(person.handle, ["MODERATOR"]);
  return person;
}

/** Held comments that nearly say the same, each by another guest, and the queue narrowed to them. */
async function heldComments(post: Filling, article: TestArticle, names: readonly string[]) {
  const word = randomBytes(5).toString("hex");
  const ids: string[] = [];
  for (const name of names) {
    const body = `Earn ${word} by the week at [home ${word}](https://a.example), [here ${word}](https://b.example) or [there](https://c.example). ${name} did.`;
    ids.push((await post.one(article, { body, name })).id);
  }
  return { ids, path: `/desk/moderation?tab=held&like=${ids[0]}` };
}

const rows = (page: Page) => page.locator(".queue-list > ul > li");
const open = (page: Page) => page.locator(".queue-item");
const done = (page: Page) => page.locator(".queue-done");

/** Waits until a reader who comes finds the comment. */
async function readersSee(page: Page, article: TestArticle, text: string): Promise<void> {
  await expect(async () => {
    await page.goto(article.address);
    expect(await commentsOf(page, text).count()).toBe(1);
  }).toPass();
}

test("a triage by single keys: approve, spam, remove with a reason, take several back, lose the connection, go on", async ({
  page,
  otherPage,
  article,
  post,
  troubles,
}) => {
  test.slow();
  await becomeModerator(page);
  const names = ["Ada", "Bea", "Cid", "Dora", "Egon"];
  const { ids, path } = await heldComments(post, article, names);
  await page.goto(path);
  await expect(rows(page)).toHaveCount(names.length);
  await expect(open(page).getByRole("heading", { level: 2 })).toContainText("Ada");
  await expect(open(page)).toContainText("Several links");
  // Keys work as soon as the page is lively.
  await expect(page.getByRole("button", { name: "Keys" })).toBeVisible();

  await page.keyboard.press("a");
  await expect(done(page)).toHaveText("Approved: Ada.");
  await expect(open(page).getByRole("heading", { level: 2 })).toContainText("Bea");
  await expect(open(page).getByRole("heading", { level: 2 })).toBeFocused();
  await expect(rows(page)).toHaveCount(4);
  // The next item is there before the server has answered.
  await readersSee(otherPage, article, "Ada did.");

  await page.keyboard.press("s");
  await expect(done(page)).toHaveText("Marked as spam: Bea.");
  await page.keyboard.press("r");
  await expect(open(page).getByRole("radio").first()).toBeFocused();
  await page.keyboard.press("2");
  await expect(done(page)).toHaveText("Removed: Cid.");
  await expect(open(page).getByRole("heading", { level: 2 })).toContainText("Dora");

  // Two wishes in one breath take two verdicts back.
  await page.keyboard.press("u");
  await page.keyboard.press("u");
  await expect(done(page)).toHaveText("Taken back: Bea. Nothing was decided.");
  await expect(open(page).getByRole("heading", { level: 2 })).toContainText("Bea");
  await expect(rows(page)).toHaveCount(4);
  await page.keyboard.press("s");
  await expect(done(page)).toHaveText("Marked as spam: Bea.");
  await expect(open(page).getByRole("heading", { level: 2 })).toContainText("Cid");
  await page.keyboard.press("j");
  await expect(open(page).getByRole("heading", { level: 2 })).toContainText("Dora");
  await page.keyboard.press("k");
  await page.keyboard.press("r");
  await open(page).getByRole("textbox", { name: "Your own words" }).fill("It is said too often.");
  await page.keyboard.press("Enter");
  await expect(done(page)).toHaveText("Removed: Cid.");

  // Without a connection nothing is lost: it is said, and the item is in its place again, with what was written to remove it.
  await page.context().setOffline(true);
  await page.keyboard.press("r");
  await open(page).getByRole("textbox", { name: "Your own words" }).fill("We have read this before.");
  await page.keyboard.press("Enter");
  await expect(page.locator(".queue-news").getByRole("alert")).toHaveText(/^Dora: The server cannot be reached/);
  await expect(rows(page)).toHaveCount(2);
  await page.context().setOffline(false);
  await page.keyboard.press("k");
  await expect(open(page).getByRole("heading", { level: 2 })).toContainText("Dora");
  await page.keyboard.press("r");
  await expect(open(page).getByRole("radio", { name: "In your own words" })).toBeFocused();
  await expect(open(page).getByRole("textbox", { name: "Your own words" })).toHaveValue("We have read this before.");
  await page.keyboard.press("Escape");
  await expect(open(page).locator("summary", { hasText: "Remove…" })).toBeFocused();

  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toContainText("Take your last verdict back");
  await page.keyboard.press("Escape");
  await page.keyboard.press("s");
  await expect(done(page)).toHaveText("Marked as spam: Dora.");
  await page.keyboard.press("a");
  await expect(done(page)).toHaveText("Approved: Egon.");
  await expect(page.getByRole("heading", { name: "Nothing waits for a decision" })).toBeFocused();
  await expect(page.locator(".queue-news").getByRole("alert")).toHaveCount(0);

  await readersSee(otherPage, article, "Egon did.");
  await expect(commentsOf(otherPage, "Dora did.")).toHaveCount(0);
  await page.goto(`/desk/moderation?item=${ids[2]}`);
  await expect(open(page)).toContainText("It is said too often.");
  await expect(open(page).getByRole("region", { name: "Before" })).toContainText("took a verdict back");
  const unexpected = troubles.filter((trouble) => !trouble.includes("ERR_INTERNET_DISCONNECTED"));
  troubles.splice(0, troubles.length, ...unexpected);
});

test("the same by plain forms, several at once among them @only-no-javascript", async ({
  page,
  otherPage,
  article,
  post,
}) => {
  test.slow();
  const { name } = await becomeModerator(page);
  const { path } = await heldComments(post, article, ["Ada", "Bea", "Cid", "Dora", "Egon"]);
  const stale = await page.context().newPage();
  await stale.goto(path);
  await page.goto(path);
  await expect(open(page).getByRole("heading", { level: 2 })).toContainText("Ada");
  await open(page).getByRole("button", { name: "Approve" }).click();
  await expect(done(page)).toHaveText("Approved.");
  await expect(open(page).getByRole("heading", { level: 2 })).toContainText("Bea");
  await otherPage.goto(article.address);
  await expect(commentsOf(otherPage, "Ada did.")).toBeVisible();

  const removal = open(page).getByRole("form", { name: "Remove" });
  await open(page).getByText("Remove…").click();
  await removal.getByLabel("Note, for moderators alone").fill("The third of its kind.");
  await removal.getByRole("button", { name: "Remove the comment" }).click();
  await expect(removal.getByRole("alert")).toContainText("Please say why");
  await expect(removal.getByLabel("Note, for moderators alone")).toHaveValue("The third of its kind.");
  await removal.getByRole("radio", { name: "It insults or harasses somebody." }).check();
  await removal.getByRole("button", { name: "Remove the comment" }).click();
  await expect(done(page)).toHaveText("Removed.");
  await page.getByRole("button", { name: "Take back" }).click();
  await expect(done(page)).toHaveText("Taken back.");
  await expect(open(page).getByRole("heading", { level: 2 })).toContainText("Bea");

  await page.goto(path);
  await rows(page).filter({ hasText: "Egon" }).getByRole("checkbox").uncheck();
  const several = page.getByRole("group", { name: "With what is chosen" });
  await several.getByRole("button", { name: "Remove" }).click();
  await expect(several.getByRole("alert")).toContainText("Please say why");
  await expect(rows(page).getByRole("checkbox", { checked: true })).toHaveCount(3);
  await several.getByRole("button", { name: "Spam" }).click();
  await expect(done(page)).toHaveText("3 comments marked as spam.");
  await expect(rows(page)).toHaveCount(1);

  // All five, as they were before: what is decided otherwise by now stays so, and is named.
  await stale.getByRole("group", { name: "With what is chosen" }).getByRole("button", { name: "Approve" }).click();
  await expect(done(stale)).toHaveText("2 comments approved.");
  await expect(stale.locator(".queue-news").getByRole("alert")).toHaveText(
    `Bea, Cid, Dora: ${name} marked this as spam meanwhile. Nothing was done.`,
  );
});

test("two moderators before the same item: each sees the other, and the second verdict is refused with what happened", async ({
  page,
  otherPage,
  article,
  post,
}) => {
  test.slow();
  const maria = await becomeModerator(page);
  await becomeModerator(otherPage);
  const { path } = await heldComments(post, article, ["Ada", "Bea", "Cid"]);
  await page.goto(path);
  await expect(page.getByRole("button", { name: "Keys" })).toBeVisible();
  await otherPage.goto(path);
  await expect(open(otherPage)).toContainText(`${maria.name} has this before them.`);
  await expect(otherPage.getByRole("button", { name: "Keys" })).toBeVisible(); // From here on it hears keys.
  await page.keyboard.press("a");
  await expect(done(page)).toHaveText("Approved: Ada.");
  // Nobody is kept from deciding; what was decided meanwhile stands.
  await otherPage.keyboard.press("s");
  await expect(otherPage.locator(".queue-news").getByRole("alert")).toHaveText(
    `Ada: ${maria.name} approved this meanwhile. Nothing was done.`,
  );
  await expect(rows(otherPage).filter({ hasText: "Ada" })).toContainText("Nothing was done.");

  // Several at once: each by itself.
  await page.keyboard.press("a");
  await expect(done(page)).toHaveText("Approved: Bea.");
  await expect(rows(page)).toHaveCount(1);
  for (const who of ["Bea", "Cid"]) await rows(otherPage).filter({ hasText: who }).getByRole("checkbox").check();
  await otherPage.getByRole("group", { name: "With what is chosen" }).getByRole("button", { name: "Spam" }).click();
  await expect(done(otherPage)).toHaveText("1 comment marked as spam.");
  await expect(otherPage.locator(".queue-news").getByRole("alert")).toHaveText(
    `Ada, Bea: ${maria.name} approved this meanwhile. Nothing was done.`,
  );
  await expect(rows(otherPage)).toHaveCount(2);
  await rows(otherPage).filter({ hasText: "Ada" }).getByRole("link").click();
  await open(otherPage).getByRole("link", { name: "Look at it as it is now" }).click();
  await expect(open(otherPage)).toContainText("Published; nothing waits here");
});

test("the queue and a person’s page have no fault that axe finds", async ({ page, article, post }) => {
  test.slow();
  await becomeModerator(page);
  const { path } = await heldComments(post, article, ["Ada", "Bea"]);
  await page.goto(path);
  await page.getByText("Remove…").click();
  expect(await faults(page), "the queue").toEqual([]);
  await open(page).getByRole("region", { name: "About Ada" }).getByRole("link", { name: "Ada" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Guest");
  expect(await faults(page), "a person").toEqual([]);
});

test("nobody else finds the queue", async ({ page }) => {
  await enterAsMember(page);
  expect((await page.goto("/desk/moderation"))?.status()).toBe(404);
});
