// What axe finds on a page, in light and dark, on paper-wide and phone-wide screens; and whether the page is wider than they are.
import type { Page } from "@playwright/test";
import { askAxe } from "@/tests/support/axe";

const widths = [390, 1280];
const schemes = ["light", "dark"] as const;

/** What can differ in the dark: nothing else is changed there. */
const aboutColours = ["color-contrast", "link-in-text-block"];

/** Every fault with the element it is in, in every width and scheme. */
export async function faults(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (wider > 0) found.push(`the page is ${wider} pixels wider than the window (${width})`);
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const violations = await askAxe(page, colorScheme === "dark" ? { only: aboutColours } : {});
      for (const { id, nodes } of violations) {
        found.push(`${id} (${width}, ${colorScheme}): ${nodes.map(({ target }) => target).join(", ")}`);
      }
    }
  }
  return found;
}
