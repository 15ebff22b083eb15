// Asking a parsed HTML element for what it says.
import type { Element, ElementContent, Nodes } from "hast";

export type Content = ElementContent;

/** The value of an attribute by its hast name (`href`, `dataSrc`, …); empty when it has none. */
export function attribute(element: Element, name: string): string {
  const value = element.properties[name];
  if (Array.isArray(value)) return value.join(" ");
  return typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
}

export function hasClass(element: Element, ...names: string[]): boolean {
  const classes = element.properties.className;
  return Array.isArray(classes) && names.some((name) => classes.includes(name));
}

/** Whether a node is an element of one of these names. */
export function isElement<Name extends string>(node: Nodes, ...names: Name[]): node is Element & { tagName: Name } {
  return node.type === "element" && names.some((name) => name === node.tagName);
}

/** The first element below `root` for which `wanted` holds, in document order. */
export function find(root: Element, wanted: (element: Element) => boolean): Element | undefined {
  for (const child of root.children) {
    if (child.type !== "element") continue;
    if (wanted(child)) return child;
    const below = find(child, wanted);
    if (below) return below;
  }
  return undefined;
}

/** All elements below `root` for which `wanted` holds, not looking inside one that was found. */
export function findAll(root: Element, wanted: (element: Element) => boolean): Element[] {
  const found: Element[] = [];
  for (const child of root.children) {
    if (child.type !== "element") continue;
    if (wanted(child)) found.push(child);
    else found.push(...findAll(child, wanted));
  }
  return found;
}

const unseen = new Set(["script", "style", "template", "title", "noscript"]);

/** The text of a node as it is written, line breaks kept, code and styles left out. */
export function textOf(node: Nodes): string {
  if (node.type === "text") return node.value;
  if (isElement(node, "br")) return "\n";
  if (!("children" in node) || (node.type === "element" && unseen.has(node.tagName))) return "";
  return node.children.map(textOf).join("");
}

/** Runs of white space as one blank, none at the ends. */
export function collapse(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
