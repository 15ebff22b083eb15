// What axe finds on a page as it stands. It is brought into a page once; @axe-core/playwright brings it, and a second page to sum up in,
// anew for each look, which cost more than looking.
import type { Page } from "@playwright/test";
import axe from "axe-core";

/** Which of axe's rules to ask: all of them, only these, or all but these. */
interface Rules {
  only?: readonly string[];
  except?: readonly string[];
}

interface Fault {
  /** Of the rule. */
  id: string;
  /** The elements it is broken by: where each is, and how it begins. */
  nodes: { target: string; html: string }[];
}

/** Every rule that is broken. Pages with frames are beyond it. */
export async function askAxe(page: Page, { only, except = [] }: Rules = {}): Promise<Fault[]> {
  if (page.frames().length > 1)
    throw new Error("The page has frames, which axe would have to be brought into as well.");
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const options: axe.RunOptions = {
    // Only faults are worked out in full: what is right would take as long again.
    resultTypes: ["violations"],
    ...(only && { runOnly: { type: "rule", values: [...only] } }),
    rules: Object.fromEntries(except.map((rule) => [rule, { enabled: false }])),
  };
  return page.evaluate(async (wanted) => {
    const { violations }: axe.AxeResults = await Reflect.get(window, "axe").run(document, wanted);
    return violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.map(({ target, html }) => ({ target: target.join(" "), html })),
    }));
  }, options);
}
