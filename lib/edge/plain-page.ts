// The front door's own answers: a refusal as a page for people, as problem+json for programs. No versions, no paths, no
// stack: a reference that leads to the log (R16).
import { createHash, randomBytes } from "node:crypto";
import type { Refusal } from "@/lib/edge/refusal";
import { plainPagePolicy } from "@/lib/edge/security-headers";

const titles: Record<number, string> = {
  400: "This request cannot be read",
  403: "Not sent from this site",
  404: "Page not found",
  405: "Not possible here",
  408: "That took too long",
  409: "This page has changed meanwhile",
  411: "Length missing",
  413: "Too large",
  417: "Not possible here",
  421: "Wrong address",
  431: "Too much in the headers",
  500: "Something went wrong",
  503: "Back in a moment",
};

// The codes of `lib/domain/errors.ts`, which this room does not know.
const codes: Record<number, string> = {
  403: "forbidden",
  404: "not_found",
  409: "conflict",
  413: "too_large",
  503: "unavailable",
};

const style =
  "body{margin:12vh auto;padding:0 1.25rem;max-width:34rem;font:1.125rem/1.6 Georgia,serif}" +
  "h1{font-size:1.75rem;line-height:1.2}a{color:light-dark(#1c6549,#86c8a6)}small{opacity:.75}";

/** Lets this style, and nothing else inline, through the Content-Security-Policy. */
const styleHash = `sha256-${createHash("sha256").update(style).digest("base64")}`;

/** A complete page without scripts. @param reference shown so that the reader can name it, found again in the log */
export function plainPage(refusal: Refusal, reference: string): string {
  const title = escapeHtml(titles[refusal.status] ?? "Not possible");
  return (
    `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>` +
    `<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">` +
    `<meta name="color-scheme" content="light dark"><style>${style}</style></head><body><main><h1>${title}</h1>` +
    `<p>${escapeHtml(refusal.problem)} ${escapeHtml(refusal.advice)}</p><p><a href="/">To the front page</a></p>` +
    `<p><small>Reference ${escapeHtml(reference)}</small></p></main></body></html>`
  );
}

/** The same as problem details (RFC 9457). */
export function plainProblem(refusal: Refusal, reference: string): string {
  return JSON.stringify({
    type: "about:blank",
    title: titles[refusal.status] ?? "Not possible",
    status: refusal.status,
    detail: `${refusal.problem} ${refusal.advice}`,
    code: codes[refusal.status] ?? (refusal.status < 500 ? "invalid" : "unavailable"),
    reference,
  });
}

/** The headers of these answers. @param always those of every answer */
export function plainHeaders(always: Record<string, string>, contentType: string): Record<string, string> {
  const html = contentType.startsWith("text/html");
  return {
    ...always,
    "Content-Type": contentType,
    "Cache-Control": "private, no-store",
    ...(html && { "Content-Security-Policy": plainPagePolicy(styleHash) }),
  };
}

/** Random bytes fetched at once: one request needs a few, and each fetching costs more than the bytes. */
const fetched = 4_096;
const referenceBytes = 8;
let random = Buffer.alloc(0);

/** A random name for one request, short enough to be read out over the telephone. */
export function newReference(): string {
  if (random.length < referenceBytes) random = randomBytes(fetched);
  const reference = random.toString("hex", 0, referenceBytes);
  random = random.subarray(referenceBytes);
  return reference;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
