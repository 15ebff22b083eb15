// Images that stand alone in a paragraph, in articles: one with a title becomes a figure with a caption, several a gallery.
import type { MarkdownIt, StateCore, Token } from "markdown-it";
import { inlineText, inlineToken, textToken } from "@/lib/text/markdown-tokens";

interface Picture {
  /** The image, or the link around or instead of it. */
  tokens: Token[];
  /** What the title said; "" for none. */
  caption: string;
  shown: boolean;
}

/** Must run after the rule that judges links and images. */
export function figures(md: MarkdownIt): void {
  md.core.ruler.push("figures", (state) => {
    const out: Token[] = [];
    for (let index = 0; index < state.tokens.length; index++) {
      const [open, content, close] = state.tokens.slice(index, index + 3);
      const found = open?.type === "paragraph_open" && content && close ? figure(state, content.children ?? []) : null;
      if (found) {
        for (const token of found) out.push(token);
        index += 2;
      } else if (open) out.push(open);
    }
    state.tokens = out;
  });
}

function figure(state: StateCore, children: readonly Token[]): Token[] | null {
  const pictures = picturesAlone(children);
  const [first] = pictures ?? [];
  if (!pictures || !first) return null;
  if (pictures.length === 1) return first.caption ? captioned(state, first) : null;
  if (!pictures.some((picture) => picture.shown || picture.caption)) return null;
  const open = new state.Token("figure_open", "figure", 1);
  open.block = true;
  open.attrSet("class", "gallery");
  const close = new state.Token("figure_close", "figure", -1);
  close.block = true;
  const inner = pictures.flatMap((picture) =>
    picture.caption ? captioned(state, picture) : [inlineToken(state.Token, picture.tokens)],
  );
  return [open, ...inner, close];
}

function captioned(state: StateCore, { tokens, caption }: Picture): Token[] {
  const figureOpen = new state.Token("figure_open", "figure", 1);
  figureOpen.block = true;
  const figureClose = new state.Token("figure_close", "figure", -1);
  figureClose.block = true;
  return [
    figureOpen,
    inlineToken(state.Token, tokens),
    new state.Token("figcaption_open", "figcaption", 1),
    inlineToken(state.Token, [textToken(state.Token, caption)]),
    new state.Token("figcaption_close", "figcaption", -1),
    figureClose,
  ];
}

/** The pictures of a paragraph that holds nothing but pictures and white space; null when it holds anything else. */
function picturesAlone(children: readonly Token[]): Picture[] | null {
  const pictures: Picture[] = [];
  for (let index = 0; index < children.length; index++) {
    const token = children[index];
    if (!token) continue;
    if (token.type === "softbreak" || token.type === "hardbreak") continue;
    if (token.type === "text" && token.meta === null && token.content.trim() === "") continue;
    if (token.type === "link_open") {
      const inside = children[index + 1];
      const close = children[index + 2];
      // Either a link around an image, or a link that stands for one.
      const title = imageTitle(token) ?? (inside ? imageTitle(inside) : null);
      if (!inside || close?.type !== "link_close" || title === null) return null;
      pictures.push({ tokens: [token, inside, close], caption: title, shown: inside.type === "image" });
      index += 2;
    } else {
      const title = imageTitle(token);
      if (title === null || (token.type !== "image" && inlineText([token]) === "")) return null;
      pictures.push({ tokens: [token], caption: title, shown: token.type === "image" });
    }
  }
  return pictures.length > 0 ? pictures : null;
}

/** The title of a token that is, or stands for, an image; null for other tokens. */
function imageTitle(token: Token): string | null {
  const title = token.meta?.imageTitle;
  return typeof title === "string" ? title : null;
}
