import "server-only";
// The cookies of a log-in: the session's token, and the token by which a browser is known again. next-auth reads and writes the same
// session cookie (lib/web/auth).
import { randomBytes } from "node:crypto";
import Bowser from "bowser";
import { headers } from "next/headers";
import { currentExchange } from "@/lib/edge/exchange";
import type { Browser, StartedSession } from "@/lib/services/start-session";
import { dropCookie, keepCookie, readCookie, year } from "@/lib/web/cookies";

const sessionName = "session";
const deviceName = "device";

/** The session's token, when the request carries what could be one. */
export async function sessionTokenOfRequest(): Promise<string | undefined> {
  const token = await readCookie(sessionName);
  return token !== undefined && /^[\w-]{43}$/.test(token) ? token : undefined;
}

/** This browser: what it says of itself, and its device token or a new one. */
export async function browserOfRequest(): Promise<Browser> {
  const token = await readCookie(deviceName);
  const deviceToken = token !== undefined && /^[\w-]{22}$/.test(token) ? token : randomBytes(16).toString("base64url");
  return { device: deviceOf((await headers()).get("user-agent") ?? ""), deviceToken };
}

/** Gives the browser its log-in to keep. */
export async function keepSession(started: StartedSession, browser: Browser): Promise<void> {
  await keepCookie(sessionName, started.sessionToken, started.maxAge);
  await keepBrowser(browser);
}

/** The session goes on under another token. */
export function renewSession(started: StartedSession): Promise<void> {
  return keepCookie(sessionName, started.sessionToken, started.maxAge);
}

/** Lets the browser be known again: by the link that confirms its address, and when others guess at the password. */
export function keepBrowser(browser: Browser): Promise<void> {
  return keepCookie(deviceName, browser.deviceToken, year);
}

/** Takes the log-in from the browser; it stays a known one. */
export function dropSession(): Promise<void> {
  // What this browser kept of pages that were one person's goes too (R15); their drafts and their anonymous self stay.
  currentExchange()?.response.setHeader("Clear-Site-Data", '"cache"');
  return dropCookie(sessionName);
}

/** "Firefox on Linux"; what a browser says can be anything, so it is cut. */
function deviceOf(userAgent: string): string {
  if (userAgent === "") return "An unknown browser";
  const { browser, os } = Bowser.parse(userAgent.slice(0, 500));
  const named = [browser.name ?? "A browser", os.name].filter(Boolean).join(" on ");
  return named.replace(/\p{Cc}/gu, "").slice(0, 100);
}
