// Posting with the script: once, in place, with the text safe whatever the server does.

import { describe, it } from "vitest";
import { until } from "@/tests/support/condition";
import { expect } from "./expect";
import { POST, problem } from "./site";
import { composerOf, visiting } from "./visit";

const visit = visiting();

describe("posting", () => {
  it("puts the server's own markup at the end of the thread, moves the focus there and says so", async () => {
    const { page, site } = visit;
    const { body, name, post } = composerOf(page);
    await body.fill("With milk?");
    await name.fill("Vera");
    await post.click();
    const article = page.locator("#c-101");
    await expect(article).toContainText("With milk?");
    await expect(article).toBeFocused();
    await expect(article).toHaveClass(/is-target/);
    await expect(page.locator("ol.comments > li").last().locator("> article")).toHaveId("c-101");
    await expect(page.getByText("Your comment is posted.")).toHaveAttribute("role", "status");
    await expect(body).toHaveValue("");
    await expect(page.locator("#discussion-heading .count")).toHaveText("4 comments");
    expect(site.requests(POST)[0]?.body).toMatchObject({ body: "With milk?", name: "Vera", website: "" });
    expect(site.requests(POST)[0]?.body.age).toBeGreaterThanOrEqual(0);
    expect(site.requests(POST)[0]?.key).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it("puts it first where the newest come first", async () => {
    const { page } = visit;
    await page.goto("/articles/tea?sort=newest");
    const { body, post } = composerOf(page);
    await body.fill("Newest");
    await post.click();
    await expect(page.locator("ol.comments > li").first().locator("> article")).toHaveId("c-101");
  });

  it("gives one's new comment its tools at once", async () => {
    const { page } = visit;
    const { body, post } = composerOf(page);
    await body.fill("Mine");
    await post.click();
    const article = page.locator("#c-101");
    await expect(article.getByRole("link")).toHaveText(["1 Nov 2026", "Reply", "Edit", "Delete"]);
    await expect(article.locator(".own-mark")).toHaveText("You");
  });

  it("says that a held comment waits, and does not count it", async () => {
    const { page, site } = visit;
    site.holdsPosts = true;
    const { body, post } = composerOf(page);
    await body.fill("Look at this");
    await post.click();
    await expect(page.locator("#c-101")).toContainText("Waiting for a moderator");
    await expect(page.getByText("waits for a moderator.")).toBeAttached();
    await expect(page.locator("#discussion-heading .count")).toHaveText("3 comments");
  });

  it("takes the invitation away with the first comment", async () => {
    const { page, site } = visit;
    site.comments.clear();
    await page.reload();
    const { body, post } = composerOf(page);
    await body.fill("First!");
    await post.click();
    await expect(page.locator("ol.comments > li")).toHaveCount(1);
    await expect(page.getByText("Nobody has said anything yet.")).toHaveCount(0);
  });

  it("sends once, however often the button is pressed while it is on its way", async () => {
    const { page, site } = visit;
    const held = site.hold(POST);
    const { body, post } = composerOf(page);
    await body.fill("Once");
    await post.dblclick();
    await held.arrived;
    await body.press("Control+Enter");
    await expect(post).toHaveAttribute("aria-disabled", "true");
    held.release();
    await expect(page.locator("#c-101")).toBeFocused();
    await expect(post).not.toHaveAttribute("aria-disabled", "true");
    expect(site.requests(POST)).toHaveLength(1);
    expect(site.comments.size).toBe(4);
  });

  it.each(["Control+Enter", "Meta+Enter"])("%s in the box posts", async (keys) => {
    const { page } = visit;
    const { body } = composerOf(page);
    await body.fill("By key");
    await body.press(keys);
    await expect(page.locator("#c-101")).toBeFocused();
  });

  it("says that it is posted, with the way to it, when its markup cannot be had", async () => {
    const { page, site } = visit;
    site.next("GET /comments/101", "drop");
    const { body, post, message } = composerOf(page);
    await body.fill("Unseen");
    await post.click();
    await expect(message).toContainText("Your comment is posted.");
    await expect(message.getByRole("link", { name: "See it" })).toHaveAttribute("href", "/comments/101");
    await expect(body).toHaveValue("");
  });

  it("leaves other ways to send it to the form, with key and age filled in", async () => {
    const { page, site } = visit;
    const { body, form } = composerOf(page);
    await body.fill("By name");
    await form.getByRole("button", { name: "Log in and post" }).click();
    await expect(page).toHaveTitle("Logged in");
    const sent = new URLSearchParams(site.requests("POST /log-in")[0]?.raw);
    expect(sent.get("key")).toMatch(/^[0-9a-f-]{36}$/);
    expect(sent.get("age")).toMatch(/^\d+$/);
    expect(sent.get("body")).toBe("By name");
  });
});

describe("when it fails, the text stays and", () => {
  const failures = [
    {
      when: "a field is wrong (422)",
      fate: problem(422, "invalid", { detail: "Too long.", fields: { body: "Too long." } }),
      says: "",
    },
    {
      when: "the thread is locked (423)",
      fate: problem(423, "closed", { detail: "It is locked." }),
      says: "It is locked.",
    },
    {
      when: "the server is down (503)",
      fate: problem(503, "unavailable", { detail: "Try later." }),
      says: "Try later.",
    },
    {
      when: "a proxy answers with a page (502)",
      fate: { status: 502, body: "<h1>Bad gateway" },
      says: "cannot save anything",
    },
    { when: "the connection breaks", fate: "drop" as const, says: "cannot be reached" },
    { when: "the answer is lost", fate: "lose" as const, says: "cannot be reached" },
  ];

  it.each(failures)(
    "$when: says so, keeps the text over a reload, and the retry has the same key",
    async ({ fate, says }) => {
      const { page, site } = visit;
      site.next(POST, fate);
      const { body, post, message } = composerOf(page);
      await body.fill("Precious words");
      await post.click();
      await expect(message).toHaveAttribute("data-kind", "error");
      await expect(message).toContainText(says);
      await expect(body).toHaveValue("Precious words");
      await page.reload();
      await expect(body).toHaveValue("Precious words");
      await post.click();
      // Where only the answer was lost, the comment stands there already.
      await until("the second request", () => site.requests(POST).length === 2);
      await expect(page.locator("#c-101")).toContainText("Precious words");
      const [first, second] = site.requests(POST);
      expect(second?.key).toBe(first?.key);
      expect(second?.raw).toBe(first?.raw);
      expect(site.comments.size).toBe(4);
    },
  );

  it("a sentence stands at its field, which has the focus; the next try takes it away", async () => {
    const { page, site } = visit;
    site.next(POST, problem(422, "invalid", { detail: "Not this name.", fields: { name: "Not this name." } }));
    const { body, name, post, message } = composerOf(page);
    await body.fill("Hello");
    await name.fill("admin");
    await post.click();
    await expect(name).toBeFocused();
    await expect(name).toHaveAttribute("aria-invalid", "true");
    await expect(name).toHaveAccessibleDescription("Not this name.");
    await expect(message).toHaveText("");
    await name.fill("Vera");
    await post.click();
    await expect(page.locator("#c-101")).toBeFocused();
    await expect(name).not.toHaveAttribute("aria-invalid", "true");
    await expect(page.locator(".field-error")).toHaveCount(0);
  });

  it("another text after a try is another request", async () => {
    const { page, site } = visit;
    site.next(POST, "drop");
    const { body, post } = composerOf(page);
    await body.fill("One");
    await post.click();
    await expect(post).not.toHaveAttribute("aria-disabled", "true");
    await body.fill("Two");
    await post.click();
    await expect(page.locator("#c-101")).toContainText("Two");
    const [first, second] = site.requests(POST);
    expect(second?.key).not.toBe(first?.key);
  });

  it("a 429 tells how long to wait, counts down, and opens the form at the end", async () => {
    const { page, site } = visit;
    await page.clock.install();
    await page.goto("/articles/tea");
    site.next(POST, problem(429, "rate_limited", { detail: "That was quick. Please wait.", retryAfter: 40 }));
    const { body, post, message } = composerOf(page);
    await body.fill("Again");
    await post.click();
    await expect(message).toContainText("That was quick. Please wait. 40 seconds");
    await post.click({ force: true });
    await page.clock.runFor(25_000);
    await expect(message).toContainText("15 seconds");
    await expect(post).toHaveAttribute("aria-disabled", "true");
    await expect(body).toBeEditable();
    expect(site.requests(POST)).toHaveLength(1);
    await page.clock.runFor(16_000);
    await expect(message).toHaveText("You can post now.");
    await post.click();
    await expect(page.locator("#c-101")).toContainText("Again");
    expect(site.requests(POST)).toHaveLength(2);
  });
});

describe("the preview", () => {
  it("shows in place what the server makes of the text, and goes with the post", async () => {
    const { page } = visit;
    const { body, form, post } = composerOf(page);
    await body.fill("<b>tea</b>");
    await form.getByRole("button", { name: "Preview" }).click();
    const preview = form.getByRole("region", { name: "Preview" });
    await expect(preview.locator("strong")).toHaveText("<b>tea</b>");
    await post.click();
    await expect(page.locator("#c-101")).toBeFocused();
    await expect(preview).toHaveCount(0);
  });

  it("says why there is none", async () => {
    const { page, site } = visit;
    site.next("POST /api/v1/preview", problem(422, "invalid", { detail: "Too long.", fields: { body: "Too long." } }));
    const { body, form } = composerOf(page);
    await body.fill("long");
    await form.getByRole("button", { name: "Preview" }).click();
    await expect(body).toHaveAccessibleDescription(/Too long\./);
  });

  it("never runs a script that comes with it", async () => {
    const { page, site } = visit;
    site.next("POST /api/v1/preview", {
      status: 200,
      body: { html: '<p>shown</p><script src="/probe.js?ran"></script>' },
    });
    const { body, form } = composerOf(page);
    await body.fill("x");
    await form.getByRole("button", { name: "Preview" }).click();
    await expect(form.getByRole("region", { name: "Preview" })).toContainText("shown");
    await expect(form.locator("script")).toHaveCount(0);
  });
});
