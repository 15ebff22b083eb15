import "server-only";
// The signed cookie of someone without an account, and the small readable one that tells the script there is something to ask for.
import { createHmac, timingSafeEqual } from "node:crypto";
import { cookies } from "next/headers";
import { env, keyFor } from "@/lib/env";

/** A year, in seconds; every use starts it anew. */
const maxAge = 365 * 24 * 3600;

/** Readable by script: "1" when `/api/v1/me` has something to say. */
const hintName = "colloquy-hint";

function secure(): boolean {
  return env().publicOrigin.startsWith("https:");
}

function cookieName(): string {
  return secure() ? "__Host-colloquy-visitor" : "colloquy-visitor";
}

function signatureOf(token: string): Buffer {
  return createHmac("sha256", keyFor("visitor-cookie")).update(token).digest();
}

/** The visitor's token, when the request carries one that we signed. */
export async function visitorTokenOfRequest(): Promise<string | undefined> {
  const [token, signature, ...rest] = ((await cookies()).get(cookieName())?.value ?? "").split(".");
  if (!token || !signature || rest.length > 0 || !/^[\w-]{22}$/.test(token) || !/^[\w-]{43}$/.test(signature)) return;
  return timingSafeEqual(Buffer.from(signature, "base64url"), signatureOf(token)) ? token : undefined;
}

/** Gives the browser this token to keep. */
export async function keepVisitorToken(token: string): Promise<void> {
  const jar = await cookies();
  const common = { path: "/", sameSite: "lax", secure: secure(), maxAge } as const;
  jar.set(cookieName(), `${token}.${signatureOf(token).toString("base64url")}`, { ...common, httpOnly: true });
  jar.set(hintName, "1", common);
}
