// Somebody who is logged in, on a page that is the same for everybody: their name in its head, and "Post as …" in the composer.

import { describe, it } from "vitest";
import { expect } from "./expect";
import { POST, problem } from "./site";
import { composerOf, hint, visiting } from "./visit";

const visit = visiting({ open: false });

/** The article page as a member sees it. */
async function openAsMember({ name = "Ada Lovelace", may = ["settings"] } = {}) {
  const { page, site } = visit;
  site.member = { name, may };
  await hint(visit);
  await page.goto("/articles/tea");
  const composer = composerOf(page);
  return {
    page,
    site,
    composer,
    head: page.locator("account-link"),
    postAs: composer.form.getByRole("button", { name: `Post as ${name}` }),
    logIn: composer.form.getByRole("button", { name: "Log in and post" }),
  };
}

describe("the head of the page", () => {
  it("leads a stranger to log in and back to this page", async () => {
    const { page } = visit;
    await page.goto("/articles/tea?sort=newest");
    const link = page.locator("account-link").getByRole("link", { name: "Log in" });
    await expect(link).toHaveAttribute("href", "/log-in?next=%2Farticles%2Ftea%3Fsort%3Dnewest");
  });

  it("says who is logged in, with a menu of what is open to them", async () => {
    const { head, page } = await openAsMember();
    await expect(head.getByText("Ada Lovelace")).toBeVisible();
    await expect(head.getByRole("link", { name: "Log in" })).toHaveCount(0);
    await head.getByText("Ada Lovelace").click();
    await expect(head.getByRole("link")).toHaveText(["Settings"]);
    await expect(head.getByRole("button", { name: "Log out" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(head.getByRole("link")).toHaveCount(0);
    await head.getByText("Ada Lovelace").click();
    await page.getByRole("heading", { level: 1 }).click();
    await expect(head.getByRole("link")).toHaveCount(0);
  });

  it("shows the desk and the list of people to who may see them", async () => {
    const { head } = await openAsMember({ may: ["settings", "desk", "people"] });
    await head.getByText("Ada Lovelace").click();
    await expect(head.getByRole("link")).toHaveText(["Desk", "Settings", "People"]);
  });

  it("stays as it was when nobody answers", async () => {
    const { page, site } = visit;
    site.member = { name: "Ada", may: [] };
    site.next("GET /api/v1/me", problem(503, "unavailable"));
    await hint(visit);
    const answered = page.waitForResponse("**/api/v1/me*");
    await page.goto("/articles/tea");
    await answered;
    await expect(page.locator("account-link").getByRole("link", { name: "Log in" })).toBeVisible();
  });
});

describe("the composer of somebody who is logged in", () => {
  it.each([390, 1280])("takes the room of the log-in part at %i px, and moves nothing", async (width) => {
    const { page, site } = visit;
    site.member = { name: "Wilhelmina Featherstonehaugh-Cholmondeley", may: ["settings"] };
    await hint(visit);
    await page.setViewportSize({ width, height: 800 });
    const held = site.hold("GET /api/v1/me");
    await page.goto("/articles/tea");
    await held.arrived;
    const places = () =>
      page.evaluate(() =>
        [...document.querySelectorAll("header nav > *, h1, article, form.composer, .buttons, .member-way")].map(
          (one) => {
            const { x, y, width: w, height } = one.getBoundingClientRect();
            return [one.className, x, y, w, height].join(" ");
          },
        ),
      );
    const before = await places();
    held.release();
    await expect(page.getByRole("button", { name: /^Post as Wilhelmina/ })).toBeVisible();
    expect(await places()).toEqual(before);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });

  it("posts under the name by its button and by Ctrl with Enter, anonymously by the other", async () => {
    const { site, composer, postAs, logIn, page } = await openAsMember();
    await composer.body.fill("Under my name");
    await postAs.click();
    await expect(page.locator("#c-101")).toBeFocused();
    await composer.body.fill("Again");
    await composer.body.press("Control+Enter");
    await expect(page.locator("#c-102")).toBeFocused();
    await composer.body.fill("As nobody");
    await composer.post.click();
    await expect(page.locator("#c-103")).toBeFocused();
    expect(site.requests(POST).map(({ body }) => body.anonymous)).toEqual([false, false, true]);
    await expect(logIn).toHaveCount(0);
  });

  it("has the same two ways in a reply", async () => {
    const { page, site, postAs } = await openAsMember();
    await expect(postAs).toBeVisible();
    await page.locator("#c-1").getByRole("link", { name: "Reply" }).click();
    const reply = page.getByRole("form", { name: "Reply to Ada" });
    await reply.getByLabel("Comment", { exact: true }).fill("Yes");
    await expect(reply.getByRole("button")).toHaveText([
      "Post Anonymously",
      "Preview",
      "Cancel",
      "Post as Ada Lovelace",
    ]);
    await reply.getByRole("button", { name: "Post as Ada Lovelace" }).click();
    await expect(page.locator("#c-101")).toBeFocused();
    expect(site.requests(POST)[0]?.body).toMatchObject({ parentId: "1", anonymous: false });
  });
});

describe("logging in from the composer", () => {
  it("sends the form itself, by the button and by Enter at the password", async () => {
    const { page, site } = visit;
    for (const way of ["click", "Enter"]) {
      await page.goto("/articles/tea");
      const { form, body } = composerOf(page);
      await body.fill("My text");
      await form.getByLabel("User name or email").fill("ada");
      await form.getByLabel("Password", { exact: true }).fill("secret words");
      if (way === "Enter") await form.getByLabel("Password", { exact: true }).press("Enter");
      else await form.getByRole("button", { name: "Log in and post" }).click();
      await expect(page).toHaveTitle("Logged in");
    }
    const sent = site.requests("POST /log-in").map(({ raw }) => Object.fromEntries(new URLSearchParams(raw)));
    expect(sent).toHaveLength(2);
    for (const each of sent) {
      expect(each).toMatchObject({ intent: "logIn", identifier: "ada", password: "secret words", body: "My text" });
      expect(each.key).toMatch(/^[0-9a-f-]{36}$/);
    }
    expect(site.requests(POST)).toHaveLength(0);
  });

  it("shows the password on demand, and sends it hidden", async () => {
    const { page } = visit;
    await page.goto("/articles/tea");
    const { form } = composerOf(page);
    const password = form.getByLabel("Password", { exact: true });
    const show = form.getByRole("button", { name: "Show password" });
    await password.fill("secret words");
    await show.click();
    await expect(password).toHaveAttribute("type", "text");
    await expect(show).toHaveAttribute("aria-pressed", "true");
    await show.click();
    await expect(password).toHaveAttribute("type", "password");
    await expect(password).toHaveValue("secret words");
  });
});
