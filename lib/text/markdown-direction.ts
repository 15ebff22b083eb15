// Direction controls in the words of a text (not in its code): what could disguise other words is taken out (R52).
import type { MarkdownIt, Token } from "markdown-it";
import { withoutUnsafeBidi } from "@/lib/text/bidi";
import { attribute } from "@/lib/text/markdown-tokens";

/** Balance of isolates is judged for each paragraph, heading or cell by itself, since no effect crosses its end. */
export function direction(md: MarkdownIt): void {
  md.core.ruler.push("direction", (state) => {
    for (const token of state.tokens) if (token.children) clean(token.children);
  });
}

function clean(tokens: readonly Token[]): void {
  const words = tokens.filter((token) => token.type === "text");
  withoutUnsafeBidi(words.map((token) => token.content)).forEach((content, index) => {
    const token = words[index];
    if (token) token.content = content;
  });
  for (const token of tokens) {
    if (token.type !== "image") continue;
    clean(token.children ?? []);
    const title = attribute(token, "title");
    if (title) token.attrSet("title", withoutUnsafeBidi([title]).join(""));
  }
}
