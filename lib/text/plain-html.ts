// What a text looks like when it cannot be rendered as Markdown in time: every character as written, and safe.
import { withoutUnsafeBidi } from "@/lib/text/bidi";
import { openingOf } from "@/lib/text/opening";
import type { Rendered } from "@/lib/text/rendered";
import { asSafeHtml, escapeHtml } from "@/lib/text/safe-html";
import { countWords } from "@/lib/text/words";

/** The source as one escaped paragraph with its line breaks, marked `plain`. Linear and quick for any input. */
export function renderPlain(source: string): Rendered {
  const text = withoutUnsafeBidi([source]).join("");
  return {
    html: asSafeHtml(`<p>${escapeHtml(text.trim()).replace(/\n/g, "<br>\n")}</p>\n`),
    headings: [],
    words: countWords(text),
    links: 0,
    excerpt: openingOf(text),
    plain: true,
  };
}
