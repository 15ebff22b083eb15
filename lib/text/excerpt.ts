// The first words of a text that the renderer has made.

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", nbsp: " " };

/** Elements that part no word: "un<em>believ</em>able" is one. A footnote's number, in a `sup`, is none of it. */
const insideWords = /<\/?(?:a|b|bdi|code|del|em|i|ins|mark|s|span|strong)(?: [^>]*)?>/g;

/** JavaScript counts U+FEFF among them, which parts nothing. */
const spaces = /[^\S\ufeff]+/g;

/**
 * The plain text of rendered HTML, cut at a word.
 * @param html of our own renderer, possibly cut anywhere
 * @param length in code points, the ellipsis not counted
 */
export function excerptOfHtml(html: string, length: number): string {
  const text = html
    .replace(insideWords, "")
    .replace(/<[^>]*(>|$)/g, " ")
    .replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole)
    .replace(/&#?\w*$/, "")
    .replace(spaces, " ")
    .trim();
  const points = [...text];
  if (points.length <= length) return text;
  const cut = points.slice(0, length).join("");
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), cut.length / 2)).trimEnd()}…`;
}
