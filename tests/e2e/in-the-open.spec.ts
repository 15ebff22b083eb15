// Moderation that everybody can follow: a guest's comment is removed with a reason, they object without an account, another moderator
// puts it back, and the public log says all of it without saying who they are; a discussion is pinned, locked and slowed down.
import type { Page } from "@playwright/test";
import { countFiguresNow } from "@/tests/support/count-figures-now";
import { giveRoles } from "@/tests/support/give-roles";
import { mailsTo } from "@/tests/support/outbox";
import { faults } from "./faults";
import { enterAsMember } from "./people";
import { commentsOf, composerOf, discussionOf, expect, say, test } from "./stories";

async function becomeModerator(page: Page): Promise<void> {
  await giveRoles((await enterAsMember(page)).handle, ["MODERATOR"]);
}

/** Removes a comment from its place in the queue, by plain forms. */
async function remove(page: Page, id: string, reason: string): Promise<void> {
  await page.goto(`/desk/moderation?item=${id}`);
  await page.locator(".queue-item").getByText("Remove…").click();
  const removal = page.locator(".queue-item").getByRole("form", { name: "Remove" });
  await removal.getByRole("radio", { name: reason }).check();
  await removal.getByRole("button", { name: "Remove the comment" }).click();
  await expect(page.locator(".queue-done")).toHaveText("Removed.");
}

test("removed, objected to by a guest, put back by another moderator, and told to everybody @only-no-javascript", async ({
  page,
  otherPage,
  browser,
  article,
  origin,
}) => {
  test.slow();
  await page.goto(article.address);
  await say(page, "You are all wrong about bees, and kindly so.");
  const comment = commentsOf(page, "You are all wrong about bees");
  await expect(comment).toBeVisible();
  const id = ((await comment.getAttribute("id")) ?? "").slice("c-".length);
  await becomeModerator(otherPage);
  await remove(otherPage, id, "It insults or harasses somebody.");

  await page.goto(`/comments/${id}`);
  await expect(page.getByRole("heading", { name: "A moderator removed what you wrote" })).toBeVisible();
  await page.getByText("What you wrote", { exact: true }).click();
  await expect(page.locator("#appeal details .prose")).toContainText("wrong about bees");
  await page.getByRole("button", { name: "Object to the removal" }).click();
  await page.getByLabel("Why it should be put back").fill("It was meant kindly, as it says.");
  await page.getByRole("button", { name: "Object to the removal" }).click();
  await expect(page.locator("#appeal")).toContainText("Another moderator than the one who removed it will decide.");
  await page.goto("/standing");
  await expect(page.getByRole("region", { name: "Removed by a moderator" })).toContainText("You objected on");

  // Whoever removed it sees the appeal and cannot decide it.
  await otherPage.goto("/desk/moderation/appeals");
  const theirs = otherPage.getByRole("article").filter({ hasText: "It was meant kindly" });
  await expect(theirs).toContainText("Another moderator decides about this");
  await expect(theirs.getByRole("button")).toHaveCount(0);

  const context = await browser.newContext({ baseURL: origin, javaScriptEnabled: false });
  const second = await context.newPage();
  await becomeModerator(second);
  await second.goto("/desk/moderation/appeals");
  const item = second.getByRole("article").filter({ hasText: "It was meant kindly" });
  await item.getByRole("button", { name: "Leave it removed" }).click();
  await expect(item.getByRole("textbox")).toHaveAttribute("aria-invalid", "true");
  await item.getByRole("textbox").fill("It is rough, but not an insult.");
  await item.getByRole("button", { name: "Put it back" }).click();
  await expect(second.locator(".house-note")).toHaveText(/^Granted\./);
  await context.close();

  await page.goto(article.address);
  await expect(commentsOf(page, "You are all wrong about bees")).toBeVisible();
  await page.goto(`/moderation-log?article=${article.slug}`);
  const lines = page.locator(".log-lines > li");
  await expect(lines).toHaveCount(2);
  await expect(lines.nth(0)).toContainText("granted an appeal and put a comment back");
  await expect(lines.nth(1)).toContainText("removed a comment");
  await expect(lines.nth(1)).toContainText("It insults or harasses somebody.");
  await page.getByRole("link", { name: "Appeals" }).click();
  await expect(lines).toHaveCount(1);
  await page.getByRole("link", { name: "Figures by year" }).click();
  await countFiguresNow();
  const granted = page.getByRole("row", { name: /^Appeals granted/ }).getByText(/[1-9]/);
  await expect(async () => {
    await page.reload();
    expect(await granted.count()).toBeGreaterThan(0);
  }).toPass({ timeout: 60_000 });
});

/** Reports a comment on its own page. */
async function report(page: Page, id: string): Promise<void> {
  await page.goto(`/comments/${id}`);
  const form = page.getByRole("form", { name: "Report this comment" });
  await form.getByLabel("Insulting or harassing").check();
  await form.getByRole("button", { name: "Report" }).click();
  await expect(page.getByText("Thank you. A moderator will have a look.")).toBeVisible();
}

/** The mail to an address that says `words`, once it has come. */
async function letter(email: string, words: string): Promise<string> {
  const find = async () => (await mailsTo(email)).find((mail) => mail.includes(words));
  await expect.poll(find, { timeout: 60_000 }).toBeDefined();
  return (await find()) ?? "";
}

test("reported until it is held, removed with a reason, written about to its author, objected to, put back by another moderator", async ({
  page,
  otherPage,
  browser,
  article,
  origin,
}) => {
  test.slow();
  const author = await enterAsMember(page);
  await page.goto(article.address);
  await composerOf(page).body.fill("Whoever believes this is a drone.");
  await composerOf(page)
    .form.getByRole("button", { name: `Post as ${author.name}` })
    .click();
  const mine = commentsOf(page, "is a drone.");
  await expect(mine).toBeVisible();
  const id = ((await mine.getAttribute("id")) ?? "").slice("c-".length);

  // Two members and a guest weigh enough.
  const pages: Page[] = [];
  for (const _ of ["first", "second"]) pages.push(await (await browser.newContext({ baseURL: origin })).newPage());
  const [first = page, second = page] = pages;
  const handles: string[] = [];
  for (const reporter of pages) {
    handles.push((await enterAsMember(reporter)).handle);
    await report(reporter, id);
  }
  await otherPage.goto(article.address);
  await expect(commentsOf(otherPage, "is a drone.")).toBeVisible();
  await report(otherPage, id);
  await otherPage.goto(article.address);
  await expect(commentsOf(otherPage, "A moderator is having a look at this comment.")).toBeVisible();
  await page.goto(`/comments/${id}`);
  await expect(commentsOf(page, "is a drone.")).toContainText("Waiting for a moderator");
  await expect(page.getByText("Several people have reported it, so a moderator will have a look.")).toBeVisible();

  // One of them becomes a moderator, and removes it by keys.
  for (const handle of handles) await giveRoles(handle, ["MODERATOR"]);
  await first.goto(`/desk/moderation?item=${id}`);
  await expect(first.locator(".queue-item")).toContainText("Enough people have reported it");
  await expect(first.getByRole("button", { name: "Keys" })).toBeVisible();
  await first.keyboard.press("r");
  await expect(first.locator(".queue-item").getByRole("radio").first()).toBeFocused();
  await first.keyboard.press("2");
  await expect(first.locator(".queue-done")).toHaveText(`Removed: ${author.name}.`);
  await expect(async () => {
    await otherPage.goto(article.address);
    await expect(otherPage.locator(".tombstone")).toContainText(
      "A moderator removed this comment: It insults or harasses somebody.",
    );
  }).toPass();

  const told = await letter(author.email, "The reason: It insults or harasses somebody.");
  const way = /https?:\/\/\S+\/comments\/\d+#appeal/.exec(told)?.[0];
  // A link of a mail opens a page of its own.
  const opened = await page.context().newPage();
  await opened.goto(way ?? "no way to object");
  await opened.getByLabel("Why it should be put back").fill("Drones do not sting: it is no insult.");
  await opened.getByRole("button", { name: "Object to the removal" }).click();
  await expect(opened.locator("#appeal")).toContainText("Another moderator than the one who removed it will decide.");
  await opened.goto("/standing");
  expect(await faults(opened), "standing").toEqual([]);

  const words = "Drones do not sting";
  await first.goto("/desk/moderation/appeals");
  await expect(first.getByRole("article").filter({ hasText: words }).getByRole("button")).toHaveCount(0);
  await second.goto("/desk/moderation/appeals");
  expect(await faults(second), "appeals").toEqual([]);
  const appeal = second.getByRole("article").filter({ hasText: words });
  await appeal.getByRole("textbox").fill("It is rough, but no insult.");
  await appeal.getByRole("button", { name: "Put it back" }).click();
  await expect(second.locator(".house-note")).toHaveText(/^Granted\./);

  expect(await letter(author.email, "It can be read again.")).toContain("What they say: It is rough, but no insult.");
  await otherPage.goto(article.address);
  await expect(commentsOf(otherPage, "is a drone.")).toBeVisible();
  await otherPage.goto(`/moderation-log?article=${article.slug}`);
  const lines = otherPage.locator(".log-lines > li");
  await expect(lines).toHaveCount(3);
  await expect(lines.nth(0)).toContainText("granted an appeal and put a comment back");
  await expect(lines.nth(1)).toContainText("removed a comment");
  await expect(lines.nth(1)).toContainText("It insults or harasses somebody.");
  await expect(lines.nth(2)).toContainText("The system held a comment");
  await expect(lines.nth(2)).toContainText("Enough people reported it.");
  await expect(otherPage.locator(".log-lines")).not.toContainText(author.name);
  for (const reporter of pages) await reporter.context().close();
});

test("a discussion is set: pinned, slowed down, closed by a day, locked; and a reply becomes a conversation of its own @only-no-javascript", async ({
  page,
  otherPage,
  article,
  post,
}) => {
  test.slow();
  const ids = await post.chain(article, ["First.", "Second, which leads elsewhere.", "Third."]);
  const [, second] = ids.map(({ id }) => id);
  await becomeModerator(page);
  await page.goto(`/comments/${second}`);
  await page.getByRole("button", { name: "Pin above the discussion" }).click();
  await expect(page.getByRole("button", { name: "Unpin" })).toBeVisible();
  await page.getByRole("button", { name: "Make it a conversation of its own" }).click();
  await expect(page.getByRole("button", { name: "Make it a conversation of its own" })).toHaveCount(0);
  await otherPage.goto(article.address);
  await expect(otherPage.getByRole("complementary", { name: "Pinned" })).toContainText(
    "Second, which leads elsewhere.",
  );
  await expect(otherPage.locator("ol.comments > li")).toHaveCount(2);

  await page.getByRole("link", { name: "Set this discussion" }).click();
  await page.getByLabel("Slow mode").selectOption({ label: "5 minutes" });
  await page.getByLabel("Closes by itself after").fill("2031-05-04");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator(".house-note").first()).toHaveText(/^Saved\./);
  await otherPage.reload();
  await expect(discussionOf(otherPage)).toContainText("Everybody waits 5 minutes between two comments here.");
  await expect(discussionOf(otherPage)).toContainText("Open for comments until 4 May 2031.");

  // Another of their windows, as it was before: what is left alone in it stays as it is set meanwhile. A refusal stands alone.
  const older = await page.context().newPage();
  await older.goto(page.url());
  await page.getByLabel("Locked: it can be read").check();
  await page.getByLabel("Why, for everybody").fill("It went in circles.");
  await page.getByRole("button", { name: "Save" }).click();
  await older.getByLabel("Slow mode").selectOption({ label: "15 minutes" });
  await older.getByLabel("Why, for everybody").fill("Slowly, please. ".repeat(90));
  await older.getByRole("button", { name: "Save" }).click();
  await expect(older.getByRole("alert")).toHaveText("A reason can have 1,000 characters.");
  await expect(older.locator(".house-note")).toHaveCount(0);
  await older.getByLabel("Why, for everybody").fill("Slowly, please.");
  await older.getByRole("button", { name: "Save" }).click();
  await expect(older.getByLabel("Locked: it can be read")).toBeChecked();
  await otherPage.reload();
  await expect(composerOf(otherPage).form).toHaveCount(0);
  await otherPage.goto(`/comments/${second}`);
  await expect(otherPage.getByText("This discussion is locked.")).toBeVisible();
  await expect(otherPage.getByRole("link", { name: "Reply" })).toHaveCount(0);
  await otherPage.goto(article.address);
  await page.getByRole("button", { name: "Unpin" }).click();
  await otherPage.reload();
  await expect(otherPage.getByRole("complementary", { name: "Pinned" })).toHaveCount(0);
  await otherPage.goto(`/moderation-log?article=${article.slug}&show=discussions`);
  await expect(otherPage.locator(".log-lines")).toContainText("It went in circles.");
});

test("the pages of moderation in the open have no fault that axe finds", async ({ page, article, post }) => {
  test.slow();
  const { id } = await post.one(article, { body: "For a moderator to look at." });
  await becomeModerator(page);
  const paths = [
    "/moderation-log",
    "/moderation-log/figures",
    "/standing",
    "/desk/moderation/appeals",
    `/desk/moderation/threads/${article.slug}`,
    `/comments/${id}`,
  ];
  for (const path of paths) {
    await page.goto(path);
    expect(await faults(page), path).toEqual([]);
  }
});
