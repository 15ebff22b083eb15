// Finding a line again in a text that has been changed since, by what it said.

/** Characters of a line by which it is found again. The database keeps no more. */
const longestQuote = 500;

const quoteOf = (line: string) => [...line.trim()].slice(0, longestQuote).join("").trimEnd();

/** What line `line` says, from 1, as far as it is kept to be found again; "" for an empty line or none. */
export function quoteOfLine(text: string, line: number): string {
  return quoteOf(text.split("\n")[line - 1] ?? "");
}

/**
 * Finds lines in `text`: the one that says `quote` at `line` or, failing that, nearest to it; null when none says so any more. White
 * space at the ends does not count; an empty quote is found nowhere.
 */
export function lineFinder(text: string): (wanted: { line: number; quote: string }) => number | null {
  const places = new Map<string, number[]>();
  for (const [index, line] of text.split("\n").entries()) {
    const quote = quoteOf(line);
    const known = places.get(quote);
    if (known) known.push(index + 1);
    else places.set(quote, [index + 1]);
  }
  return ({ line, quote }) => {
    const found = quote === "" ? [] : (places.get(quote) ?? []);
    return found.reduce<number | null>(
      (best, at) => (best === null || Math.abs(at - line) < Math.abs(best - line) ? at : best),
      null,
    );
  };
}
