// Tables: each in a frame that scrolls by itself and can be reached by keyboard, so that the page never scrolls sideways.
import type { MarkdownIt } from "markdown-it";
import { attribute } from "@/lib/text/markdown-tokens";

/** Wraps tables, and says alignment with `align`, because inline styles are forbidden by our content policy. */
export function tables(md: MarkdownIt): void {
  md.renderer.rules.table_open = () =>
    '<div class="table-scroll" role="group" tabindex="0" aria-label="Table"><table>\n';
  md.renderer.rules.table_close = () => "</table></div>\n";
  md.core.ruler.push("table_align", (state) => {
    for (const token of state.tokens) {
      if (token.type !== "th_open" && token.type !== "td_open") continue;
      const align = attribute(token, "style").replace("text-align:", "");
      token.attrs = align ? [["align", align]] : null;
    }
  });
}
