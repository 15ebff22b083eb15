// The walk through the parsed HTML: every element is either set apart (a block), or part of the running text.
import type { Element } from "hast";
import type { PhrasingContent, RootContent } from "mdast";
import { attribute, type Content, collapse, find, hasClass, isElement, textOf } from "@/lib/text/from-html/elements";
import { hostOf } from "@/lib/text/from-html/embeds";
import { Flow, withMark } from "@/lib/text/from-html/flow";
import { address, inlineHandlers } from "@/lib/text/from-html/inline";
import { definitions, isFlowContent, list, nestingKept } from "@/lib/text/from-html/lists";
import type { Page, Place } from "@/lib/text/from-html/page";
import { figure, isPicture, picture } from "@/lib/text/from-html/pictures";
import { preformatted } from "@/lib/text/from-html/preformatted";
import { oneLine, table } from "@/lib/text/from-html/tables";

/** Set apart from their neighbours, nothing else. */
const plainBlocks = new Set(
  "address article aside body center dd details dialog dir div dt fieldset figcaption footer form header hgroup html li main menu nav p section tbody td tfoot th thead tr".split(
    " ",
  ),
);

/** What has no place in a text: left out, and said so. */
const leftOut = new Map([
  ["script", "a script"],
  ["style", "a style sheet"],
  ["input", "a form"],
  ["select", "a form"],
  ["button", "a form"],
  ["svg", "a drawing (SVG)"],
  ["canvas", "a drawing made by a script"],
  ["applet", "an applet"],
]);

const unseen = new Set([
  "area",
  "base",
  "datalist",
  "head",
  "link",
  "meta",
  "noembed",
  "noframes",
  "param",
  "source",
  "template",
  "title",
  "track",
  "wbr",
]);

/** Adds to `flow` what the nodes say. */
export function walk(page: Page, flow: Flow, nodes: readonly Content[], place: Place): void {
  for (const node of nodes) {
    if (node.type === "text") text(page, flow, node.value, place);
    else if (node.type === "comment") comment(page, flow, node.value, place);
    else if (node.type === "element") element(page, flow, node, place);
  }
}

function text(page: Page, flow: Flow, value: string, place: Place): void {
  let done = 0;
  // Our renderer makes links of web addresses anyway; written as such, they keep their exact extent.
  for (const match of value.matchAll(/\bhttps?:\/\/[^\s<>"[\]()]+[^\s<>"[\]().,:;!?']/g)) {
    const url = place.marks.some((mark) => mark.type === "link") ? null : address(page, match[0]);
    if (url === null) continue;
    flow.text(value.slice(done, match.index), place.marks);
    flow.words(match[0], withMark(place.marks, { type: "link", url, title: null }));
    done = match.index + match[0].length;
  }
  flow.text(value.slice(done), place.marks);
}

/** WordPress keeps page breaks, and blocks that it fills in itself, in comments. */
function comment(page: Page, flow: Flow, value: string, place: Place): void {
  const words = value.trim();
  if (words === "nextpage") flow.block({ type: "thematicBreak" });
  const block = /^wp:([a-z0-9/-]+)\s([\s\S]*)\/$/.exec(words);
  if (!block) return;
  const [, name = "", settings = ""] = block;
  const reference = name === "block" ? /"ref":\s*(\d+)/.exec(settings)?.[1] : undefined;
  const html = reference === undefined ? null : (page.options.reusableBlock?.(reference) ?? null);
  if (html !== null && place.nesting < nestingKept) {
    flow.flush();
    page.walk(flow, page.parse(html), { ...place, nesting: place.nesting + 1 });
    flow.flush();
  } else if (name !== "footnotes" && name !== "spacer" && name !== "separator") {
    page.options.onLeftOut?.(`what WordPress fills in itself (${name})`);
  }
}

function element(page: Page, flow: Flow, node: Element, place: Place): void {
  // A box to tick is told by its list.
  const box = node.tagName === "input" && place.parent?.tagName === "li" && attribute(node, "type") === "checkbox";
  const said = box ? "" : leftOut.get(node.tagName);
  if (said !== undefined) page.options.onLeftOut?.(said);
  else if (!unseen.has(node.tagName)) handlerOf(node, place)(page, flow, node, place);
}

function handlerOf(node: Element, place: Place): Handler {
  if (isPicture(node)) return picture;
  if (node.tagName === "cite" && place.parent?.tagName === "blockquote") return transparent;
  return (
    inlineHandlers.get(node.tagName) ??
    blockHandlers.get(node.tagName) ??
    (plainBlocks.has(node.tagName) ? division : transparent)
  );
}

/** An element that says nothing about its content. */
const transparent: Handler = (page, flow, node, place) => walk(page, flow, node.children, { ...place, parent: node });

const lineBreak: Handler = (_page, flow, _node, place) => flow.leaf({ node: { type: "break" }, marks: place.marks });

/** Set apart from its neighbours, and perhaps more by its class. */
const division: Handler = (page, flow, node, place) => {
  flow.flush();
  if (hasClass(node, "wp-caption", "gallery") && find(node, isPicture)) figure(page, flow, node, place);
  else {
    coverImage(page, flow, node, place);
    transparent(page, flow, node, place);
  }
  flow.flush();
};

/** The heading of a fold or of a group of fields. */
const boldLine: Handler = (page, flow, node, place) => {
  flow.flush();
  walk(page, flow, node.children, { ...place, parent: node, marks: withMark(place.marks, { type: "strong" }) });
  flow.flush();
};

/** The cover block has its picture in a style. */
function coverImage(page: Page, flow: Flow, node: Element, place: Place): void {
  const url =
    hasClass(node, "wp-block-cover", "wp-block-cover-image") &&
    /background-image:\s*url\((["']?)([^)"']+)\1\)/.exec(attribute(node, "style"))?.[2];
  if (!url) return;
  picture(page, flow, { type: "element", tagName: "img", properties: { src: url, alt: "" }, children: [] }, place);
  flow.flush();
}

type Handler = (page: Page, flow: Flow, node: Element, place: Place) => void;

const heading: Handler = (page, flow, node, place) => {
  flow.flush();
  const depth = page.headingLevels.get(Number(node.tagName[1])) ?? 2;
  let words: RootContent[] = [];
  const endHeading = () => {
    const children = oneLine(words, " ");
    if (children.length > 0) flow.block({ type: "heading", depth, children });
    words = [];
  };
  for (const block of page.blocksOf(node.children, { ...place, parent: node })) {
    if (block.type === "paragraph" && !onlyPictures(block.children)) words.push(block);
    else {
      endHeading();
      flow.block(block);
    }
  }
  endHeading();
};

const onlyPictures = (children: readonly PhrasingContent[]): boolean =>
  children.every((child) => child.type === "image" || (child.type === "text" && child.value.trim() === ""));

const quote: Handler = (page, flow, node, place) => {
  flow.flush();
  const inside = new Flow(page.classic);
  const cites = node.children.filter(isCite);
  const words = node.children.filter((child) => !isCite(child));
  walk(page, inside, words, { ...place, nesting: place.nesting + 1, parent: node });
  inside.flush();
  for (const cite of cites) {
    if (collapse(textOf(cite)) === "" || !("children" in cite)) continue;
    if (!/^\s*[—–-]/.test(textOf(cite))) inside.words("— ", []);
    walk(page, inside, cite.children, { ...place, parent: null });
    inside.flush();
  }
  const source = attribute(node, "cite");
  const url = cites.length === 0 && /^https?:/i.test(source) ? address(page, source) : null;
  if (url !== null) {
    inside.words("— ", []);
    inside.words(hostOf(url) || url, [{ type: "link", url, title: null }]);
  }
  const children = inside.end().filter(isFlowContent);
  if (children.length === 0) return;
  if (place.nesting >= nestingKept) for (const child of children) flow.block(child);
  else flow.block({ type: "blockquote", children });
};

const isCite = (node: Content): boolean => isElement(node, "cite", "footer");

const rule: Handler = (_page, flow) => flow.block({ type: "thematicBreak" });

const textArea: Handler = (_page, flow, node) => {
  const value = textOf(node).trim();
  if (value !== "") flow.block({ type: "code", value });
};

/** A picture that a script would have loaded is repeated in <noscript>. */
const withoutScript: Handler = (page, flow, node, place) => {
  const siblings = place.parent?.children ?? [];
  const before = siblings.slice(0, siblings.indexOf(node)).findLast((child) => child.type === "element");
  if (before && isPicture(before) && find(node, isPicture)) return;
  page.walk(flow, node.children, { ...place, parent: node });
};

const blockHandlers: ReadonlyMap<string, Handler> = new Map([
  ...["h1", "h2", "h3", "h4", "h5", "h6"].map((name): [string, Handler] => [name, heading]),
  ["blockquote", quote],
  ["br", lineBreak],
  ["legend", boldLine],
  ["summary", boldLine],
  ["ul", list],
  ["ol", list],
  ["dl", definitions],
  ["pre", preformatted],
  ["listing", preformatted],
  ["xmp", preformatted],
  ["textarea", textArea],
  ["table", table],
  ["figure", figure],
  ["hr", rule],
  ["noscript", withoutScript],
]);
