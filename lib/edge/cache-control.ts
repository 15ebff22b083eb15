// How long browsers and caches may keep an answer (R14). What nobody marked as public is private.

export interface CacheFacts {
  /** The path without the query. */
  path: string;
  status: number;
  /** The Cache-Control that the handler set, if any. */
  given: string | undefined;
  setsCookie: boolean;
  /** It said with Surrogate-Control that it is the same for everybody. */
  storable: boolean;
  dev: boolean;
}

/** Kept by everybody, asked again each time: freshness is exact. */
const revalidate = "no-cache";
const secret = "private, no-store";
const forEver = "public, max-age=31536000, immutable";

/** The Cache-Control that goes out. */
export function cacheControlFor(facts: CacheFacts): string {
  if (facts.setsCookie) return secret;
  if (!facts.dev && facts.status < 400 && hasHashedName(facts.path)) return forEver;
  if (facts.given !== undefined && isDeliberate(facts.given)) return facts.given;
  return facts.storable ? revalidate : secret;
}

/** Whether an answer with this Cache-Control never changes. */
export function isForEver(cacheControl: unknown): boolean {
  return cacheControl === forEver;
}

/** Whether the file's name changes with its content: Next's own files and `/assets/NAME-HASH.EXT`. */
export function hasHashedName(path: string): boolean {
  if (path.startsWith("/_next/static/")) return true;
  const parts = path.slice(path.lastIndexOf("/") + 1).split(/[-.]/);
  // A hash is told from a word by its digits, or by its capitals alone.
  return (
    path.startsWith("/assets/") && parts.length > 2 && /^(?:[A-Z0-9]{8,}|(?=\D*\d)\w{8,})$/.test(parts.at(-2) ?? "")
  );
}

/** Next's own defaults are no decision of ours: `s-maxage` for prerendered pages, a long list of noes for the others. */
function isDeliberate(given: string): boolean {
  return !/s-maxage|no-store/i.test(given);
}
