// Code: coloured where we know the language, and with direction controls made visible, since code must read as it runs.
import type { MarkdownIt } from "markdown-it";
import { withMarkedBidi } from "@/lib/text/bidi";
import { codeLanguage, colouredCode } from "@/lib/text/code-colours";
import { escapeHtml } from "@/lib/text/safe-html";

/** Characters coloured in one document; beyond it code stays plain, so that the cost of colours is bounded (R58). */
const colouredPerDocument = 40_000;

const coloured = new WeakMap<object, number>();

/** Replaces the parser's ways of writing code. Blocks can be reached by keyboard, because wide ones scroll. */
export function code(md: MarkdownIt): void {
  md.renderer.rules.code_inline = (tokens, index) => `<code>${shown(tokens[index]?.content ?? "")}</code>`;
  md.renderer.rules.code_block = (tokens, index) => block(shown(tokens[index]?.content ?? ""), null, false);
  md.renderer.rules.fence = (tokens, index, _options, env) => {
    const content = tokens[index]?.content ?? "";
    const language = codeLanguage(md.utils.unescapeAll(tokens[index]?.info ?? ""));
    const document = env ?? {};
    const soFar = (coloured.get(document) ?? 0) + content.length;
    const html = language !== null && soFar <= colouredPerDocument ? colouredCode(content, language) : null;
    if (html !== null) coloured.set(document, soFar);
    return block(html === null ? shown(content) : withMarkedBidi(html), language, html !== null);
  };
}

function shown(content: string): string {
  return withMarkedBidi(escapeHtml(content));
}

function block(html: string, language: string | null, hasColours: boolean): string {
  const names = [hasColours ? "hljs" : "", language === null ? "" : `language-${language}`].filter(Boolean).join(" ");
  return `<pre tabindex="0"><code${names ? ` class="${escapeHtml(names)}"` : ""}>${html}</code></pre>\n`;
}
