// Pictures for an article, by a plain form and in the editor; and a draft shared by a link with somebody who has no account.
import type { Page } from "@playwright/test";
import sharp from "sharp";
import { dropFile } from "@/lib/media/files";
import { giveRoles } from "@/tests/support/give-roles";
import { faults } from "./faults";
import { enterAsMember } from "./people";
import { expect, test } from "./stories";

async function becomeAuthor(page: Page): Promise<void> {
  const person = await enterAsMember(page);
  await giveRoles(person.handle, ["AUTHOR"]);
}

/** @returns the draft's path */
async function startArticle(page: Page, title: string): Promise<string> {
  await page.goto("/desk/drafts");
  await page.getByLabel("Title", { exact: true }).fill(title);
  await page.getByRole("button", { name: "Start" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  return new URL(page.url()).pathname;
}

/** A photograph as a camera makes it, with the place noted in it. */
function photograph(): Promise<Buffer> {
  return sharp({ create: { width: 1_600, height: 900, channels: 3, background: "#86c8a6" } })
    .withExif({ IFD3: { GPSLatitude: "51/1 30/1 0/1" } })
    .jpeg()
    .toBuffer();
}

const photographNamed = async (name: string) => ({ name, mimeType: "image/jpeg", buffer: await photograph() });

async function expectNoFault(page: Page): Promise<void> {
  expect(await faults(page)).toEqual([]);
}

test.describe("On the desk", { tag: "@no-javascript" }, () => {
  test("a picture is brought, described, and found with its line; a draft is shared, read and noted, and the link ended", async ({
    page,
    otherPage,
    request,
    javaScriptEnabled,
  }) => {
    test.slow();
    await becomeAuthor(page);
    await page.goto("/desk/pictures");
    await page.getByLabel("File").setInputFiles(await photographNamed("holiday.jpg"));
    await page.getByLabel("What it shows").fill("A hive [in the sun]");
    await page.getByRole("button", { name: "Keep it" }).click();
    await expect(page.getByText("Kept. Copy its line")).toBeVisible();
    const line = await page.getByLabel("Markdown of this picture").inputValue();
    expect(line).toMatch(/^!\[A hive \\\[in the sun\\\]\]\(\/u\/[\w-]{22}\)$/);
    const address = /\/u\/[\w-]{22}/.exec(line)?.[0] ?? "";
    for (const path of [address, `${address}-640`, `${address}-1280`]) {
      const answer = await request.get(path);
      expect(answer.headers()).toMatchObject({ "content-type": "image/webp", "x-content-type-options": "nosniff" });
      expect((await sharp(await answer.body()).metadata()).exif).toBeUndefined();
    }
    expect((await request.get(`${address}-999`)).status()).toBe(404);
    // A width whose file is lost leaves its room, and nobody keeps what stands there instead.
    await dropFile(`${address.slice("/u/".length)}-640`, "files");
    const lost = await request.get(`${address}-640`);
    expect([lost.status(), lost.headers()["content-type"]]).toEqual([404, "image/svg+xml"]);
    expect(lost.headers()["cache-control"]).toContain("no-store");
    expect(await sharp(await lost.body()).metadata()).toMatchObject({ width: 640, height: 360 });
    await page.getByLabel("File").setInputFiles({ name: "x.png", mimeType: "image/png", buffer: Buffer.from("no") });
    await page.getByLabel("What it shows").fill("Kept words");
    await page.getByRole("button", { name: "Keep it" }).click();
    await expect(page.getByText("This is no picture of a kind we know.").first()).toBeVisible();
    await expect(page.getByLabel("What it shows")).toHaveValue("Kept words");

    await startArticle(page, "How do bees dance?");
    await page.getByLabel("Works for").selectOption("1");
    await page.getByLabel("For", { exact: true }).selectOption("COMMENT");
    await page.getByRole("button", { name: "Make a link" }).click();
    const link = (await page.locator(".secret").textContent()) ?? "";
    const opened = await otherPage.goto(link);
    expect(await opened?.headerValue("referrer-policy")).toBe("same-origin");
    expect(await opened?.headerValue("cache-control")).toContain("no-store");
    await expect(otherPage.locator('meta[name="robots"]')).toHaveAttribute("content", /noindex/);
    await expect(otherPage.getByRole("heading", { level: 1 })).toHaveText("How do bees dance?");
    await otherPage.getByRole("textbox", { name: "Note" }).fill("Do they?");
    await otherPage.getByRole("button", { name: "Leave the note" }).click();
    await expect(otherPage.getByText("Please say who you are").first()).toBeVisible();
    await otherPage.getByLabel("Your name").fill("Eve");
    await otherPage.getByRole("button", { name: "Leave the note" }).click();
    await expect(otherPage.getByText("Thank you. The writers see your note.")).toBeVisible();
    await expect(otherPage.getByRole("region", { name: "Notes" })).toContainText("Eve (guest)");
    if (javaScriptEnabled !== false) await expectNoFault(otherPage);

    await page.goto(page.url());
    await expect(page.getByRole("region", { name: "Notes" })).toContainText("Do they?");
    await page.getByRole("button", { name: "Take it back" }).click();
    await expect(page.getByText("That link opens nothing any more.")).toBeVisible();
    expect((await otherPage.goto(link))?.status()).toBe(404);
    await expect(otherPage.getByRole("heading", { level: 1 })).toHaveText("This link has ended");
  });
});

test("in the editor a picture is chosen or pasted, described, and stands in the text", async ({ page }) => {
  test.slow();
  await becomeAuthor(page);
  await startArticle(page, "What does a hive look like?");
  await expect(page.locator(".editor")).toBeVisible();
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Picture" }).click();
  await (await choosing).setFiles(await photographNamed("hive.jpg"));
  const dialog = page.getByRole("dialog", { name: "Picture" });
  await expectNoFault(page);
  await dialog.getByLabel("What it shows").fill("A hive");
  await dialog.getByRole("button", { name: "Put it in" }).click();
  // Decoding and writing it anew takes a process of its own.
  await expect(dialog).toBeHidden({ timeout: 60_000 });
  const preview = page.getByRole("region", { name: "Preview" });
  const shown = preview.getByRole("img", { name: "A hive" });
  await expect(shown).toHaveAttribute("srcset", /-640 640w, /);
  await expect(shown).toHaveAttribute("width", "1600");
  await expect(page.locator("[data-status]")).toHaveText(/^Saved \d/);
  await page.goto("/desk/pictures");
  await expect(page.getByRole("img", { name: "A hive" })).toBeVisible();
  await expectNoFault(page);
});
