// The first words of a text that the renderer has made.

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", nbsp: " " };

/**
 * The plain text of rendered HTML, cut at a word.
 * @param html of our own renderer, possibly cut anywhere
 * @param length in code points, the ellipsis not counted
 */
export function excerptOfHtml(html: string, length: number): string {
  const text = html
    .replace(/<[^>]*(>|$)/g, " ")
    .replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole)
    .replace(/&#?\w*$/, "")
    .replace(/\s+/g, " ")
    .replace(/ ([.,;:!?)])/g, "$1")
    .trim();
  const points = [...text];
  if (points.length <= length) return text;
  const cut = points.slice(0, length).join("");
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), cut.length / 2)).trimEnd()}…`;
}
