// The place of a text that says most about what was searched for.

/** A piece of text; what was searched for is marked. */
export interface SnippetPart {
  text: string;
  marked: boolean;
}

/** What the database puts around words that were searched for: characters of nobody's alphabet. */
export const marks = { open: "\u{e000}", close: "\u{e001}" } as const;

/** `text` without characters that would be taken for marks. */
export const withoutMarks = (text: string) => text.replace(/[\u{e000}\u{e001}]/gu, "");

/** A marked word: where it begins and ends in the text without marks, in UTF-16 units. */
interface Hit {
  start: number;
  end: number;
  word: string;
}

/** What stands before the first marked word, at most; more would push that word out of sight on a telephone. */
const leadIn = 60;

/** So far from where a snippet would end a space is looked for, so that no word is cut. */
const nearness = 24;

function taken(marked: string): { text: string; hits: Hit[] } {
  const [before = "", ...rest] = marked.split(marks.open);
  let text = before;
  const hits: Hit[] = [];
  for (const piece of rest) {
    const [word = "", after = ""] = piece.split(marks.close);
    hits.push({ start: text.length, end: text.length + word.length, word: word.toLowerCase() });
    text += word + after;
  }
  return { text, hits };
}

/** The index of the first of those neighbouring hits within `length` that are the most different words; of equals, the first. */
function densest(hits: readonly Hit[], length: number): number {
  const inside = new Map<string, number>();
  let best = 0;
  let most = 0;
  let last = 0;
  for (const [first, { start, word }] of hits.entries()) {
    for (let next = hits[last]; next && next.end - start <= length; next = hits[++last]) {
      inside.set(next.word, (inside.get(next.word) ?? 0) + 1);
    }
    if (inside.size > most) {
      most = inside.size;
      best = first;
    }
    const left = (inside.get(word) ?? 0) - 1;
    if (left > 0) inside.set(word, left);
    else inside.delete(word);
    last = Math.max(last, first + 1);
  }
  return best;
}

/** The nearest place at or after `at` where a word begins; where none is near, one that parts no character. */
function wordBegins(text: string, at: number): number {
  if (at <= 0) return 0;
  const space = text.slice(at - 1, at + nearness).indexOf(" ");
  if (space >= 0) return at + space;
  return /[\udc00-\udfff]/.test(text.charAt(at)) ? at + 1 : at;
}

/** The nearest place at or before `at` where a word ends. */
function wordEnds(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const from = Math.max(0, at - nearness);
  const space = text.slice(from, at + 1).lastIndexOf(" ");
  if (space >= 0) return from + space;
  return /[\udc00-\udfff]/.test(text.charAt(at)) ? at - 1 : at;
}

/** The text between two places, in parts. */
function partsBetween(text: string, hits: readonly Hit[], [from, to]: readonly [number, number]): SnippetPart[] {
  const parts: SnippetPart[] = [];
  let at = from;
  const add = (end: number, marked: boolean) => {
    if (end > at) parts.push({ text: text.slice(at, end), marked });
    at = Math.max(at, end);
  };
  for (const { start, end } of hits) {
    if (end <= from || start >= to) continue;
    add(Math.max(start, from), false);
    add(Math.min(end, to), true);
  }
  add(to, false);
  return parts;
}

/**
 * The part of a text around what was searched for, with an ellipsis where it was cut.
 * @param marked the text, with `marks` around each word that was searched for
 * @param length of the part, about, in UTF-16 units; without it the whole text is kept
 */
export function snippetOf(marked: string, length = Number.POSITIVE_INFINITY): SnippetPart[] {
  const { text, hits } = taken(marked);
  if (text.length <= length) return partsBetween(text, hits, [0, text.length]);
  const first = hits[densest(hits, length - leadIn)]?.start ?? 0;
  const from = wordBegins(text, Math.min(first - leadIn, text.length - length));
  const to = Math.max(wordEnds(text, from + length), from);
  const parts = partsBetween(text, hits, [from, to]);
  const ellipsis = { text: "…", marked: false };
  return [...(from > 0 ? [ellipsis] : []), ...parts, ...(to < text.length ? [ellipsis] : [])];
}
