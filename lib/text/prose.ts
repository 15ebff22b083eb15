// Ordinary sentences in paragraphs, as most comments are: text in which nothing means anything to Markdown. It becomes HTML here in a
// moment, byte for byte what the renderer makes of it (tests/text/prose.test.ts); whatever else there is in a text is the renderer's.
import { normalizeText } from "@/lib/text/normalize";
import { openingOf } from "@/lib/text/opening";
import type { Rendered } from "@/lib/text/rendered";
import { asSafeHtml } from "@/lib/text/safe-html";
import { countWords } from "@/lib/text/words";

/** Letters, numbers and the marks of sentences; nothing that HTML would need another writing for. */
const line = String.raw`[\p{L}\p{N}"'“„«‘(…][\p{L}\p{M}\p{N} .,;:?!'"()%/’‘“”„«»…–—-]*`;
const paragraphs = new RegExp(String.raw`^${line}(?:\n{1,2}${line})*$`, "u");

/** The beginning of a list, an address that becomes a link, and spaces at an end, which fall away or break the line. */
const marked = /^\d+[.)]|\/\/|www\.| $/imu;

/**
 * Renders a comment that is ordinary sentences. Linear and quick for any input.
 * @returns undefined for every other text
 */
export function renderProse(source: string): Rendered | undefined {
  const text = normalizeText(source);
  if (!paragraphs.test(text) || marked.test(text)) return undefined;
  const blocks = text.split("\n\n");
  const words = blocks.map((block) => block.replaceAll("\n", " ")).join("\n");
  return {
    html: asSafeHtml(blocks.map((block) => `<p>${block.replaceAll("\n", "<br />\n")}</p>\n`).join("")),
    headings: [],
    words: countWords(words),
    links: 0,
    excerpt: openingOf(words),
  };
}
