// Markdown to safe HTML: the one renderer for comments, articles, previews, mails and feeds (R56). Synchronous and bounded,
// but not free: on a server call it through render-pool, which ends it when it takes too long.
import type { Token } from "markdown-it";
import { headingsOf } from "@/lib/text/markdown-headings";
import { TooMuchMarkup } from "@/lib/text/markdown-limits";
import { markdownParser } from "@/lib/text/markdown-parser";
import { inlineText } from "@/lib/text/markdown-tokens";
import { normalizeText } from "@/lib/text/normalize";
import { openingOf } from "@/lib/text/opening";
import { renderPlain } from "@/lib/text/plain-html";
import type { Rendered, RenderOptions } from "@/lib/text/rendered";
import { sanitize } from "@/lib/text/sanitize";
import { countWords } from "@/lib/text/words";

export type { Heading, Rendered, RenderOptions } from "@/lib/text/rendered";
export type { SafeHtml } from "@/lib/text/safe-html";

/** Stored beside what was rendered; raise it whenever the same source would give other HTML. */
export const rendererVersion = 2;

/** A result beyond 1 MiB is an attack on the reader's browser (R58). */
const largestResult = 1_048_576;

/**
 * Renders Markdown. What is too deep, too wide or too large comes back as written, escaped, with `plain: true`; nothing
 * is thrown for any input.
 */
export function renderMarkdown(source: string, options: RenderOptions): Rendered {
  const text = normalizeText(source);
  try {
    const rendered = render(text, options);
    return Buffer.byteLength(rendered.html) > largestResult ? renderPlain(text) : rendered;
  } catch (error) {
    if (error instanceof TooMuchMarkup || error instanceof RangeError) return renderPlain(text);
    throw error;
  }
}

function render(text: string, options: RenderOptions): Rendered {
  const { html, tokens, headings } = markdownToHtml(text, options);
  const words = readable(tokens);
  return {
    html: sanitize(html, options),
    headings,
    words: countWords(words.all),
    links: countLinks(tokens),
    excerpt: openingOf(words.sentences.trim() || words.all),
  };
}

/** The first net alone; for `renderMarkdown` and for the tests that hold each net to account by itself. */
export function markdownToHtml(text: string, options: RenderOptions) {
  const parser = markdownParser(options);
  const env = { pictures: options.pictures };
  const tokens = parser.parse(text, env);
  return { html: parser.renderer.render(tokens, parser.options, env), tokens, headings: headingsOf(env) };
}

function countLinks(tokens: readonly Token[]): number {
  let count = 0;
  for (const token of tokens) {
    for (const child of token.children ?? []) if (child.type === "link_open") count++;
  }
  return count;
}

const asides = new Set(["heading_open", "th_open", "td_open", "figcaption_open", "footnote_block_open"]);

/** All words, and those in running text alone (no headings, tables, captions, code or notes), for the excerpt. */
function readable(tokens: readonly Token[]): { all: string; sentences: string } {
  const all: string[] = [];
  const sentences: string[] = [];
  let inNotes = false;
  tokens.forEach((token, index) => {
    if (token.type === "footnote_block_open") inNotes = true;
    if (token.type === "fence" || token.type === "code_block") all.push(token.content);
    if (!token.children) return;
    all.push(inlineText(token.children));
    if (inNotes || asides.has(tokens[index - 1]?.type ?? "")) return;
    sentences.push(inlineText(token.children.filter((child) => child.type !== "image")));
  });
  return { all: all.join("\n"), sentences: sentences.join("\n") };
}
