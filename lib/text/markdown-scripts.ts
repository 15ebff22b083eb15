// Small letters below and above the line, in articles: H~2~O and x^2^.
import type { MarkdownIt, StateInline } from "markdown-it";

// One short word without spaces: enough for formulas and ordinals, and the price of looking is bounded.
const below = /~([^\s~^\\]{1,60})~(?!~)/y;
const above = /\^([^\s~^\\[\]]{1,60})\^/y;

/** Adds `<sub>` and `<sup>`. What stands inside is plain text. */
export function subAndSuperscript(md: MarkdownIt): void {
  md.inline.ruler.before("strikethrough", "subscript", (state, silent) => {
    const before = state.src[state.pos - 1] ?? " ";
    // A subscript hangs on something; "~/home~" and strike-through (~~) are none.
    return /[\s~]/.test(before) ? false : script(state, silent, { pattern: below, tag: "sub" });
  });
  md.inline.ruler.after("emphasis", "superscript", (state, silent) =>
    script(state, silent, { pattern: above, tag: "sup" }),
  );
}

function script(
  state: StateInline,
  silent: boolean,
  { pattern, tag }: { pattern: RegExp; tag: "sub" | "sup" },
): boolean {
  pattern.lastIndex = state.pos;
  const match = pattern.exec(state.src);
  if (!match || pattern.lastIndex > state.posMax) return false;
  if (!silent) {
    state.push(`${tag}_open`, tag, 1);
    state.push("text", "", 0).content = match[1] ?? "";
    state.push(`${tag}_close`, tag, -1);
  }
  state.pos = pattern.lastIndex;
  return true;
}
