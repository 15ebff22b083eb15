import "server-only";
// The signed cookie of someone without an account.
import { createHmac, timingSafeEqual } from "node:crypto";
import { keyFor } from "@/lib/env";
import { keepCookie, readCookie, year } from "@/lib/web/cookies";

const name = "visitor";

function signatureOf(token: string): Buffer {
  return createHmac("sha256", keyFor("visitor-cookie")).update(token).digest();
}

/** The visitor's token, when the request carries one that we signed. */
export async function visitorTokenOfRequest(): Promise<string | undefined> {
  const [token, signature, ...rest] = ((await readCookie(name)) ?? "").split(".");
  if (!token || !signature || rest.length > 0 || !/^[\w-]{22}$/.test(token) || !/^[\w-]{43}$/.test(signature)) return;
  return timingSafeEqual(Buffer.from(signature, "base64url"), signatureOf(token)) ? token : undefined;
}

/** Gives the browser this token to keep; every use starts its year anew. */
export function keepVisitorToken(token: string): Promise<void> {
  return keepCookie(name, `${token}.${signatureOf(token).toString("base64url")}`, year);
}
