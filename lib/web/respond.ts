import "server-only";
// How a page says what its answer is: its status, whether it may be stored and under which keys. Next has no way to do that, so
// it goes through the exchange to the raw answer; `lib/edge` reads it there and takes the marks off.
import { isDomainError } from "@/lib/domain/errors";
import { keys as names } from "@/lib/domain/page-keys";
import { currentExchange } from "@/lib/edge/exchange";
import { log } from "@/lib/log";
import { stackOf } from "@/lib/stack";

/** Sets the status of the page that is being drawn. */
export function answerStatus(code: number): void {
  const response = currentExchange()?.response;
  if (!response || response.headersSent) return;
  response.statusCode = code;
  // The front door replaces the framework's blank error pages; this one is ours.
  if (code >= 500) response.setHeader("x-colloquy-page", "1");
}

/** Tells programs after how many seconds another try makes sense. */
export function sayWhenAgain(seconds: number | undefined): void {
  const response = currentExchange()?.response;
  if (seconds !== undefined && response && !response.headersSent) response.setHeader("Retry-After", String(seconds));
}

/**
 * This answer is the same for everybody and may be stored until one of `keys` is purged. Answers to forms never are.
 * @param query the names that it reads from its query; any others make no other page
 */
export function storable(keys: readonly string[], query: readonly string[] = []): void {
  const response = currentExchange()?.response;
  if (!response || response.headersSent) return;
  const method = response.req.method;
  if ((method === "GET" || method === "HEAD") && response.statusCode === 200) {
    response.setHeader("Surrogate-Control", "max-age=31536000");
    response.setHeader("Surrogate-Key", [...keys, names.everything].join(" "));
    if (query.length > 0) response.setHeader("X-Colloquy-Query", query.join(" "));
  } else {
    personal();
  }
}

/** Tells browsers where it stands which pages may be loaded ahead from this one. */
export function announceNextPages(path: string): void {
  const response = currentExchange()?.response;
  if (response && !response.headersSent) response.setHeader("Speculation-Rules", `"${path}"`);
}

/** This answer is for one person: a document without scripts like the others, but never stored. */
export function personal(): void {
  const response = currentExchange()?.response;
  if (!response || response.headersSent) return;
  response.setHeader("Surrogate-Control", "no-store");
  for (const name of ["Surrogate-Key", "X-Colloquy-Query"]) response.removeHeader(name);
}

/** This answer is for one person, and works with React in the browser: Next's scripts stay in it, under the policy with a nonce. */
export function personalWithScripts(): void {
  personal();
  const response = currentExchange()?.response;
  if (response && !response.headersSent) response.removeHeader("Surrogate-Control");
}

/** What lets a script of ours run on a page that keeps its scripts; the front door takes it off every document. */
export function scriptNonce(): string | undefined {
  return currentExchange()?.nonce;
}

/**
 * The address of this page holds a secret (a link of a mail), which no other site may be told (R32). Not "no-referrer": its forms would
 * arrive without an origin.
 */
export function keepAddressSecret(): void {
  const response = currentExchange()?.response;
  if (response && !response.headersSent) response.setHeader("Referrer-Policy", "same-origin");
}

/** Logs what nobody expected, once, and returns the reference under which it can be found. */
export function reportError(error: unknown): string {
  const id = currentExchange()?.id ?? "none";
  if (!isDomainError(error)) log().error({ id, error: stackOf(error) }, "unexpected");
  return id;
}
