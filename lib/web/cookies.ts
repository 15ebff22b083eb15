import "server-only";
// How this site's cookies are named and kept: bound to the origin and out of scripts' reach, but for one small hint.
import { cookies } from "next/headers";
import { env } from "@/lib/env";

/** Readable by script: "1" when `/api/v1/me` has something to say. */
const hintName = "colloquy-hint";

/** A year, in seconds: for what belongs to a browser and not to a log-in. */
export const year = 365 * 24 * 3600;

function secure(): boolean {
  return env().publicOrigin.startsWith("https:");
}

/** The full name of one of our cookies: with `__Host-` where the site has https. */
export function cookieName(name: string): string {
  return secure() ? `__Host-colloquy-${name}` : `colloquy-${name}`;
}

/** What the request carries under one of our names. */
export async function readCookie(name: string): Promise<string | undefined> {
  return (await cookies()).get(cookieName(name))?.value;
}

/** Gives the browser a value to keep for `maxAge` seconds, and the hint that there is something to ask for. */
export async function keepCookie(name: string, value: string, maxAge: number): Promise<void> {
  const jar = await cookies();
  const common = { path: "/", sameSite: "lax", secure: secure() } as const;
  jar.set(cookieName(name), value, { ...common, maxAge, httpOnly: true });
  jar.set(hintName, "1", { ...common, maxAge: year });
}

/** Takes a value from the browser. */
export async function dropCookie(name: string): Promise<void> {
  (await cookies()).set(cookieName(name), "", {
    path: "/",
    sameSite: "lax",
    secure: secure(),
    maxAge: 0,
    httpOnly: true,
  });
}
