// A finished public answer: bytes that are the same for everybody, known as a whole, packed once per coding. What the
// page store will keep; whoever has one can answer with it, whether it was just made or has lain there.
import { createHash } from "node:crypto";
import type { OutgoingHttpHeaders } from "node:http";
import { type Coding, chooseCoding, isCompressible, leastPacked, pack } from "@/lib/edge/encoding";

export interface Page {
  readonly status: number;
  /** Without length, coding, validators and what belongs to one connection. */
  readonly headers: OutgoingHttpHeaders;
  readonly identity: Buffer;
  /** The hash in the strong ETag, without quotes. */
  readonly hash: string;
  readonly compressible: boolean;
  /** The body in a coding; made on first call and kept. */
  packed(coding: Coding): Promise<Buffer>;
}

/** What a reader asked for. */
export interface Asked {
  method: string;
  acceptEncoding: string | undefined;
  ifNoneMatch: string | undefined;
}

export interface Reply {
  status: number;
  headers: OutgoingHttpHeaders;
  /** Undefined: no body (304, HEAD). */
  body: Buffer | undefined;
}

/** Makes a page of a complete answer. */
export function makePage(made: { status: number; headers: OutgoingHttpHeaders; identity: Buffer }): Page {
  const packings = new Map<Coding, Promise<Buffer>>();
  const type = String(made.headers["content-type"] ?? "").split(";", 1)[0] ?? "";
  return {
    ...made,
    // 120 bits: no two versions of a page will ever share a tag.
    hash: createHash("sha256").update(made.identity).digest("base64url").slice(0, 20),
    compressible:
      isCompressible(type.trim().toLowerCase()) &&
      made.identity.length >= leastPacked &&
      made.headers["content-encoding"] === undefined,
    packed(coding) {
      const packing = packings.get(coding) ?? pack(made.identity, coding);
      packings.set(coding, packing);
      return packing;
    },
  };
}

/** The answer to one reader from a page: its coding, a strong ETag, 304 when the reader has it, no body for HEAD. */
export async function replyWith(page: Page, asked: Asked): Promise<Reply> {
  const coding = page.compressible ? chooseCoding(asked.acceptEncoding) : undefined;
  // A tag names bytes, so each coding has its own.
  const etag = `"${page.hash}${coding ? `-${coding}` : ""}"`;
  const headers: OutgoingHttpHeaders = { ...page.headers, etag };
  if (page.status === 200 && matches(asked.ifNoneMatch, etag)) {
    delete headers["content-type"];
    return { status: 304, headers, body: undefined };
  }
  const body = coding ? await page.packed(coding) : page.identity;
  if (coding) headers["content-encoding"] = coding;
  headers["content-length"] = body.length;
  return { status: page.status, headers, body: asked.method === "HEAD" ? undefined : body };
}

/** The weak comparison of If-None-Match (RFC 9110, 13.1.2): proxies that repack mark our tags as weak. */
function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.trim() === "*" || ifNoneMatch.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag);
}
