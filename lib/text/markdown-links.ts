// Links and images once the text is parsed (R59, R60): where they may lead, what a reader is told about it, and which images
// are shown at all. Nothing that another host would be asked for by a reader's browser leaves this file.
import type { MarkdownIt, StateCore, Token } from "markdown-it";
import { hostToShow, type LinkTarget, linkTarget } from "@/lib/text/link-target";
import { headingsOf } from "@/lib/text/markdown-headings";
import { attribute, inlineText, textToken } from "@/lib/text/markdown-tokens";
import { roomFor } from "@/lib/text/own-pictures";
import type { RenderOptions } from "@/lib/text/rendered";
import { idPrefix } from "@/lib/text/sanitize";

const foreignRel = "nofollow ugc noopener noreferrer";
const uploadedImage = /^\/u\/[A-Za-z0-9_-]{1,64}$/;

/** What `meta` holds on images and on what stands for one that is not shown, so that its caption is not lost. */
interface ImageMeta {
  imageTitle: string;
}

/** Judges every link and image of the document. Must run after the rule that finds headings. */
export function links(md: MarkdownIt, options: RenderOptions): void {
  md.core.ruler.push("links", (state) => {
    const ids = new Set(headingsOf(state.env).map((heading) => heading.id));
    for (const token of state.tokens) {
      if (token.children) token.children = new InlineLinks(state, options, ids).judged(token.children);
    }
  });
}

class InlineLinks {
  private readonly out: Token[] = [];
  private readonly Token: StateCore["Token"];

  constructor(
    private readonly state: StateCore,
    private readonly options: RenderOptions,
    private readonly headingIds: ReadonlySet<string>,
  ) {
    this.Token = state.Token;
  }

  judged(tokens: readonly Token[]): Token[] {
    for (let index = 0; index < tokens.length; index++) {
      const token = tokens[index];
      if (token?.type === "link_open") index = this.link(tokens, index);
      else if (token?.type === "image") this.image(token, false);
      else if (token) this.out.push(token);
    }
    return this.out;
  }

  /** Writes the link that opens at `start`; returns the place of its end. Links never stand inside links. */
  private link(tokens: readonly Token[], start: number): number {
    let end = start + 1;
    while (end < tokens.length && tokens[end]?.type !== "link_close") end++;
    const open = tokens[start];
    const close = tokens[end];
    if (!open || !close) return start;
    const target = linkTarget(attribute(open, "href"), this.options.ownOrigin);
    const inside = tokens.slice(start + 1, end);
    if (target) this.out.push(this.pointed(open, target));
    const words = open.info === "auto" && target?.hadUserInfo ? [textToken(this.Token, target.href)] : inside;
    for (const token of words) {
      if (token.type === "image") this.image(token, true);
      else this.out.push(token);
    }
    if (target) this.out.push(close);
    if (target) this.tellHost(inlineText(words), target);
    return end;
  }

  /** An image of ours, in articles; else a link with its alternative text, or inside a link only that text. */
  private image(token: Token, insideLink: boolean): void {
    const { dialect, ownOrigin } = this.options;
    const target = linkTarget(attribute(token, "src"), ownOrigin);
    const alt = inlineText(token.children ?? []).trim();
    const meta: ImageMeta = { imageTitle: attribute(token, "title") };
    if (dialect === "article" && target && !target.foreign && uploadedImage.test(target.href)) {
      token.attrs = [
        ["src", target.href],
        ["alt", alt],
        ...roomFor(this.state.env, target.href),
        ["loading", "lazy"],
        ["decoding", "async"],
      ];
      token.meta = { ...meta };
      this.out.push(token);
      return;
    }
    const words = textToken(this.Token, alt || (target ? nameOf(target) : ""));
    if (!target || insideLink) {
      words.meta = { ...meta };
      this.out.push(words);
      return;
    }
    const open = this.pointed(new this.Token("link_open", "a", 1), target);
    open.meta = { ...meta };
    this.out.push(open, words, new this.Token("link_close", "a", -1));
    this.tellHost(words.content, target);
  }

  private pointed(open: Token, target: LinkTarget): Token {
    open.attrs = [["href", this.withPrefix(target.href)]];
    if (target.foreign) open.attrs.push(["rel", foreignRel]);
    return open;
  }

  /** "#history" leads to the heading "History", whose id carries our prefix. */
  private withPrefix(href: string): string {
    if (!href.startsWith("#")) return href;
    const id = idPrefix + decoded(href.slice(1));
    return this.headingIds.has(id) ? `#${encodeURIComponent(id)}` : href;
  }

  private tellHost(words: string, target: LinkTarget): void {
    const host = hostToShow(words, target);
    if (host !== null) this.out.push(textToken(this.Token, ` (${host})`));
  }
}

/** What an image without alternative text is called: its file name, or its host. */
function nameOf(target: LinkTarget): string {
  return decoded(target.href.split(/[?#]/, 1)[0]?.split("/").at(-1) ?? "") || target.host;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
