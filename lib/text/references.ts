// What a rendered text refers to: where its links lead, and which images it shows, told apart from what it says.
import type { SafeHtml } from "@/lib/text/safe-html";

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

const plain = (value: string) => value.replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole);

/** The value of an attribute in a tag that the sanitiser has written: always in double quotes. */
function attribute(tag: string, name: string): string {
  return plain(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? "");
}

const tags = (html: string, name: string): string[] => html.match(new RegExp(`<${name}\\s[^>]*>`, "g")) ?? [];

/** Where the links of a text lead, each once, in order; those within the text are left out. */
export function linksOf(html: SafeHtml): string[] {
  const all = tags(html, "a").map((tag) => attribute(tag, "href"));
  return [...new Set(all)].filter((href) => href !== "" && !href.startsWith("#"));
}

/** The images of a text, in order, each with what it is said to show: "A bee (/u/abc)". */
export function imagesOf(html: SafeHtml): string[] {
  const all = tags(html, "img").map((tag) => `${attribute(tag, "alt")} (${attribute(tag, "src")})`.trim());
  return [...new Set(all)];
}
