// What the front door says when it refuses: a sentence on what is wrong and one on what to do, for people as a page,
// for programs as problem+json. No versions, no paths, no stack (R16).
import { createHash } from "node:crypto";

export interface Refusal {
  status: number;
  /** What is wrong, as a sentence. */
  problem: string;
  /** What the reader may do, as a sentence. */
  advice: string;
  headers?: Record<string, string>;
}

const titles: Record<number, string> = {
  400: "This request cannot be read",
  403: "Not sent from this site",
  404: "Page not found",
  405: "Not possible here",
  408: "That took too long",
  411: "Length missing",
  413: "Too large",
  417: "Not possible here",
  421: "Wrong address",
  431: "Too much in the headers",
  500: "Something went wrong",
  503: "Back in a moment",
};

// The codes of `lib/domain/errors.ts`, which this room does not know.
const codes: Record<number, string> = { 403: "forbidden", 404: "not_found", 413: "too_large", 503: "unavailable" };

const style =
  "body{margin:12vh auto;padding:0 1.25rem;max-width:34rem;font:1.125rem/1.6 Georgia,serif}" +
  "h1{font-size:1.75rem;line-height:1.2}small{opacity:.75}";

/** The hash that lets the style of these pages, and nothing else inline, through the Content-Security-Policy. */
export const plainPageStyleHash = `sha256-${createHash("sha256").update(style).digest("base64")}`;

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

export const serverFailed: Refusal = {
  status: 500,
  problem: "The server made a mistake while it prepared this page.",
  advice: "Please try again; if it happens once more, tell the people who run this site the reference below.",
};

export const serverBusy: Refusal = {
  status: 503,
  problem: "The server cannot answer right now.",
  advice: "Please wait a moment and try again. What you wrote is still in your browser: go back to see it.",
  headers: { "Retry-After": "5" },
};

export const notFound: Refusal = {
  status: 404,
  problem: "There is no page at this address.",
  advice: "It may have moved, or the link may be incomplete.",
};

export const tooSlow: Refusal = {
  status: 408,
  problem: "The request did not arrive completely in time.",
  advice: "Please check your connection and send it again.",
};

export const foreignForm: Refusal = {
  status: 403,
  problem: "This was sent from another site, or by a browser that does not say where it comes from.",
  advice: "Open the page here, at its own address, and send it again. Nothing was changed.",
};

/** What a body above `limit` bytes is told. */
export function tooLarge(limit: number): Refusal {
  return {
    status: 413,
    problem: `What was sent is larger than the ${Math.floor(limit / 1024)} KiB that fit here.`,
    advice: "Go back and shorten it, or send it in parts. Nothing was saved.",
  };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
