// One address for one page: of a query only what the page reads, in its order. So a thousand invented queries are one page.

/** The names that a page reads from its query, in the order in which its address has them. */
export type KnownQuery = readonly string[];

/** Characters of a query that is looked at. No link of ours is nearly so long; a longer one is drawn for itself and not kept. */
const longestSearch = 500;

/**
 * The address of the page that a target leads to, or undefined when its query is too long to be one of ours.
 * @param search with its question mark, or empty
 */
export function canonicalAddress(path: string, search: string, known: KnownQuery): string | undefined {
  if (known.length === 0 || search.length < 2) return path;
  if (search.length > longestSearch) return undefined;
  const given = new URLSearchParams(search);
  const kept = new URLSearchParams();
  for (const name of known) {
    // All of a name: a page may read the first, the last or none of several, and must be asked the same way again.
    for (const value of given.getAll(name)) kept.append(name, value);
  }
  return kept.size === 0 ? path : `${path}?${kept}`;
}

/** Whether a path is spelt as our links spell it: letters that need no escape have none, so that no page has two spellings. */
export function isCanonicalPath(path: string): boolean {
  try {
    return path.split("/").every((part) => part === encodeURIComponent(decodeURIComponent(part)));
  } catch {
    return false;
  }
}
