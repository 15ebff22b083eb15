// The mark that a writer carries for a moment: when and in which process they wrote. By it every process knows that this reader
// must not see an older page, also before the news has come over the bus. Signed, so that nobody can ask for drawings at will.
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { keyFor } from "@/lib/env";
import { once } from "@/lib/once";

/** The cookie's name. Not bound to the host by a prefix: it is no secret and opens nothing. */
export const wroteCookie = "colloquy-wrote";

/** Seconds that it is kept: longer than any news takes, also over a bus that has to be found again. */
export const wroteMaxAge = 60;

/** This process among those of one site. */
export function processName(): string {
  return once("process-name", () => randomBytes(6).toString("base64url"));
}

/** Takes the name of the process that this one stands before. Call it first. */
export function takeProcessName(name: string): void {
  once("process-name", () => name);
}

/** The mark of somebody who writes now. @param now milliseconds of the clock */
export function wroteMark(now: number): string {
  const said = `${processName()}.${now.toString(36)}`;
  return `${said}.${signatureOf(said)}`;
}

/** How exact a reader must be served. */
export function readerOf(headers: IncomingHttpHeaders, now: number): { exact: boolean; wroteAt: number | undefined } {
  const wrote = wroteOf(headers.cookie, now);
  // Who presses reload says so, and a program that names itself has no cookie to carry a mark in.
  const asks = /no-cache|max-age=0/i.test(headers["cache-control"] ?? "") || headers.authorization !== undefined;
  return { exact: asks || wrote?.here === true, wroteAt: wrote?.here === false ? wrote.at : undefined };
}

/**
 * What the cookies of a request say of their bearer's last writing, if it was of late and we said so.
 * @param cookies the header as it came
 * @returns when, in milliseconds of the clock, and whether it was in this process
 */
function wroteOf(cookies: string | undefined, now: number): { at: number; here: boolean } | undefined {
  const mark = /(?:^|;\s*)colloquy-wrote=([\w-]{8})\.([0-9a-z]{8,9})\.([\w-]{22})(?:;|$)/.exec(cookies ?? "");
  if (!mark) return undefined;
  const [, name = "", at = "", signature = ""] = mark;
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(`${name}.${at}`)))) return undefined;
  const time = Number.parseInt(at, 36);
  return now - time < wroteMaxAge * 1_000 ? { at: time, here: name === processName() } : undefined;
}

function signatureOf(said: string): string {
  return createHmac("sha256", key()).update(said).digest("base64url").slice(0, 22);
}

function key(): Buffer {
  return once("wrote-key", () => keyFor("wrote-mark"));
}
