// What travels: documents without a framework, the same bytes for everybody, kept by their tags, with what machines look for.
import { expect, test } from "./stories";

const sky = "/articles/why-is-the-night-sky-dark";
const publicPages = [
  "/",
  sky,
  `${sky}?sort=newest`,
  `${sky}/print`,
  `${sky}/print?discussion=1`,
  "/topics",
  "/people/tomasz",
];

for (const path of publicPages) {
  test.describe(path, () => {
    test("loads nothing but our own few files, and all of them", async ({ page }) => {
      const answers: string[] = [];
      page.on("response", (response) => {
        if (response.status() >= 400) answers.push(`${response.status()} ${response.url()}`);
      });
      await page.goto(path, { waitUntil: "networkidle" });
      expect(answers).toEqual([]);
      const scripts = await page.locator("script[src]").evaluateAll((all) => all.map((one) => one.getAttribute("src")));
      expect(scripts).toEqual([expect.stringMatching(/^\/assets\/enhance-[\w-]+\.js$/)]);
      const inline = page.locator("script:not([src]):not([type='application/ld+json'])");
      await expect(inline).toHaveCount(0);
      await expect(page.locator("[style], [onclick], [onload]")).toHaveCount(0);
    });

    test("is the same for two browsers, and not sent again to whoever has it", async ({ playwright, origin }) => {
      const someone = await playwright.request.newContext({ baseURL: origin });
      const other = await playwright.request.newContext({
        baseURL: origin,
        extraHTTPHeaders: { cookie: "colloquy-visitor=made.up; colloquy-hint=1", "user-agent": "Another/1.0" },
      });
      const first = await someone.get(path);
      const second = await other.get(path);
      expect([first.status(), second.status()]).toEqual([200, 200]);
      expect(await second.text()).toBe(await first.text());
      const { etag = "" } = first.headers();
      expect(etag).toMatch(/^"[\w-]+"$/);
      // Meanwhile it may have been packed again, smaller; the text is the same, and so is the tag up to that.
      expect(second.headers().etag?.replace('-br11"', '-br"')).toBe(etag.replace('-br11"', '-br"'));
      expect(first.headers()["set-cookie"]).toBeUndefined();
      const again = await other.get(path, { headers: { "if-none-match": etag } });
      expect(again.status()).toBe(304);
      expect(await again.body()).toHaveLength(0);
      await someone.dispose();
      await other.dispose();
    });
  });
}

test("a form that the site gave out before it was renewed is answered with what to do (F29)", async ({
  request,
  origin,
}) => {
  // What such a form sends: the name of an action that this build does not have.
  const multipart = { [`$ACTION_ID_7f${"0".repeat(40)}`]: "", body: "Words that must not be lost." };
  const answer = await request.post(sky, { headers: { origin }, multipart });
  expect(answer.status()).toBe(409);
  expect(await answer.text()).toContain("Go back, where your text still is");
});

test("an article's head says what it is, and every address in it answers", async ({ page, request, origin }) => {
  await page.goto(sky);
  await expect(page).toHaveTitle("Why is the night sky dark? · Colloquy");
  const content = (selector: string) => page.locator(selector).first().getAttribute("content");
  expect(await content("meta[name=description]")).toMatch(/^If the universe were endless/);
  expect(await content("meta[property='og:type']")).toBe("article");
  await expect(page.locator("link[rel=canonical]")).toHaveAttribute("href", `${origin}${sky}`);

  const card = (await content("meta[property='og:image']")) ?? "";
  const image = await request.get(card);
  expect([image.status(), image.headers()["content-type"]]).toEqual([200, "image/png"]);

  const feeds = page.locator("link[rel=alternate]");
  await expect(feeds.first()).toBeAttached();
  for (const feed of await feeds.all()) {
    const response = await request.get((await feed.getAttribute("href")) ?? "");
    expect(response.status()).toBe(200);
    expect(response.headers()["content-type"]).toContain(await feed.getAttribute("type"));
  }
});

test("an article's structured data is JSON that names it, its author and its discussion", async ({ page, origin }) => {
  await page.goto(sky);
  const data: unknown = JSON.parse((await page.locator("script[type='application/ld+json']").textContent()) ?? "");
  expect(data).toMatchObject({
    headline: "Why is the night sky dark?",
    url: `${origin}${sky}`,
    author: [{ name: "Tomasz Wieczorek", url: `${origin}/people/tomasz` }],
    comment: expect.arrayContaining([expect.objectContaining({ "@type": "Comment" })]),
  });
});

test("the site's feeds are linked and read by an XML and a JSON parser", async ({ page, request }) => {
  await page.goto("/");
  const footer = page.getByRole("contentinfo");
  const atom = await request.get((await footer.getByRole("link", { name: "Atom feed" }).getAttribute("href")) ?? "");
  const root = await page.evaluate(
    (xml) => {
      const parsed = new DOMParser().parseFromString(xml, "application/xml");
      return [parsed.documentElement.nodeName, parsed.querySelectorAll("parsererror").length];
    },
    await atom.text(),
  );
  expect(root).toEqual(["feed", 0]);
  const json = await request.get((await footer.getByRole("link", { name: "JSON feed" }).getAttribute("href")) ?? "");
  expect(await json.json()).toMatchObject({ title: "Colloquy", items: expect.any(Array) });
});
