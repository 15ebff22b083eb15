// Nothing that anybody posts may run, load or rearrange anything in a reader's browser (R56, R57, R59, R60). Each of the two
// nets is judged alone, by what a browser would make of the result, and a run with neither proves that the judge sees.
import createMarkdownIt from "markdown-it";
import rehypeParse from "rehype-parse";
import { unified } from "unified";
import { describe, expect, test } from "vitest";
import { markdownToHtml, renderMarkdown } from "@/lib/text/markdown";
import type { Dialect } from "@/lib/text/rendered";
import { sanitize } from "@/lib/text/sanitize";
import { attackVectors } from "../support/attack-vectors";

const ownOrigin = "https://talk.example";
const dialects: readonly Dialect[] = ["comment", "article"];

const tags: Record<Dialect, ReadonlySet<string>> = {
  comment: new Set(
    "p br strong em s code pre blockquote ul ol li a hr h2 h3 h4 table thead tbody tr th td div span".split(" "),
  ),
  article: new Set(
    "p br strong em s code pre blockquote ul ol li a hr h2 h3 h4 table thead tbody tr th td div span img figure figcaption section dl dt dd sub sup".split(
      " ",
    ),
  ),
};

// "tag attribute" → what its value must match. A star stands for any tag.
const allowedAttributes: Record<string, RegExp> = {
  "a href":
    /^(?:https?:\/\/[^/@\s]+(?:[/?#][^\s"<>]*)?|mailto:[^\s"<>?]+@[^\s"<>?]+(?:\?subject=[^\s"<>&]*)?|\/(?![/\\])[^\s"<>]*|#[^\s"<>]*)$/,
  "a rel": /^nofollow ugc noopener noreferrer$/,
  "a aria-label": /^Back to the text$/,
  "a class": /^footnote-(?:ref|backref)$/,
  "img src": /^\/u\/[A-Za-z0-9_-]{1,64}$/,
  "img alt": /^[\s\S]*$/,
  "img srcset": /^(?:\/u\/[A-Za-z0-9_-]{22}(?:-\d+)? \d+w(?:, |$))+$/,
  "img sizes": /^\(max-width: 44rem\) 100vw, 42\.5rem$/,
  "img loading": /^lazy$/,
  "img decoding": /^async$/,
  "ol start": /^-?\d{1,9}$/,
  "th align": /^(?:left|center|right)$/,
  "td align": /^(?:left|center|right)$/,
  "pre tabindex": /^0$/,
  "div class": /^table-scroll$/,
  "div role": /^group$/,
  "div tabindex": /^0$/,
  "div aria-label": /^Table$/,
  "section class": /^footnotes$/,
  "section aria-label": /^Footnotes$/,
  "figure class": /^gallery$/,
  "code class": /^(?:hljs ?)?(?:language-[a-z0-9+#.-]{1,30})?$/,
  "span class": /^(?:code-point|hljs-[a-z_-]+(?: (?:function_|class_|inherited__|language_|constant_|invoke__))*)$/,
};
const ids = new Set(["a", "h2", "h3", "h4", "li"]);

interface Node {
  type: string;
  tagName?: string;
  properties?: Record<string, unknown>;
  children?: Node[];
}

// As written, not as hast would name and split them.
const names: Record<string, string> = {
  className: "class",
  ariaLabel: "aria-label",
  tabIndex: "tabindex",
};

/** What a browser would find in this HTML that must not be there. */
function findings(html: string, dialect: Dialect): string[] {
  const found: string[] = [];
  const visit = (node: Node) => {
    if (node.type === "comment" || node.type === "doctype" || node.type === "raw") found.push(node.type);
    if (node.type === "element") judge(node, dialect, found);
    for (const child of node.children ?? []) visit(child);
  };
  visit(unified().use(rehypeParse, { fragment: true }).parse(html));
  return found;
}

function judge(node: Node, dialect: Dialect, found: string[]): void {
  const tag = node.tagName ?? "";
  if (!tags[dialect].has(tag)) found.push(`<${tag}>`);
  for (const [property, raw] of Object.entries(node.properties ?? {})) {
    const name = names[property] ?? property;
    const value = Array.isArray(raw) ? raw.join(" ") : String(raw);
    if (name === "id") {
      if (dialect === "comment" || !ids.has(tag) || !/^user-content-[^\s"'<>]+$/.test(value))
        found.push(`${tag} id=${value}`);
    } else if (!allowedAttributes[`${tag} ${name}`]?.test(value)) found.push(`${tag} ${name}=${value}`);
  }
  const href = node.properties?.href;
  if (typeof href === "string" && /^[a-z]/i.test(href) && !node.properties?.rel) found.push(`no rel on ${href}`);
}

/** Markdown as a careless project would render it: raw HTML on, every address taken. */
const careless = createMarkdownIt({ html: true, linkify: true });
careless.validateLink = () => true;
careless.normalizeLink = (address) => address;

function allFindings(toHtml: (source: string, dialect: Dialect) => string): string[] {
  return dialects.flatMap((dialect) =>
    attackVectors.flatMap(({ name, source }) => {
      const found = findings(toHtml(source, dialect), dialect);
      return found.length > 0 ? [`${name} (${dialect}): ${found.join(", ")}`] : [];
    }),
  );
}

describe("attacks", () => {
  test("there are at least 250 vectors, each with a name of its own", () => {
    expect(attackVectors.length).toBeGreaterThanOrEqual(250);
    expect(new Set(attackVectors.map((vector) => vector.name)).size).toBe(attackVectors.length);
  });

  test("with both nets nothing is found", () => {
    expect(allFindings((source, dialect) => renderMarkdown(source, { dialect, ownOrigin }).html)).toEqual([]);
  });

  test("with the parser alone nothing is found", () => {
    expect(allFindings((source, dialect) => markdownToHtml(source, { dialect, ownOrigin }).html)).toEqual([]);
  });

  test("with the sanitiser alone nothing is found, behind a careless parser", () => {
    expect(allFindings((source, dialect) => sanitize(careless.render(source), { dialect, ownOrigin }))).toEqual([]);
  });

  test("with the sanitiser alone nothing is found, when the vector is the HTML", () => {
    expect(allFindings((source, dialect) => sanitize(source, { dialect, ownOrigin }))).toEqual([]);
  });

  test("with neither net hundreds are found, so the judge sees", () => {
    expect(allFindings((source) => careless.render(source)).length).toBeGreaterThan(500);
  });

  test("what has been sanitised stays the same when sanitised again", () => {
    const changed = attackVectors.filter(({ source }) => {
      const html = renderMarkdown(source, { dialect: "article", ownOrigin }).html;
      return sanitize(html, { dialect: "article", ownOrigin }) !== html;
    });
    expect(changed).toEqual([]);
  });
});
