// From a draft to readers, by two people: handed in, sent back, mended, published, revised, and published again on a day that was set;
// what an editor does with an article afterwards. With and without scripts.
import type { Page } from "@playwright/test";
import { until } from "@/tests/support/condition";
import { giveRoles } from "@/tests/support/give-roles";
import { makeDue } from "@/tests/support/make-due";
import { faults } from "./faults";
import { enterAsMember } from "./people";
import { readSteadily } from "./steady-reader";
import { expect, test } from "./stories";

async function start(page: Page, title: string): Promise<void> {
  await page.goto("/desk/drafts");
  const form = page.getByRole("form", { name: "Start an article" });
  await form.getByLabel("Title").fill(title);
  await form.getByRole("button", { name: "Start" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
}

async function revise(page: Page, title: string): Promise<void> {
  await page.goto(`/desk/drafts?find=${encodeURIComponent(title)}`);
  await page
    .getByRole("region", { name: "Revise a published article" })
    .getByRole("link", { name: title, exact: true })
    .click();
  await page.getByRole("button", { name: "Begin a new revision" }).click();
  await expect(page.getByRole("form", { name: "Draft" })).toBeVisible();
}

async function handIn(page: Page, note: string): Promise<void> {
  await page.getByText("Hand it in for review").click();
  await page.getByLabel("A note for the editor (optional)").fill(note);
  await page.getByRole("button", { name: "Submit for review" }).click();
  await expect(page.getByRole("status").filter({ hasText: "It is handed in." })).toBeVisible();
}

/** Into the editor where scripts run, which takes the place of the plain box. */
async function write(page: Page, text: string): Promise<void> {
  if (test.info().project.name === "chromium") await expect(page.locator(".editor")).toBeVisible();
  await page.getByRole("textbox", { name: "Text" }).fill(text);
}
const details = (page: Page) => page.getByRole("region", { name: "Article Details" });
const revisionOf = (page: Page) => Number(new URL(page.url()).pathname.split("/").at(-1));

test.describe("Review", { tag: "@no-javascript" }, () => {
  test("a text goes to readers by two people, and its next one by three on the day that was set; whoever reads meanwhile sees the old text, then the new one, and nothing else", async ({
    page,
    otherPage,
    thirdPage,
    origin,
  }) => {
    test.slow();
    const [author, editor, chief] = [
      await enterAsMember(page),
      await enterAsMember(otherPage),
      await enterAsMember(thirdPage),
    ];
    await giveRoles(author.handle, ["AUTHOR"]);
    await giveRoles(editor.handle, ["EDITOR"]);
    await giveRoles(chief.handle, ["ADMIN"]);
    const title = `Where does ${author.name} sleep?`;

    // The author writes and hands it in; it is not theirs to publish.
    await start(page, title);
    await write(page, "In a bed.\n\nThe bed is small.");
    await handIn(page, "Is this enough?");
    await expect(page.getByRole("heading", { name: "Publish now" })).toHaveCount(0);
    const address = `/articles/where-does-${author.handle}-sleep`;
    expect((await page.request.get(address)).status()).toBe(404);

    // The editor finds it, notes something at a line, and sends it back.
    await otherPage.goto("/desk/review");
    const waiting = otherPage.getByRole("listitem").filter({ hasText: title });
    await expect(waiting).toContainText("Is this enough?");
    await waiting.getByRole("link", { name: title }).click();
    await expect(otherPage.getByText("The bed is small.")).toBeVisible();
    await otherPage.getByRole("link", { name: "Source" }).click();
    await otherPage.getByRole("link", { name: "Write a note at line 3" }).click();
    await otherPage.getByLabel("A new note").fill("How small?");
    await otherPage.getByRole("button", { name: "Add the note" }).click();
    await expect(otherPage.locator(".draft-note")).toContainText("The bed is small.");
    await otherPage.getByText("Ask for changes", { exact: true }).click();
    await otherPage.getByLabel("What should change?").fill("Tell us the size of the bed.");
    await otherPage.getByRole("button", { name: "Send it back" }).click();
    await expect(otherPage.getByRole("status").filter({ hasText: "It is sent back" })).toBeVisible();

    // The author mends it and settles the note.
    await page.goto("/desk/drafts");
    await page.getByRole("link", { name: title }).first().click();
    await expect(page.getByRole("region", { name: "What the editor asks for" })).toContainText(
      "Tell us the size of the bed.",
    );
    await expect(page.locator(".draft-note")).toContainText("How small?");
    await page.getByRole("button", { name: /^Settle/ }).click();
    await expect(page.getByText("1 settled note")).toBeVisible();
    await write(page, "In a bed.\n\nThe bed is ninety centimetres wide.");
    await handIn(page, "");

    // The editor publishes it; readers see it with its author's name.
    await otherPage.reload();
    await otherPage.getByText("Publish now", { exact: true }).click();
    await otherPage.getByRole("button", { name: "Publish", exact: true }).click();
    await expect(otherPage.getByRole("status").filter({ hasText: "It is published." })).toBeVisible();
    await otherPage.goto(address);
    await expect(otherPage.getByText("ninety centimetres")).toBeVisible();
    await expect(details(otherPage)).toContainText(`Written By${author.name}`);

    // From now on somebody reads, all the time.
    const reader = readSteadily(`${origin}${address}`);
    const old = `${title} In a bed.\nThe bed is ninety centimetres wide.`;
    const stillOld = async () => expect(await reader.next()).toBe(old);
    await stillOld();

    // The next text: written, sent back, mended, handed in again.
    await revise(page, title);
    await write(page, "In a bed.\n\nThe bed is a hundred wide.");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await stillOld();
    await handIn(page, "It was measured wrongly.");
    const revisionId = revisionOf(page);
    await stillOld();
    await otherPage.goto(`/desk/review/${revisionId}`);
    await expect(otherPage.getByRole("insertion").filter({ hasText: "a hundred" })).toBeVisible();
    await otherPage.getByText("Ask for changes", { exact: true }).click();
    await otherPage.getByLabel("What should change?").fill("A hundred what?");
    await otherPage.getByRole("button", { name: "Send it back" }).click();
    await expect(otherPage.getByRole("status").filter({ hasText: "It is sent back" })).toBeVisible();
    await stillOld();
    await page.reload();
    await page.getByRole("link", { name: "Write in it" }).click();
    await expect(page.getByRole("region", { name: "What the editor asks for" })).toContainText("A hundred what?");
    await write(page, "In a bed.\n\nThe bed is a hundred centimetres wide.");
    await handIn(page, "Centimetres.");
    await stillOld();

    // Somebody else takes it up, and sets a day that is still to come.
    await thirdPage.goto("/desk/review");
    await thirdPage
      .getByRole("listitem")
      .filter({ hasText: "Centimetres." })
      .getByRole("link", { name: title })
      .click();
    await thirdPage.getByText("Publish later", { exact: true }).click();
    const later = thirdPage.getByRole("form", { name: "Publish later" });
    await later.getByRole("radio", { name: /^Correction/ }).check();
    await later.getByLabel("A note for readers").fill("The bed was measured again.");
    await later.getByLabel(/^Day and time/).fill("2001-01-01T10:00");
    await later.evaluate((form: HTMLFormElement) => {
      form.noValidate = true;
    });
    await later.getByRole("button", { name: "Set the day" }).click();
    await expect(later.locator(".field-error")).toHaveText(/^This time is over\./);
    await expect(later.getByLabel("A note for readers")).toHaveValue("The bed was measured again.");
    const nextYear = new Date(Date.now() + 200 * 86_400_000).toISOString().slice(0, 16);
    await later.getByLabel(/^Day and time/).fill(nextYear);
    await later.getByRole("button", { name: "Set the day" }).click();
    await expect(thirdPage.getByRole("status").filter({ hasText: "The day is set." })).toBeVisible();
    await stillOld();

    // The day comes.
    const now = `${title} In a bed.\nThe bed is a hundred centimetres wide.`;
    await makeDue(revisionId);
    await until("the day to come", async () => (await reader.next()) !== old);
    expect(await reader.next()).toBe(now);
    await page.goto(address);
    await expect(page.getByText("The bed was measured again.")).toBeVisible();
    expect(await reader.stop()).toEqual([old, now]);
  });

  test("an editor who decides too late is told so, with what they wrote; then takes an article away and brings it back", async ({
    page,
    otherPage,
    article,
  }) => {
    test.slow();
    const [author, editor] = [await enterAsMember(page), await enterAsMember(otherPage)];
    await giveRoles(author.handle, ["EDITOR"]);
    await giveRoles(editor.handle, ["EDITOR"]);
    await revise(page, article.title);
    await write(page, "By the sun alone.");
    await handIn(page, "");
    await otherPage.goto(page.url());
    await page.getByText("Withdraw", { exact: true }).click();
    await page.getByRole("button", { name: "Withdraw it" }).click();
    await expect(page.getByRole("status").filter({ hasText: "It is withdrawn." })).toBeVisible();
    await otherPage.getByText("Ask for changes", { exact: true }).click();
    await otherPage.getByLabel("What should change?").fill("Too short.");
    await otherPage.getByRole("button", { name: "Send it back" }).click();
    await expect(otherPage.getByRole("alert")).toContainText("Somebody changed this meanwhile");
    await expect(otherPage.getByLabel("What you wrote")).toHaveValue("Too short.");
    await expect(otherPage.getByText(/withdrew it/)).toBeVisible();

    // From the article to what can be done with it.
    await otherPage.goto(`/desk/drafts?find=${encodeURIComponent(article.title)}`);
    await otherPage.getByRole("link", { name: `Manage ${article.title}` }).click();
    await expect(otherPage.getByRole("heading", { level: 1 })).toHaveText(article.title);
    await otherPage.getByText("Name others").click();
    await otherPage.getByLabel("Edited By").fill(`@${editor.handle}\n@nobody_of_this_name`);
    await otherPage.getByLabel("Why?").first().fill("They read it.");
    await otherPage.getByRole("button", { name: "Name them" }).click();
    await expect(otherPage.locator(".field-error")).toHaveText(/^There is no member with this user name\./);
    await otherPage.getByLabel("Edited By").fill(`@${editor.handle}`);
    await otherPage.getByRole("button", { name: "Name them" }).click();
    await expect(otherPage.getByRole("status").filter({ hasText: "These people are named now" })).toBeVisible();
    await page.goto(article.address);
    await expect(details(page)).toContainText(`Edited By${editor.name}`);
    await otherPage.getByText("Take it from readers").click();
    await otherPage.getByRole("form", { name: "Unpublish" }).getByLabel("Why?").fill("It is being checked.");
    await otherPage.getByRole("button", { name: "Unpublish" }).click();
    await expect(otherPage.getByRole("status").filter({ hasText: "Readers do not find it" })).toBeVisible();
    expect((await page.goto(article.address))?.status()).toBe(404);
    await otherPage.getByRole("form", { name: "Begin a draft from revision 1" }).getByRole("button").click();
    await expect(otherPage.getByRole("form", { name: "Draft" })).toBeVisible();

    // The old text again, at another address: the one that readers knew leads there.
    await write(otherPage, "By the sun, and by what they remember.");
    await otherPage.getByLabel("Address").fill(`${article.slug}-again`);
    await handIn(otherPage, "");
    await page.goto(otherPage.url());
    await page.getByText("Publish now", { exact: true }).click();
    const publish = page.getByRole("form", { name: "Publish now" });
    await publish.getByRole("radio", { name: /^Update/ }).check();
    await publish.getByLabel("A note for readers").fill("Back again.");
    await publish.getByRole("button", { name: "Publish", exact: true }).click();
    await expect(page.getByRole("status").filter({ hasText: "It is published." })).toBeVisible();
    expect((await page.request.get(article.address, { maxRedirects: 0 })).status()).toBe(308);
    await page.goto(article.address);
    await expect(page).toHaveURL(`${article.address}-again`);
    await expect(page.getByText("By the sun, and by what they remember.")).toBeVisible();
  });
});

test("the review desk has no fault that axe finds", async ({ page, article }) => {
  test.slow();
  const { handle } = await enterAsMember(page);
  await giveRoles(handle, ["ADMIN"]);
  await page.goto(`/desk/drafts?find=${encodeURIComponent(article.title)}`);
  const found = page.getByRole("region", { name: "Revise a published article" });
  const manage = await found.getByRole("link", { name: `Manage ${article.title}` }).getAttribute("href");
  await revise(page, article.title);
  await write(page, "By the sun.\n\nAnd by [a link](https://example.org/).");
  await handIn(page, "Please read.");
  const review = new URL(page.url()).pathname;
  await page.getByText("Publish later", { exact: true }).click();
  expect(await faults(page), "changes").toEqual([]);
  await page.getByRole("link", { name: "Source" }).click();
  await page.getByRole("link", { name: "Write a note at line 1" }).click();
  await page.getByLabel("A new note").fill("Really?");
  await page.getByRole("button", { name: "Add the note" }).click();
  await expect(page.locator(".line-note")).toBeVisible();
  expect(await faults(page), "source").toEqual([]);
  for (const path of ["/desk/review", manage ?? ""]) {
    await page.goto(path);
    for (const summary of await page.locator("main summary").all()) await summary.click();
    expect(await faults(page), path).toEqual([]);
  }
  // On a phone the decision is far below; what was withdrawn is taken up again.
  await page.goto(review);
  await page.setViewportSize({ width: 390, height: 800 });
  await page.getByRole("link", { name: "To the decision" }).click();
  await expect(page.getByRole("heading", { name: "Decide" })).toBeInViewport();
  await page.getByText("Withdraw", { exact: true }).click();
  await page.getByRole("button", { name: "Withdraw it" }).click();
  await expect(page.getByRole("button", { name: "Take it up again" })).toBeVisible();
  expect(await faults(page), "withdrawn").toEqual([]);
  await page.getByRole("button", { name: "Take it up again" }).click();
  await expect(page.getByRole("form", { name: "Draft" })).toBeVisible();
});
