// A finished public answer: bytes that are the same for everybody, known as a whole, packed once per coding, and once more as small
// as can be when they have proved to stay. The page store keeps them; whoever has one can answer with it, whether it was just made
// or has lain there.
import { createHash } from "node:crypto";
import type { OutgoingHttpHeaders } from "node:http";
import { packBestLater } from "@/lib/edge/best-packing";
import { isForEver } from "@/lib/edge/cache-control";
import { type Coding, chooseCoding, isCompressible, leastPacked, pack, packBest } from "@/lib/edge/encoding";

/** A page that was not drawn anew for so long, and is read, has settled: it is worth the best packing. Milliseconds. */
export const settledAfter = 5_000;

/** Files that never change are packed as small as can be before their first reader gets them, if that takes a tenth of a second. Bytes. */
const bestAtOnce = 64 * 1024;

export interface Page {
  readonly status: number;
  /** Without length, coding, validators and what belongs to one connection. */
  readonly headers: OutgoingHttpHeaders;
  readonly identity: Buffer;
  /** The hash in the strong ETag, without quotes. */
  readonly hash: string;
  readonly compressible: boolean;
  /** What has been made so far. */
  readonly made: ReadonlyMap<Coding | undefined, Variant>;
  /** What to send in a coding; its body is made on first call and kept. */
  packed(coding: Coding): Promise<Variant>;
  /** The same, if its body has been made; undefined: `packed` it first. */
  ready(coding: Coding | undefined): Variant | undefined;
  /** Since when it has been the same bytes, in milliseconds of the clock. */
  readonly since: number;
  /** Takes over the packings of an earlier drawing, when it was of the same bytes. */
  inherit(before: Page): void;
}

/** One coding of a page, down to its header lines. */
export interface Variant {
  readonly etag: string;
  readonly body: Buffer;
  /** Names and values in turns, as `writeHead` takes them. */
  readonly headers: readonly string[];
  /** The same for 304. */
  readonly notModified: readonly string[];
  /** As small as can be. */
  readonly best: boolean;
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
  /** Told when a packing adds to the memory that the page takes, or spares some. */
  onGrown?: (bytes: number) => void;
}

/** Makes a page of a complete answer. */
export function makePage({ status, headers, identity, onGrown }: Made): Page {
  const packings = new Map<Coding, Promise<Variant>>();
  const variants = new Map<Coding | undefined, Variant>();
  let since = Date.now();
  const type = String(headers["content-type"] ?? "").split(";", 1)[0] ?? "";
  // 120 bits: no two versions of a page will ever share a tag.
  const hash = createHash("sha256").update(identity).digest("base64url").slice(0, 20);
  const lasts = isForEver(headers["cache-control"]) && identity.length <= bestAtOnce;
  let asked = false; // for the best packing
  const keep = (coding: Coding | undefined, body: Buffer, best = false): Variant => {
    const before = variants.get(coding);
    const variant = variantOf({ headers, hash, coding, body, best });
    variants.set(coding, variant);
    if (coding) onGrown?.(body.length - (before?.body.length ?? 0));
    return variant;
  };
  const make = async (coding: Coding): Promise<Variant> => {
    const best = lasts && coding === "br";
    return keep(coding, await (best ? packBest(identity) : pack(identity, coding)), best);
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
    made: variants,
    get since() {
      return since;
    },
    packed(coding) {
      const made = variants.get(coding);
      if (made) return Promise.resolve(made);
      const packing = packings.get(coding) ?? make(coding).finally(() => packings.delete(coding));
      packings.set(coding, packing);
      return packing;
    },
    ready(coding) {
      const variant = variants.get(coding) ?? (coding === undefined ? keep(undefined, identity) : undefined);
      if (coding === "br" && variant?.best === false && !asked && Date.now() - since > settledAfter) {
        asked = packBestLater(identity, (body) => keep("br", body, true));
      }
      return variant;
    },
    inherit(before) {
      if (before.hash !== hash) return;
      since = before.since;
      for (const [coding, { body, best }] of before.made) if (coding && !variants.has(coding)) keep(coding, body, best);
    },
  };
}

function codingFor(page: Page, acceptEncoding: string | undefined): Coding | undefined {
  return page.compressible ? chooseCoding(acceptEncoding) : undefined;
}

/** The answer to one reader from a page: its coding, a strong ETag, 304 when the reader has it, no body for HEAD. */
export async function replyWith(page: Page, asked: Asked): Promise<Reply> {
  const coding = codingFor(page, asked.acceptEncoding);
  const ready = page.ready(coding);
  const headers: OutgoingHttpHeaders = { ...page.headers, etag: ready?.etag ?? tagOf(page.hash, coding) };
  if (page.status === 200 && matches(asked.ifNoneMatch, String(headers.etag))) {
    delete headers["content-type"];
    return { status: 304, headers, body: undefined };
  }
  const { etag, body } = ready ?? (coding ? await page.packed(coding) : { etag: headers.etag, body: page.identity });
  headers.etag = etag;
  if (coding) headers["content-encoding"] = coding;
  headers["content-length"] = body.length;
  return { status: page.status, headers, body: asked.method === "HEAD" ? undefined : body };
}

/**
 * The weak comparison of If-None-Match (RFC 9110, 13.1.2): proxies that repack mark our tags as weak, and both ways in which we pack with
 * brotli are the same text.
 */
export function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const same = (tag: string) => tag.replace(/^W\//, "").replace(bestTag, '-br"');
  return ifNoneMatch.trim() === "*" || ifNoneMatch.split(",").some((tag) => same(tag.trim()) === same(etag));
}

const bestTag = /-br11"$/;

/** A tag names bytes, so each packing has its own. */
function tagOf(hash: string, coding: Coding | undefined, best = false): string {
  return `"${hash}${coding ? `-${coding}` : ""}${best ? "11" : ""}"`;
}

function variantOf(of: {
  headers: OutgoingHttpHeaders;
  hash: string;
  coding: Coding | undefined;
  body: Buffer;
  best: boolean;
}): Variant {
  const { headers, hash, coding, body, best } = of;
  const etag = tagOf(hash, coding, best);
  const lines = (left: string[]) =>
    Object.entries(headers).flatMap(([name, value]) => {
      if (value === undefined || left.includes(name)) return [];
      return (Array.isArray(value) ? value : [value]).flatMap((one) => [name, String(one)]);
    });
  return {
    ...{ etag, body, best },
    headers: [
      ...lines([]),
      ...["etag", etag],
      ...(coding ? ["content-encoding", coding] : []),
      ...["content-length", String(body.length)],
    ],
    notModified: [...lines(["content-type"]), "etag", etag],
  };
}
