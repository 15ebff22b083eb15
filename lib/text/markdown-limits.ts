// What may be rendered at all (R58). Counted on blocks, before the costly inline work; beyond it a text is shown as written.
import type { MarkdownIt, Token } from "markdown-it";
import type { Dialect } from "@/lib/text/rendered";

/** The text is too deep or too wide to render; the caller shows it plain. */
export class TooMuchMarkup extends Error {}

/** Quotes and list items inside one another; deeper is unreadable at any width (R58). */
const containers = 16;
/** Where markdown-it stops looking, and drops what is left: two levels a container and some over, so ours strikes first. */
export const parserNesting = 2 * containers + 8;
/** Cells of all tables together. A comment is no spreadsheet (R58); an article may hold a long reference table. */
const cells: Record<Dialect, number> = { comment: 2_000, article: 10_000 };
/** Emphasis inside emphasis; beyond it the marks are dropped and the words stay. */
const emphasis = 6;

const opensContainer = new Set(["blockquote_open", "list_item_open", "dd_open", "footnote_reference_open"]);
const closesContainer = new Set(["blockquote_close", "list_item_close", "dd_close", "footnote_reference_close"]);
const opensEmphasis = new Set(["em_open", "strong_open", "s_open"]);
const closesEmphasis = new Set(["em_close", "strong_close", "s_close"]);

/** Makes the parser throw `TooMuchMarkup` on too deep or too wide texts, and flattens emphasis that is nested absurdly. */
export function limitMarkup(md: MarkdownIt, dialect: Dialect): void {
  md.core.ruler.after("block", "limit_blocks", (state) => checkBlocks(state.tokens, cells[dialect]));
  md.core.ruler.push("limit_emphasis", (state) => {
    for (const token of state.tokens) if (token.children) flattenEmphasis(token.children);
  });
}

function checkBlocks(tokens: readonly Token[], cellLimit: number): void {
  let depth = 0;
  let cellCount = 0;
  for (const { type } of tokens) {
    if (opensContainer.has(type)) depth++;
    else if (closesContainer.has(type)) depth--;
    else if (type === "td_open" || type === "th_open") cellCount++;
    if (depth > containers) throw new TooMuchMarkup(`containers nest deeper than ${containers}`);
    if (cellCount > cellLimit) throw new TooMuchMarkup(`more than ${cellLimit} table cells`);
  }
}

function flattenEmphasis(tokens: readonly Token[]): void {
  let depth = 0;
  for (const token of tokens) {
    if (opensEmphasis.has(token.type) && ++depth > emphasis) token.hidden = true;
    else if (closesEmphasis.has(token.type) && depth-- > emphasis) token.hidden = true;
  }
}
