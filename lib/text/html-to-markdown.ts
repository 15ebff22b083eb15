// Turns the HTML of WordPress's two editors, and HTML at large, into our Markdown: CommonMark with tables, strikethrough,
// footnotes and definition lists, and no HTML at all. Structure and every visible word come along; nothing is ever run.
import type { FootnoteDefinition, Root, RootContent } from "mdast";
import rehypeParse from "rehype-parse";
import remarkGfm from "remark-gfm";
import remarkStringify from "remark-stringify";
import { unified } from "unified";
import { attribute, type Content, collapse, findAll, isElement, textOf } from "@/lib/text/from-html/elements";
import { Flow } from "@/lib/text/from-html/flow";
import { ourMarkdown } from "@/lib/text/from-html/markdown-nodes";
import type { HtmlToMarkdownOptions, Page, Place } from "@/lib/text/from-html/page";
import { expandShortcodes } from "@/lib/text/from-html/shortcodes";
import { walk } from "@/lib/text/from-html/walk";
import { headingSlug } from "@/lib/text/markdown-headings";

export type { Attachment, HtmlToMarkdownOptions, ResolvedImage } from "@/lib/text/from-html/page";

const parser = unified().use(rehypeParse, { fragment: true });
const writer = unified()
  .use(remarkGfm, { tablePipeAlign: false })
  .use(remarkStringify, { bullet: "-", emphasis: "*", rule: "-", fences: true, listItemIndent: "one", ...ourMarkdown });

/** The beginning of a walk: nothing around it but the page itself. */
function startOf(children: Content[]): Place {
  return {
    marks: [],
    nesting: 0,
    listed: false,
    parent: { type: "element", tagName: "body", properties: {}, children },
  };
}

/**
 * @param html as WordPress stores it: the classic editor's, where blank lines make paragraphs, or the block editor's
 * @returns Markdown without a closing line end; empty when nothing can be seen. HTML that is nested beyond all measure comes
 *   out as its plain text.
 */
export function htmlToMarkdown(html: string, options: HtmlToMarkdownOptions): string {
  const source = html.replace(/\r\n?/g, "\n").replace(/\0/g, "");
  try {
    return convert(source, options);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    options.onLeftOut?.("formatting that was nested too deep");
    return write([{ type: "root", children: plainParagraphs(source) }]);
  }
}

/** The visible text of a piece of HTML in one line: a title, a name, a summary. */
export function htmlToText(html: string): string {
  try {
    const tree = parser.parse(html.replace(/\0/g, ""));
    return textOf(tree).replace(/\s+/g, " ").trim();
  } catch {
    return withoutTags(html).replace(/\s+/g, " ").trim();
  }
}

/** What a title or a name says: entities are read and formatting goes; any other tag is text that somebody meant to show. */
export function htmlToName(html: string): string {
  const plain = html.replace(
    /<\/?(?:a|abbr|b|big|br|cite|code|del|em|font|i|ins|mark|q|s|small|span|strike|strong|sub|sup|u)(?:\s[^<>]{0,2000})?\/?>/gi,
    "",
  );
  return htmlToText(plain.replace(/</g, "&lt;"));
}

function convert(html: string, options: HtmlToMarkdownOptions): string {
  const seen = new Set<string>();
  const onLeftOut = (what: string) => {
    if (what !== "" && !seen.has(what)) options.onLeftOut?.(what);
    seen.add(what);
  };
  const nodes = parse(html, onLeftOut);
  const page: Page = {
    options: { ...options, onLeftOut },
    classic: !/<!--\s+wp:/.test(html),
    ...headingsOf(nodes),
    expanded: new Set(),
    notes: [],
    walk: (flow, content, place) => walk(page, flow, content, place),
    blocksOf: (content, place) => {
      const flow = new Flow(page.classic);
      walk(page, flow, content, place);
      return flow.end();
    },
    parse: (more) => parse(more, onLeftOut),
  };
  const body = page.blocksOf(nodes, startOf(nodes));
  const blocks = withoutOuterRules(body);
  for (let index = 0; index < page.notes.length; index += 1) blocks.push(noteOf(page, index));
  return write([{ type: "root", children: blocks }]);
}

function parse(html: string, onLeftOut: (what: string) => void): Content[] {
  const expanded = expandShortcodes(html, (name) => onLeftOut(`a code of a plugin ([${name}])`));
  return parser.parse(expanded).children.filter((node) => node.type !== "doctype");
}

function noteOf(page: Page, index: number): FootnoteDefinition {
  const identifier = String(index + 1);
  const html = page.options.footnotes?.get(page.notes[index] ?? "") ?? "";
  const nodes = page.parse(html);
  const children = page.blocksOf(nodes, startOf(nodes)).filter((block) => block.type === "paragraph");
  return { type: "footnoteDefinition", identifier, label: identifier, children };
}

/**
 * The title of an article is its only first-level heading, and no level is skipped: what is used becomes 2, 3, 4 … Links
 * inside the page find a heading by the id that the renderer will make of its words.
 */
function headingsOf(nodes: readonly Content[]): Pick<Page, "headingLevels" | "anchors"> {
  const used = new Set<number>();
  const anchors = new Map<string, string>();
  const times = new Map<string, number>();
  const visit = (content: readonly Content[]) => {
    for (const node of content) {
      if (node.type !== "element") continue;
      if (!isElement(node, "h1", "h2", "h3", "h4", "h5", "h6")) {
        visit(node.children);
        continue;
      }
      used.add(Number(node.tagName[1]));
      const slug = headingSlug(collapse(textOf(node)));
      const count = (times.get(slug) ?? 0) + 1;
      times.set(slug, count);
      for (const named of [
        node,
        ...findAll(node, (child) => attribute(child, "id") !== "" || attribute(child, "name") !== ""),
      ]) {
        for (const id of [attribute(named, "id"), attribute(named, "name")]) {
          if (id !== "") anchors.set(id, count === 1 ? slug : `${slug}-${count}`);
        }
      }
    }
  };
  visit(nodes);
  const depths = [2, 3, 4, 5, 6] as const;
  return { headingLevels: new Map([...used].sort().map((level, index) => [level, depths[index] ?? 6])), anchors };
}

/** A rule with nothing above or below it divides nothing. */
function withoutOuterRules(blocks: readonly RootContent[]): RootContent[] {
  const rest = [...blocks];
  while (rest[0]?.type === "thematicBreak") rest.shift();
  while (rest.at(-1)?.type === "thematicBreak") rest.pop();
  return rest;
}

function write([root]: [Root]): string {
  return writer.stringify(root).trimEnd();
}

function plainParagraphs(html: string): RootContent[] {
  return withoutTags(html)
    .split(/\n\s*\n/)
    .map((text) => text.replace(/\s+/g, " ").trim())
    .filter((text) => text !== "")
    .map((value) => ({ type: "paragraph", children: [{ type: "text", value }] }));
}

/** Everything outside angle brackets; linear, whatever the text. */
function withoutTags(html: string): string {
  const parts: string[] = [];
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf("<", at);
    const close = open < 0 ? -1 : html.indexOf(">", open);
    if (close < 0) {
      parts.push(html.slice(at));
      break;
    }
    parts.push(html.slice(at, open));
    at = close + 1;
  }
  return parts.join("");
}
