// Sanitised HTML as a tree of blocks, each leaf with its words: what two texts are compared by.
import { Parser } from "htmlparser2";
import { weightOf, wordTokens } from "@/lib/text/difference/tokens";
import { escapeHtml, type SafeHtml } from "@/lib/text/safe-html";

export interface Tag {
  name: string;
  attributes: Readonly<Record<string, string>>;
}

/** A word, a sign, white space, or a picture or line break, with the elements around it inside its block, outermost first. */
export interface Inline {
  /** Alike for what a reader sees alike: the text, its links and its emphasis. */
  key: string;
  text: string;
  marks: readonly Tag[];
  /** A picture or a line break; then `text` is what can be read of it. */
  atom?: Tag;
}

export interface Block {
  /** Null for words that stand beside blocks without an element of their own. */
  tag: Tag | null;
  /** What a leaf holds; null for a block that holds blocks. */
  leaf: Leaf | null;
  children: readonly Block[];
  /** Alike for blocks that a reader sees alike. */
  key: string;
}

export interface Leaf {
  /** Its words; cut when they are first asked for, because most blocks did not change. */
  words(): readonly Inline[];
  /** The same with its texts in one piece. */
  pieces(): readonly Inline[];
  /** UTF-16 units of its texts. */
  length: number;
}

type Node = { text: string } | { tag: Tag; nodes: Node[] };

const inlineTags = new Set(["a", "strong", "em", "s", "code", "span", "sub", "sup", "img", "br", "ins", "del"]);
const emptyTags = new Set(["img", "br", "hr"]);

/** The blocks of a sanitised text. */
export function blocksOf(html: SafeHtml): Block[] {
  const root: Node[] = [];
  const open: Node[][] = [root];
  const parser = new Parser({
    onopentag(name, attributes) {
      const nodes: Node[] = [];
      open.at(-1)?.push({ tag: { name, attributes }, nodes });
      open.push(nodes);
    },
    ontext: (text) => open.at(-1)?.push({ text }),
    onclosetag: () => open.pop(),
  });
  parser.end(html);
  return blocksAmong(root, false);
}

function isInline(node: Node): boolean {
  return "text" in node || inlineTags.has(node.tag.name);
}

function blocksAmong(nodes: readonly Node[], preformatted: boolean): Block[] {
  const blocks: Block[] = [];
  let loose: Node[] = [];
  const endLoose = () => {
    if (loose.some((node) => !("text" in node) || node.text.trim() !== ""))
      blocks.push(leaf(null, loose, preformatted));
    loose = [];
  };
  for (const node of nodes) {
    if ("text" in node || isInline(node)) loose.push(node);
    else {
      endLoose();
      blocks.push(block(node.tag, node.nodes));
    }
  }
  endLoose();
  return blocks;
}

function block(tag: Tag, nodes: readonly Node[]): Block {
  const preformatted = tag.name === "pre";
  if (nodes.every(isInline)) return leaf(tag, nodes, preformatted);
  const children = blocksAmong(nodes, preformatted);
  return { tag, leaf: null, children, key: `${markKey(tag)}(${children.map((child) => child.key).join("")})` };
}

function leaf(tag: Tag | null, nodes: readonly Node[], preformatted: boolean): Block {
  const pieces = inlineOf(nodes, preformatted, (text) => [text]);
  let words: Inline[] | undefined;
  return {
    tag,
    leaf: {
      words: () => {
        words ??= inlineOf(nodes, preformatted, wordTokens);
        return words;
      },
      pieces: () => pieces,
      length: pieces.reduce((sum, { text }) => sum + text.length, 0),
    },
    children: [],
    key: `${tag ? markKey(tag) : ""}(${pieces.map((one) => one.key).join("")})`,
  };
}

function inlineOf(nodes: readonly Node[], preformatted: boolean, cut: (text: string) => string[]): Inline[] {
  const found: Inline[] = [];
  const walk = (node: Node, marks: readonly Tag[], look: string) => {
    if ("text" in node) {
      for (const text of cut(node.text)) {
        // Where a line breaks in the source, and whether a space is bold, nobody sees.
        const key = text.trim() === "" ? (preformatted ? text : " ") : look + seen(text, preformatted);
        found.push({ key, text, marks });
      }
    } else if (emptyTags.has(node.tag.name)) {
      const text = node.tag.attributes.alt ?? "";
      found.push({ key: look + markKey(node.tag), text, marks, atom: node.tag });
    } else for (const inner of node.nodes) walk(inner, [...marks, node.tag], look + markKey(node.tag));
  };
  for (const node of nodes) walk(node, [], "");
  return preformatted ? found : trimmed(found);
}

function seen(text: string, preformatted: boolean): string {
  return escapeHtml(preformatted ? text : text.replace(/\s+/g, " "));
}

function trimmed(inline: Inline[]): Inline[] {
  const isBlank = (one: Inline | undefined) => one !== undefined && !one.atom && one.text.trim() === "";
  let [start, end] = [0, inline.length];
  while (start < end && isBlank(inline[start])) start++;
  while (end > start && isBlank(inline[end - 1])) end--;
  return inline.slice(start, end);
}

/** What of an element's attributes a reader would call a change. Colours of code follow from the code. */
const telling: Record<string, readonly string[]> = {
  a: ["href"],
  img: ["src", "alt"],
  ol: ["start"],
  th: ["align"],
};

/** Alike for elements that a reader sees alike; nothing for the colours of code. */
export function markKey({ name, attributes }: Tag): string {
  if (name === "span") return "";
  const attributesOf = telling[name];
  if (!attributesOf) return safeName.test(name) ? `<${name}>` : "";
  const told = attributesOf.map((each) => [each, tellingValue(attributes[each])]);
  return openTag({ name, attributes: Object.fromEntries(told) });
}

/** A link inside the text counts for its words: the numbers of notes move when one is added. */
function tellingValue(value = ""): string {
  return value.startsWith("#") ? "#" : value;
}

const safeAttributes = new Set([
  ...["href", "rel", "id", "class", "start", "align", "role", "tabindex", "aria-label", "src", "alt", "loading"],
  ...["decoding", "width", "height", "srcset", "sizes"],
]);
const safeName = /^[a-z][a-z0-9]*$/;

/** The element's first tag as HTML. */
export function openTag({ name, attributes }: Tag): string {
  if (!safeName.test(name)) return "";
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    safeAttributes.has(key) ? [` ${key}="${escapeHtml(value)}"`] : [],
  );
  return `<${name}${written.join("")}>`;
}

/** The element's last tag; nothing for those that have none. */
export function closeTag({ name }: Tag): string {
  return emptyTags.has(name) || !safeName.test(name) ? "" : `</${name}>`;
}

/** How much there is to read in a piece: a picture counts like a word of some length. */
export function inlineWeight(one: Inline): number {
  return one.atom?.name === "img" ? pictureWeight : weightOf(one.text);
}

/** Of a picture, in letters: one that stays is never swallowed by the change of the words beside it. */
const pictureWeight = 40;
