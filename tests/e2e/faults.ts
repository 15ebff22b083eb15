// What axe finds on a page, in light and dark, on paper-wide and phone-wide screens.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

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
      // Only faults are worked out in full: what is right would take as long again.
      const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] });
      if (colorScheme === "dark") axe.withRules(aboutColours);
      const { violations } = await axe.analyze();
      for (const { id, nodes } of violations) {
        found.push(`${id} (${width}, ${colorScheme}): ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
      }
    }
  }
  return found;
}
