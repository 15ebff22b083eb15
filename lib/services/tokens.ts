// The secrets that people without an account hold, and their hashes. Made here, signed and read as cookies in `lib/web`.
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { keyFor } from "@/lib/env";

/** 128 bits: nobody guesses it. */
const tokenBytes = 16;

export function sha256(value: string | Uint8Array): Buffer {
  return createHash("sha256").update(value).digest();
}

/** A keyed hash for one purpose, over parts that cannot run into each other. */
export function keyedHash(purpose: string, ...parts: string[]): Buffer {
  return createHmac("sha256", keyFor(purpose)).update(JSON.stringify(parts)).digest();
}

/**
 * The token of a new visitor. With the key of their request it is the same when the request comes again, so that the browser
 * which lost the first answer still gets what belongs to it.
 */
export function newVisitorToken(requestKey: Uint8Array | undefined): string {
  const bytes = requestKey
    ? keyedHash("visitor-token", Buffer.from(requestKey).toString("hex"))
    : randomBytes(tokenBytes);
  return bytes.subarray(0, tokenBytes).toString("base64url");
}

/** What the poster of a comment may show later, instead of a cookie, to edit or delete it. Derived, so nothing is stored. */
export function editTokenOf(commentId: string): string {
  return keyedHash("edit-token", commentId).subarray(0, tokenBytes).toString("base64url");
}

/** Whether `token` is the comment's edit token; takes the same time for every wrong one. */
export function editTokenMatches(commentId: string, token: string | undefined): boolean {
  if (!token) return false;
  return timingSafeEqual(sha256(editTokenOf(commentId)), sha256(token));
}
