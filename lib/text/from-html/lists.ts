// Lists of points, and of terms with what they mean.
import type { Element } from "hast";
import type { BlockContent, DefinitionContent, ListItem, PhrasingContent, RootContent } from "mdast";
import { attribute, type Content, hasClass, isElement } from "@/lib/text/from-html/elements";
import type { Flow } from "@/lib/text/from-html/flow";
import type { DefinitionDescription, DefinitionTerm } from "@/lib/text/from-html/markdown-nodes";
import type { Page, Place } from "@/lib/text/from-html/page";
import { figure } from "@/lib/text/from-html/pictures";
import { oneLine } from "@/lib/text/from-html/tables";

type Handler = (page: Page, flow: Flow, node: Element, place: Place) => void;

/** Quotes and lists inside each other; deeper ones continue flat, as the renderer would show them as plain text (R58). */
export const nestingKept = 10;

/** Whether a block can stand in a quote or a list. */
export function isFlowContent(block: RootContent): block is BlockContent | DefinitionContent {
  return block.type !== "listItem" && block.type !== "tableRow" && block.type !== "tableCell" && block.type !== "yaml";
}

export const list: Handler = (page, flow, node, place) => {
  flow.flush();
  const inside = { ...place, nesting: place.nesting + 1, listed: true, parent: node };
  const items: ListItem[] = [];
  for (const child of node.children) {
    const own = isElement(child, "li");
    const children = page.blocksOf(own ? child.children : [child], inside).filter(isFlowContent);
    if (children.length === 0) continue;
    const last = items.at(-1);
    // A list that stands between the items belongs to the one before it.
    if (!own && last) last.children.push(...children);
    else items.push({ type: "listItem", checked: own ? checkedOf(child) : null, spread: false, children });
  }
  if (items.length === 0) return;
  if (place.nesting >= nestingKept) {
    for (const item of items) for (const child of item.children) flow.block(child);
    return;
  }
  const spread = items.some((item) => item.children.filter((child) => child.type !== "list").length > 1);
  for (const item of items) item.spread = spread;
  const ordered = node.tagName === "ol";
  const start = Number(attribute(node, "start") || 1);
  flow.block({
    type: "list",
    ordered,
    start: ordered && Number.isInteger(start) && start >= 0 && start < 1e9 ? start : null,
    spread,
    children: items,
  });
};

function checkedOf(item: Element): boolean | null {
  const box = item.children.find((child) => isElement(child, "input"));
  return box?.type === "element" && attribute(box, "type") === "checkbox" ? box.properties.checked === true : null;
}

export const definitions: Handler = (page, flow, node, place) => {
  flow.flush();
  // Galleries and captions were once written as definition lists.
  if (hasClass(node, "wp-caption", "gallery-item")) {
    figure(page, flow, node, place);
    return;
  }
  const children: (DefinitionTerm | DefinitionDescription)[] = [];
  const bold = (words: PhrasingContent[]) =>
    flow.block({ type: "paragraph", children: [{ type: "strong", children: words }] });
  const inside = { ...place, nesting: place.nesting + 1, listed: true, parent: node };
  const term = (words: PhrasingContent[]) => {
    const last = children.at(-1);
    if (words.length === 0) return;
    if (place.listed || page.options.dialect === "comment") bold(words);
    // Several terms with one definition share its line.
    else if (last?.type === "definitionTerm") last.children.push({ type: "text", value: ", " }, ...words);
    else children.push({ type: "definitionTerm", children: words });
  };
  const visit = (nodes: readonly Content[]) => {
    for (const child of nodes) {
      if (isElement(child, "div")) visit(child.children);
      else if (isElement(child, "dt")) term(oneLine(page.blocksOf(child.children, inside), " "));
      else {
        const blocks = page.blocksOf(isElement(child, "dd") ? child.children : [child], inside).filter(isFlowContent);
        if (blocks.length > 0 && children.length > 0)
          children.push({ type: "definitionDescription", children: blocks });
        else for (const block of blocks) flow.block(block);
      }
    }
  };
  visit(node.children);
  const last = children.at(-1);
  if (last?.type === "definitionTerm") children.pop();
  if (children.length > 0) flow.block({ type: "definitionList", children });
  // A term that nothing defines.
  if (last?.type === "definitionTerm") bold(last.children);
};
