// Whether a request that changes something comes from our own pages (R18). Asked here first and once more in `lib/web`.

export interface OriginFacts {
  method: string;
  /** The path without the query. */
  path: string;
  origin: string | undefined;
  secFetchSite: string | undefined;
  hasCookie: boolean;
  /** The one origin of the site, like `https://talk.example.org`. */
  publicOrigin: string;
  /** Paths that anything may post to: what they do needs a secret in the address, and no cookie is read there. */
  openPosts?: readonly string[];
}

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether the request may change something. Never compares with `Host`: that is the sender's word, too.
 * A program that calls the API without cookies passes: there is nothing to forge.
 */
export function originAllowed(facts: OriginFacts): boolean {
  if (safeMethods.has(facts.method)) return true;
  if (facts.method === "POST" && facts.openPosts?.includes(facts.path)) return true;
  if (facts.origin !== undefined) {
    const site = facts.secFetchSite;
    return facts.origin === facts.publicOrigin && (site === undefined || site === "same-origin");
  }
  if (facts.secFetchSite !== undefined) return facts.secFetchSite === "same-origin";
  return facts.path.startsWith("/api/v1/") && !facts.hasCookie;
}
