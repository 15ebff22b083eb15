// Text whose blanks and lines count: code, and poems.
import type { Element } from "hast";
import { hasClass, textOf } from "@/lib/text/from-html/elements";
import { Flow } from "@/lib/text/from-html/flow";
import { languageOf } from "@/lib/text/from-html/inline";
import type { Page, Place } from "@/lib/text/from-html/page";

type Handler = (page: Page, flow: Flow, node: Element, place: Place) => void;

export const preformatted: Handler = (page, flow, node, place) => {
  flow.flush();
  if (hasClass(node, "wp-block-verse")) {
    verse(page, flow, node, place);
    return;
  }
  const value = textOf(node).replace(/^(?:[ \t]*\n)+|\s+$/g, "");
  if (value !== "") flow.block({ type: "code", lang: languageOf(node), value });
};

/** A poem: every line break stands, and so does what a line is set in. */
const verse: Handler = (page, flow, node, place) => {
  const kept = structuredClone(node);
  keepLines(kept);
  const inside = new Flow(true);
  page.walk(inside, kept.children, { ...place, parent: node });
  for (const block of inside.end()) flow.block(block);
};

function keepLines(node: Element): void {
  for (const child of node.children) {
    if (child.type === "element") keepLines(child);
    else if (child.type === "text")
      child.value = child.value.replace(
        /(^|\n)( +)/g,
        (_, end: string, blanks: string) => end + "\u2007".repeat(blanks.length),
      );
  }
}
