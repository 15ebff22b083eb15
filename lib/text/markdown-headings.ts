// Headings: three levels, and in articles an id each, made from their words.
import type { MarkdownIt } from "markdown-it";
import { inlineText } from "@/lib/text/markdown-tokens";
import type { Dialect, Heading } from "@/lib/text/rendered";
import { idPrefix } from "@/lib/text/sanitize";

/** Long enough to be told apart in an address, short enough to be copied. */
const longestId = 80;

const levels: Record<string, Heading["level"]> = { h1: 2, h2: 2, h3: 3, h4: 4, h5: 4, h6: 4 };
const found = new WeakMap<object, Heading[]>();

/** The headings of the document that was parsed with this `env`; none for comments. */
export function headingsOf(env: object): Heading[] {
  return found.get(env) ?? [];
}

/** Maps h1 to h2 and h5, h6 to h4 (the page itself has the h1); gives articles' headings unique ids in any script. */
export function headings(md: MarkdownIt, dialect: Dialect): void {
  md.core.ruler.push("headings", (state) => {
    const list: Heading[] = [];
    const used = new Map<string, number>();
    state.tokens.forEach((token, index) => {
      if (token.type !== "heading_open" && token.type !== "heading_close") return;
      const level = levels[token.tag] ?? 4;
      token.tag = `h${level}`;
      if (token.type === "heading_close" || dialect === "comment") return;
      const text = inlineText(state.tokens[index + 1]?.children ?? []).trim();
      const id = unique(idPrefix + headingSlug(text), used);
      token.attrSet("id", id);
      list.push({ level, id, text });
    });
    found.set(state.env, list);
  });
}

/** The words of a heading for use in an id: letters, marks and digits of any script in lower case, hyphens between. */
export function headingSlug(text: string): string {
  const slug = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/['’]/g, "")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-");
  return Array.from(slug).slice(0, longestId).join("").replace(/^-|-$/g, "") || "section";
}

function unique(wanted: string, used: Map<string, number>): string {
  let id = wanted;
  while (used.has(id)) {
    const next = (used.get(wanted) ?? 1) + 1;
    used.set(wanted, next);
    id = `${wanted}-${next}`;
  }
  used.set(id, 1);
  return id;
}
