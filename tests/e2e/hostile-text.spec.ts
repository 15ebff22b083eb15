// Texts that try to break out of their box (F23): neighbours stay as they are, and nothing scrolls sideways on a small phone.
import type { Page } from "@playwright/test";
import sharp from "sharp";
import { expect, test } from "./stories";

/** A narrow phone. */
const narrow = { width: 320, height: 640 };

const hostile: readonly (readonly [name: string, text: string])[] = [
  ["an override of direction", "before \u202eeverything is turned round\u202c after \u202e"],
  ["isolates that never end", "\u2066\u2067\u2068 left open \u2067"],
  [
    "letters under a hundred marks",
    `z${"\u0301\u0320\u0489".repeat(100)}a${"\u030d".repeat(100)}l${"\u0347".repeat(100)}go`,
  ],
  ["a word of 9,000 letters", "w".repeat(9_000)],
  ["an address of 9,000 letters", `https://example.org/${"a".repeat(8_900)}`],
  ["code of 9,000 letters", `\`${"c".repeat(9_000)}\``],
  ["a block of code of one long line", `\`\`\`\n${"c".repeat(9_000)}\n\`\`\``],
  ["10,000 line breaks", `top${"\n".repeat(9_990)}bottom`],
  ["line breaks that are shown", "a\\\n".repeat(3_000)],
  ["a wide table", `|${"a|".repeat(100)}\n|${"-|".repeat(100)}\n|${"wide cell|".repeat(100)}`],
  ["quotations in quotations", `${">".repeat(15)} deep`],
  ["lists in lists", Array.from({ length: 15 }, (_, depth) => `${"  ".repeat(depth)}- item`).join("\n")],
  ["what cannot be seen", `a${"\u200b\u2060\u200d".repeat(2_000)}b`],
  ["blanks of every kind", `a${"\u2003\u3000\u00a0".repeat(2_000)}b`],
  ["large letters without end", `${"﷽".repeat(500)}${"𒐫".repeat(300)}`],
  ["right-to-left and left-to-right mixed", "مرحبا hello مرحبا (hello) ".repeat(100)],
];

interface Look {
  x: number | undefined;
  width: number | undefined;
  height: number | undefined;
  pixels: Buffer;
}

/** Where the neighbour stands, and how it looks. */
async function look(page: Page, id: string): Promise<Look> {
  const neighbour = page.locator(`#c-${id}`);
  // On whole pixels, since a letter half a pixel lower is drawn otherwise.
  await neighbour.evaluate((element) => {
    const top = element.getBoundingClientRect().top + scrollY;
    const item = element.closest("li");
    if (item) item.style.marginTop = `${Number.parseFloat(getComputedStyle(item).marginTop) + Math.ceil(top) - top}px`;
  });
  const box = await neighbour.boundingBox();
  const pixels = await sharp(await neighbour.screenshot())
    .raw()
    .toBuffer();
  return { x: box?.x, width: box?.width, height: box?.height, pixels };
}

/** Drawn in other layers the same letter may be a shade lighter. */
const sameShade = 8;

/** Expects the same box, and the same picture to the eye. */
function expectSame(now: Look, before: Look): void {
  const { pixels, ...box } = now;
  const { pixels: other, ...otherBox } = before;
  expect(box).toEqual(otherBox);
  expect(pixels.length).toBe(other.length);
  expect(pixels.filter((value, at) => Math.abs(value - (other[at] ?? 0)) > sameShade)).toHaveLength(0);
}

async function sideways(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    scrollTo(10_000, scrollY);
    return Math.max(scrollWidth - clientWidth, scrollX);
  });
}

for (const [name, text] of hostile) {
  test(`${name}: neighbours look the same, and nothing scrolls sideways`, async ({ page, publish, post }) => {
    await page.setViewportSize(narrow);
    const looks: { above: Look; below: Look }[] = [];
    for (const between of ["harmless", text]) {
      const article = await publish({ title: "Why do bees dance?" });
      const above = await post.one(article, { body: "I stand above.", name: "Ada" });
      const middle = await post.one(article, { body: between, name: "Grace" });
      const below = await post.one(article, { body: "I stand below.", name: "Mary" });
      await page.goto(article.address);
      expect(await sideways(page)).toBe(0);
      looks.push({ above: await look(page, above.id), below: await look(page, below.id) });
      await page.goto(`/comments/${middle.id}`);
      expect(await sideways(page)).toBe(0);
      await page.goto(`${article.address}/print?discussion=1`);
      expect(await sideways(page)).toBe(0);
    }
    const [harmless, hostileOne] = looks;
    if (!harmless || !hostileOne) throw new Error("Both pages were looked at.");
    expectSame(hostileOne.above, harmless.above);
    expectSame(hostileOne.below, harmless.below);
  });
}

const everyPage = [
  "/",
  "/articles/why-is-the-night-sky-dark",
  "/articles/why-is-0-1-plus-0-2-not-0-3",
  "/articles/how-does-arabic-script-flow",
  "/articles/what-is-the-longest-word",
  "/articles/why-is-the-night-sky-dark/print?discussion=1",
  "/topics",
  "/topics/sky-and-matter",
  "/people/layla_haddad",
  "/people/kaito",
  "/nothing-here",
];

for (const path of everyPage) {
  test(`${path} fits a phone of 320 pixels`, async ({ page }) => {
    await page.setViewportSize(narrow);
    await page.goto(path);
    expect(await sideways(page)).toBe(0);
    const linesOfName = await page.locator(".wordmark span").evaluate((name) => {
      const range = document.createRange();
      range.selectNodeContents(name);
      return range.getClientRects().length;
    });
    expect(linesOfName).toBe(1);
  });
}

test("on paper no line of code and no cell of a table is cut off", async ({ page, article, post }) => {
  const cells = "a rather wide cell with `code_of_its_own`|".repeat(8);
  const code = `\`\`\`js\n${"const x = 1; ".repeat(60)}\n\`\`\``;
  await post.one(article, { body: `|${"a|".repeat(8)}\n|${"-|".repeat(8)}\n|${cells}\n\n${code}` });
  await page.emulateMedia({ media: "print" });
  // What A4 leaves between its margins.
  await page.setViewportSize({ width: 660, height: 970 });
  for (const path of [article.address, `${article.address}/print?discussion=1`]) {
    await page.goto(path);
    const right = await page.locator("main").evaluate((main) => main.getBoundingClientRect().right);
    const ends = await page.locator(".prose :is(pre code, td)").evaluateAll((parts) =>
      parts.map((part) => {
        const range = document.createRange();
        range.selectNodeContents(part);
        return range.getBoundingClientRect().right;
      }),
    );
    expect(ends).toHaveLength(9);
    expect(Math.max(...ends), path).toBeLessThanOrEqual(right);
  }
});

test("titles and names without a blank fit a phone, wherever they are shown", async ({ page, publish, post }) => {
  await page.setViewportSize(narrow);
  const article = await publish({ title: `${"Donaudampfschifffahrt".repeat(8)}${Math.random()}` });
  const chain = await post.chain(article, ["One.", "Two.", "Three.", "Four.", "Five.", "Six.", "Seven.", "Eight."]);
  await post.one(article, { body: "Long name.", name: "W".repeat(60), parentId: chain.at(-1)?.id });
  for (const path of ["/", article.address, `/comments/${chain.at(-1)?.id}`, `${article.address}/print?discussion=1`]) {
    await page.goto(path);
    expect(await sideways(page), path).toBe(0);
  }
});
