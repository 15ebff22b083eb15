// Every attack of tests/support/attack-vectors, posted and opened in Chromium: nothing runs, nothing is loaded from elsewhere,
// nothing even has to be stopped by the CSP (the fixtures watch for all three), and only what the allow-list names is there.
import type { Page } from "@playwright/test";
import { attackVectors } from "@/tests/support/attack-vectors";
import type { TestArticle } from "@/tests/support/publish-article";
import { commentsOf, composerOf, expect, test } from "./stories";

/** As many as stand on one page of a thread. */
const batchSize = 50;
/** Sent at a time. */
const abreast = 5;

const elements = /^(p|br|strong|em|s|code|pre|blockquote|ul|ol|li|a|hr|h[2-4]|table|thead|tbody|tr|th|td|div|span)$/;
const attributes = /^(href|rel|start|align|class|tabindex|role|aria-label|id|dir)$/;
const classes = /^(language-[\w+#.-]+|hljs(-[\w-]+)?|code-point|table-scroll|\w+_+)$/;
const addresses = /^(https?:\/\/|mailto:|\/(?!\/)|#)/i;

/** What is in the elements found by `selector` and is not on the allow-list. */
function intruders(page: Page, selector: string): Promise<string[]> {
  const lists = [elements, attributes, classes, addresses].map(({ source, flags }) => [source, flags] as const);
  return page.evaluate(
    ([where, sources]) => {
      const [tag, attribute, className, address] = sources.map(([source, flags]) => new RegExp(source, flags));
      const found: string[] = [];
      for (const element of document.querySelectorAll(`${where} *`)) {
        const { localName, attributes: given } = element;
        if (!tag?.test(localName) || element.namespaceURI !== "http://www.w3.org/1999/xhtml") found.push(localName);
        for (const { name, value } of given) {
          const wrong =
            !attribute?.test(name) ||
            (name === "href" && !address?.test(value)) ||
            (name === "id" && !value.startsWith("user-content-")) ||
            (name === "class" && !value.split(" ").every((one) => className?.test(one)));
          if (wrong) found.push(`${localName} ${name}=${value}`);
        }
      }
      return found;
    },
    [selector, lists] as const,
  );
}

const batches = Array.from({ length: Math.ceil(attackVectors.length / batchSize) }, (_, nth) =>
  attackVectors.slice(nth * batchSize, (nth + 1) * batchSize),
);

/** Posts all; answers how many are seen. What has nothing visible in it is refused, and what comes twice stands there once. */
async function postAll(origin: string, article: TestArticle, bodies: readonly string[]): Promise<number> {
  const seen = new Set<string>();
  const waiting = [...bodies];
  const sender = async () => {
    for (let body = waiting.shift(); body !== undefined; body = waiting.shift()) {
      const response = await fetch(`${origin}/api/v1/articles/${article.slug}/comments`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ body }),
      });
      expect([201, 422]).toContain(response.status);
      const answer = await response.json();
      if (answer.status === "published") seen.add(answer.id);
    }
  };
  await Promise.all(Array.from({ length: abreast }, sender));
  return seen.size;
}

for (const [nth, batch] of batches.entries()) {
  const first = nth * batchSize + 1;
  test(`attacks ${first} to ${first + batch.length - 1} do nothing as comments`, async ({
    page,
    origin,
    article,
    request,
  }) => {
    test.slow();
    const seen = await postAll(
      origin,
      article,
      batch.map(({ source }) => source),
    );
    expect(seen).toBeGreaterThan(batch.length / 2);
    await page.goto(article.address, { waitUntil: "networkidle" });
    await expect(commentsOf(page)).toHaveCount(seen);
    expect(await intruders(page, ".comment-body")).toEqual([]);
    const data = await page.locator("script[type='application/ld+json']").textContent();
    expect(JSON.parse(data ?? "")).toMatchObject({ commentCount: seen });

    await page.goto(`${article.address}/print?discussion=1`, { waitUntil: "networkidle" });
    expect(await intruders(page, ".printed-discussion .prose")).toEqual([]);
    const feed = await (await request.get(`${article.address}/comments.xml`)).text();
    const faults = await page.evaluate(
      (xml) => new DOMParser().parseFromString(xml, "application/xml").querySelectorAll("parsererror").length,
      feed,
    );
    expect(faults).toBe(0);
  });
}

test("attacks do nothing in a preview", async ({ page, article }) => {
  test.slow();
  await page.goto(article.address);
  const { body, preview, form } = composerOf(page);
  const together = 12;
  for (let at = 0; at < attackVectors.length; at += together) {
    const mark = `preview ${at}`;
    const sources = attackVectors.slice(at, at + together).map(({ source }) => source);
    await body.fill([mark, ...sources].join("\n\n"));
    await preview.click();
    await expect(form.getByRole("region", { name: "Preview" })).toContainText(mark);
    expect(await intruders(page, ".preview .prose")).toEqual([]);
  }
});

const hostileWords = [
  `"><img src=x onerror=alert(1)>`,
  `</title><script>alert(1)</script>`,
  `</script><script>alert(1)</script>`,
  `' onmouseover='alert(1)`,
  "\u202e<svg onload=alert(1)>",
];

for (const words of hostileWords) {
  test(`${JSON.stringify(words)} is only words as a title and in an address`, async ({ page, publish, request }) => {
    const article = await publish({ title: `${words} ${Math.random()}` });
    await page.goto(article.address, { waitUntil: "networkidle" });
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(article.title);
    await expect(page).toHaveTitle(new RegExp(`^${article.title.replace(/[^\w ]/g, ".")}`));
    expect(JSON.parse((await page.locator("script[type='application/ld+json']").textContent()) ?? "")).toMatchObject({
      headline: article.title,
    });
    await page.goto(`/?before=${encodeURIComponent(words)}`, { waitUntil: "networkidle" });
    await page.goto(`${article.address}?sort=${encodeURIComponent(words)}&page=${encodeURIComponent(words)}`);
    await page.goto(`/${encodeURIComponent(words.replaceAll("/", ""))}`, { waitUntil: "networkidle" });
    expect(await page.locator("img, main script, svg[onload]").count()).toBe(0);
    for (const feed of ["/feed.xml", "/sitemap.xml", `${article.address}/comments.xml`]) {
      const text = await (await request.get(feed)).text();
      const faults = await page.evaluate(
        (xml) => new DOMParser().parseFromString(xml, "application/xml").querySelectorAll("parsererror").length,
        text,
      );
      expect(faults, feed).toBe(0);
    }
  });

  test(`${JSON.stringify(words)} is only words as a guest's name, or refused`, async ({ page, article }) => {
    await page.goto(article.address);
    const composer = composerOf(page);
    await composer.name.fill(words);
    await composer.body.fill("Who am I?");
    await composer.post.click();
    const shown = commentsOf(page, "Who am I?").locator(".comment-author");
    await expect(shown.or(composer.form.locator(".field-error"))).toBeVisible();
    if (await shown.isVisible()) await expect(shown).toHaveText(words);
    else await expect(composer.body).toHaveValue("Who am I?");
  });
}
