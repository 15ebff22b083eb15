// Colours for code, as class names only: the style sheet knows what they look like, so the page needs no inline style.
import { common, createLowlight } from "lowlight";
import { escapeHtml } from "@/lib/text/safe-html";

/** Longer blocks are shown plain: grammars are regular expressions, and their cost on hostile text grows faster than it. */
const longestBlock = 10_000;
/** Spans inside spans beyond this are flattened; real grammars need about six. */
const deepest = 8;

// The 37 languages that lowlight calls common, with their usual short names.
const lowlight = createLowlight(common);

type Nodes = ReturnType<typeof lowlight.highlight>["children"];

/** The language's name as we write it in `class`, from the first word after the fence; null when it is no plain word. */
export function codeLanguage(info: string): string | null {
  const word = info.trim().split(/\s/, 1)[0]?.toLowerCase() ?? "";
  return /^[a-z0-9][a-z0-9+#.-]{0,29}$/.test(word) ? word : null;
}

/** Escaped code with `<span class="hljs-…">` around its parts; null when the language is unknown or the code too long. */
export function colouredCode(code: string, language: string): string | null {
  if (code.length > longestBlock || !lowlight.registered(language)) return null;
  return written(lowlight.highlight(language, code).children, 0);
}

function written(nodes: Nodes, depth: number): string {
  let html = "";
  for (const node of nodes) {
    if (node.type === "text") html += escapeHtml(node.value);
    else if (node.type === "element") {
      const inner = written(node.children, depth + 1);
      const names = node.properties.className;
      html +=
        depth < deepest && Array.isArray(names)
          ? `<span class="${escapeHtml(names.join(" "))}">${inner}</span>`
          : inner;
    }
  }
  return html;
}
