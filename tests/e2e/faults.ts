// What axe finds on a page, in light and dark, on paper-wide and phone-wide screens.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

const widths = [390, 1280];
const schemes = ["light", "dark"] as const;

/** Every fault with the element it is in, in every width and scheme. */
export async function faults(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const width of widths) {
    for (const colorScheme of schemes) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const { violations } = await new AxeBuilder({ page }).analyze();
      for (const { id, nodes } of violations) {
        found.push(`${id} (${width}, ${colorScheme}): ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
      }
    }
  }
  return found;
}
