// Colours for code, as class names only: the style sheet knows what they look like, so the page needs no inline style.
import { common, createLowlight, type LanguageFn } from "lowlight";
import { escapeHtml } from "@/lib/text/safe-html";

/** Longer blocks are shown plain: grammars are regular expressions, and their cost on hostile text grows faster than it. */
const longestBlock = 10_000;
/** A longer line is generated or hostile; most costly patterns run to the end of a line and no further. */
const longestLine = 500;
/** Spans inside spans beyond this are flattened; real grammars need about six. */
const deepest = 8;

// The 37 languages that lowlight calls common, with their usual short names.
const lowlight = createLowlight(
  Object.fromEntries(
    Object.entries(common).map(([name, grammar]) => [name, (hljs: HLJSApi) => withoutGuessing(grammar(hljs))]),
  ),
);

/**
 * The same grammar, but each embedded language is the first of its candidates. Trying them all, one inside another, makes
 * a few kilobytes of `<script><script>…` cost ten seconds.
 */
function withoutGuessing<M extends Mode>(grammar: M, seen = new Set<Mode>()): M {
  if (seen.has(grammar)) return grammar;
  seen.add(grammar);
  if (Array.isArray(grammar.subLanguage)) grammar.subLanguage = grammar.subLanguage.slice(0, 1);
  for (const inner of [...(grammar.contains ?? []), ...(grammar.variants ?? []), grammar.starts]) {
    if (typeof inner === "object") withoutGuessing(inner, seen);
  }
  return grammar;
}

type HLJSApi = Parameters<LanguageFn>[0];
type Mode = NonNullable<ReturnType<LanguageFn>["starts"]>;
type Nodes = ReturnType<typeof lowlight.highlight>["children"];

/** The language's name as we write it in `class`, from the first word after the fence; null when it is no plain word. */
export function codeLanguage(info: string): string | null {
  const word = info.trim().split(/\s/, 1)[0]?.toLowerCase() ?? "";
  return /^[a-z0-9][a-z0-9+#.-]{0,29}$/.test(word) ? word : null;
}

/** Escaped code with `<span class="hljs-…">` around its parts; null when the language is unknown or the code too long. */
export function colouredCode(code: string, language: string): string | null {
  if (code.length > longestBlock || !lowlight.registered(language)) return null;
  if (code.split("\n").some((line) => line.length > longestLine)) return null;
  return written(lowlight.highlight(language, code).children, 0);
}

function written(nodes: Nodes, depth: number): string {
  let html = "";
  for (const node of nodes) {
    if (node.type === "text") html += escapeHtml(node.value);
    else if (node.type === "element") {
      const inner = written(node.children, depth + 1);
      const names = colourNames(node.properties.className);
      html += depth < deepest && names !== "" ? `<span class="${escapeHtml(names)}">${inner}</span>` : inner;
    }
  }
  return html;
}

/** Without the names of embedded languages, which have no colour. */
function colourNames(names: unknown): string {
  if (!Array.isArray(names) || !String(names[0]).startsWith("hljs-")) return "";
  return names.join(" ");
}
