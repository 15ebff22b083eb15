// A finished public answer: bytes that are the same for everybody, known as a whole, packed once per coding. The page
// store keeps them; whoever has one can answer with it, whether it was just made or has lain there.
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
  /** What to send in a coding, if its body has been made; undefined: `packed` it first. */
  ready(coding: Coding | undefined): Variant | undefined;
}

/** One coding of a page, down to its header lines. */
export interface Variant {
  readonly etag: string;
  readonly body: Buffer;
  /** Names and values in turns, as `writeHead` takes them. */
  readonly headers: readonly string[];
  /** The same for 304. */
  readonly notModified: readonly string[];
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

interface Made {
  status: number;
  headers: OutgoingHttpHeaders;
  identity: Buffer;
  /** Told when a packing adds to the memory that the page takes. */
  onGrown?: (bytes: number) => void;
}

/** Makes a page of a complete answer. */
export function makePage({ status, headers, identity, onGrown }: Made): Page {
  const packings = new Map<Coding, Promise<Buffer>>();
  const variants = new Map<Coding | undefined, Variant>();
  const type = String(headers["content-type"] ?? "").split(";", 1)[0] ?? "";
  // 120 bits: no two versions of a page will ever share a tag.
  const hash = createHash("sha256").update(identity).digest("base64url").slice(0, 20);
  const keep = (coding: Coding | undefined, body: Buffer): Variant => {
    const variant = variantOf({ headers, hash, coding, body });
    variants.set(coding, variant);
    return variant;
  };
  return {
    status,
    headers,
    identity,
    hash,
    compressible:
      isCompressible(type.trim().toLowerCase()) &&
      identity.length >= leastPacked &&
      headers["content-encoding"] === undefined,
    packed(coding) {
      const begun = packings.get(coding);
      if (begun) return begun;
      const packing = pack(identity, coding).then((body) => {
        keep(coding, body);
        onGrown?.(body.length);
        return body;
      });
      packings.set(coding, packing);
      return packing;
    },
    ready: (coding) => variants.get(coding) ?? (coding === undefined ? keep(undefined, identity) : undefined),
  };
}

function codingFor(page: Page, acceptEncoding: string | undefined): Coding | undefined {
  return page.compressible ? chooseCoding(acceptEncoding) : undefined;
}

/** The answer to one reader from a page: its coding, a strong ETag, 304 when the reader has it, no body for HEAD. */
export async function replyWith(page: Page, asked: Asked): Promise<Reply> {
  const coding = codingFor(page, asked.acceptEncoding);
  const etag = tagOf(page.hash, coding);
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
export function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.trim() === "*" || ifNoneMatch.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag);
}

/** A tag names bytes, so each coding has its own. */
function tagOf(hash: string, coding: Coding | undefined): string {
  return `"${hash}${coding ? `-${coding}` : ""}"`;
}

function variantOf(of: {
  headers: OutgoingHttpHeaders;
  hash: string;
  coding: Coding | undefined;
  body: Buffer;
}): Variant {
  const { headers, hash, coding, body } = of;
  const etag = tagOf(hash, coding);
  const lines = (left: string[]) =>
    Object.entries(headers).flatMap(([name, value]) => {
      if (value === undefined || left.includes(name)) return [];
      return (Array.isArray(value) ? value : [value]).flatMap((one) => [name, String(one)]);
    });
  return {
    etag,
    body,
    headers: [
      ...lines([]),
      ...["etag", etag],
      ...(coding ? ["content-encoding", coding] : []),
      ...["content-length", String(body.length)],
    ],
    notModified: [...lines(["content-type"]), "etag", etag],
  };
}
