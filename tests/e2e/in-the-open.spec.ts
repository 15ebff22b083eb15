// Moderation that everybody can follow: a guest's comment is removed with a reason, they object without an account, another moderator
// puts it back, and the public log says all of it without saying who they are; a discussion is pinned, locked and slowed down.
import type { Page } from "@playwright/test";
import { giveRoles } from "@/tests/support/give-roles";
import { faults } from "./faults";
import { becomeMember } from "./people";
import { commentsOf, composerOf, discussionOf, expect, say, test } from "./stories";

async function becomeModerator(page: Page): Promise<void> {
  await giveRoles((await becomeMember(page)).handle, ["MODERATOR"]);
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
  await expect(page.getByRole("row", { name: /^Appeals granted/ })).toContainText(/[1-9]/);
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

  await page.getByLabel("Locked: it can be read").check();
  await page.getByLabel("Why, for everybody").fill("It went in circles.");
  await page.getByRole("button", { name: "Save" }).click();
  await otherPage.reload();
  await expect(composerOf(otherPage).form).toHaveCount(0);
  await page.getByRole("button", { name: "Unpin" }).click();
  await otherPage.reload();
  await expect(otherPage.getByRole("complementary", { name: "Pinned" })).toHaveCount(0);
  await otherPage.goto(`/moderation-log?article=${article.slug}&show=discussions`);
  await expect(otherPage.locator(".log-lines")).toContainText("It went in circles.");
});

test("the pages of moderation in the open have no fault that axe finds", async ({ page, article, post }) => {
  test.setTimeout(180_000);
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
