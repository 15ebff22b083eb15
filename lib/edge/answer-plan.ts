// What becomes of an answer, decided when its head is due: which headers go out, whether it is held back to become a
// document or a page, replaced by a plain one, or streamed through.
import type { ServerResponse } from "node:http";
import { cacheControlFor, hasHashedName } from "@/lib/edge/cache-control";
import { type Coding, chooseCoding, isCompressible, leastPacked, withVary } from "@/lib/edge/encoding";
import type { KnownQuery } from "@/lib/edge/page-address";
import { whenAgain } from "@/lib/edge/refusal";
import { documentPolicy, headersOfType, inertPolicy, mayBeStricter, personalPolicy } from "@/lib/edge/security-headers";

export interface AnswerFacts {
  method: string;
  path: string;
  acceptEncoding: string | undefined;
  nonce: string;
  dev: boolean;
  /** From `securityHeaders`. */
  always: Record<string, string>;
}

export type Fate =
  /** Next's own error page, blank without scripts: a plain one instead. */
  | { kind: "replace" }
  /** A form that an earlier version of the site gave out, for which nobody is there any more (F29). */
  | { kind: "outdated" }
  /** Perhaps Next's blank error shell: look when it is complete. */
  | { kind: "inspect" }
  /** Held until complete. `keys` and `query` are what the store needs to know when it is `storable`. */
  | { kind: "page"; document: boolean; storable: boolean; keys: readonly string[]; query: KnownQuery }
  | { kind: "stream"; coding: Coding | undefined };

/** Statuses whose bodies are the same for everybody when the page says so. */
const storableStatuses = new Set([200, 301, 308, 404, 410]);

/** Set by our own pages: this error page is made to be read, also without scripts. */
export const ownPageHeader = "x-colloquy-page";

/** Set by our own pages beside Surrogate-Key: the names that they read from the query, between spaces. */
export const queryHeader = "x-colloquy-query";

/** Decides, and sets the headers on `response` accordingly. @param length of the body, if known */
export function decideFate(response: ServerResponse, facts: AnswerFacts, length: number | undefined): Fate {
  const status = response.statusCode;
  const type = mediaType(response);
  const own = response.getHeader(ownPageHeader) === "1";
  const html = type === "text/html";
  const query = words(response, queryHeader);
  const keys = words(response, "surrogate-key");
  for (const name of [ownPageHeader, queryHeader, "x-powered-by"]) response.removeHeader(name);

  if (!own && !facts.dev && status >= 500 && (html || type === "text/plain" || type === "")) return { kind: "replace" };

  if (response.hasHeader("x-nextjs-action-not-found")) return { kind: "outdated" };

  if (status === 503 && !response.hasHeader("retry-after")) response.setHeader("Retry-After", whenAgain);

  // A prerendered page has no nonce, so its scripts could not run: it is a document in all but name.
  const prerendered = response.hasHeader("x-nextjs-prerender") && html;
  const surrogate = type === "text/x-component" ? undefined : response.getHeader("surrogate-control")?.toString();
  const document = html && !facts.dev && (surrogate !== undefined || prerendered);
  const setsCookie = response.hasHeader("set-cookie");
  const storable =
    // A document that says no-store is one person's. Our own files never change, so they are kept, and packed once.
    (surrogate !== undefined ? !/no-store/i.test(surrogate) : status === 200 && hasHashedName(facts.path)) &&
    !facts.dev &&
    !setsCookie &&
    storableStatuses.has(status) &&
    ["GET", "HEAD"].includes(facts.method);

  for (const [name, value] of headersOfType(facts.always, type)) {
    if (!mayBeStricter.has(name) || !response.hasHeader(name)) response.setHeader(name, value);
  }
  setPolicy(response, type, document ? documentPolicy : personalPolicy(facts.nonce, facts.dev));
  const given = response.getHeader("cache-control")?.toString();
  const cacheControl = cacheControlFor({ ...facts, status, given, setsCookie, storable });
  response.setHeader("Cache-Control", facts.dev && given !== undefined ? given : cacheControl);
  if (!storable) for (const name of ["surrogate-control", "surrogate-key"]) response.removeHeader(name);
  if (document) dropNextHeaders(response);

  if (document || storable) {
    if (isCompressible(type)) response.setHeader("Vary", "Accept-Encoding");
    return { kind: "page", document, storable, keys, query };
  }
  if (html && !own && !facts.dev && status >= 400) return { kind: "inspect" };
  return { kind: "stream", coding: codingFor(response, facts, length) };
}

/** The media type of the answer, in lower case, without parameters; empty if it has none. */
export function mediaType(response: ServerResponse): string {
  return (response.getHeader("content-type")?.toString().split(";", 1)[0] ?? "").trim().toLowerCase();
}

function words(response: ServerResponse, header: string): string[] {
  return (response.getHeader(header)?.toString() ?? "").split(" ").filter(Boolean);
}

function setPolicy(response: ServerResponse, type: string, ofHtml: string): void {
  if (type === "text/html") response.setHeader("Content-Security-Policy", ofHtml);
  else if (/xml$/.test(type) && !response.hasHeader("content-security-policy")) {
    response.setHeader("Content-Security-Policy", inertPolicy);
  }
}

/** Hints for Next's router, and preloads of what a document no longer has or names in its first lines anyway. */
function dropNextHeaders(response: ServerResponse): void {
  for (const name of response.getHeaderNames()) if (name.startsWith("x-nextjs-")) response.removeHeader(name);
  const links = response.getHeader("link")?.toString();
  if (links === undefined) return;
  const kept = links
    .split(/,\s*(?=<)/)
    .filter((link) => !/;\s*as="?(?:script|style)"?/i.test(link))
    .map((link) => link.replace(/;\s*nonce="?[^";]*"?/gi, ""));
  if (kept.length > 0) response.setHeader("Link", kept.join(", "));
  else response.removeHeader("link");
}

/** Chooses the packing of a streamed answer and sets its headers. */
function codingFor(response: ServerResponse, facts: AnswerFacts, length: number | undefined): Coding | undefined {
  if (!isCompressible(mediaType(response)) || response.hasHeader("content-encoding")) return undefined;
  response.setHeader("Vary", withVary(response.getHeader("vary")?.toString(), "Accept-Encoding"));
  const bytes = length ?? Number(response.getHeader("content-length") ?? Number.POSITIVE_INFINITY);
  const bodiless = facts.method === "HEAD" || [204, 206, 304].includes(response.statusCode);
  const asItIs = /no-transform/i.test(response.getHeader("cache-control")?.toString() ?? "");
  if (bodiless || asItIs || bytes < leastPacked) return undefined;
  const coding = chooseCoding(facts.acceptEncoding);
  if (coding === undefined) return undefined;
  response.setHeader("Content-Encoding", coding);
  for (const name of ["content-length", "accept-ranges"]) response.removeHeader(name);
  // The tag named the bytes before packing.
  const etag = response.getHeader("etag")?.toString();
  if (etag?.startsWith('"')) response.setHeader("ETag", `W/${etag}`);
  return coding;
}
