// What axe finds on a page, in light and dark, on paper-wide and phone-wide screens.
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
    for (const colorScheme of schemes) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const violations = await askAxe(page, colorScheme === "dark" ? { only: aboutColours } : {});
      for (const { id, nodes } of violations) {
        found.push(`${id} (${width}, ${colorScheme}): ${nodes.map(({ target }) => target).join(", ")}`);
      }
    }
  }
  return found;
}
