// Packing answers for the way: which coding the client wants (RFC 9110, 12.5.3), which types are worth it, and how.
import { promisify } from "node:util";
import {
  type BrotliCompress,
  brotliCompress,
  constants,
  createBrotliCompress,
  createGzip,
  type Gzip,
  gzip,
} from "node:zlib";

export type Coding = "br" | "gzip";

/** Below this many bytes packing saves less than its headers cost. */
export const leastPacked = 1_024;

/** Brotli's sweet spot: a fifth smaller than gzip on our pages at about the same time (`performance.md`). */
const pageQuality = 5;
/** An eighth smaller still, at thirty times the work: 0.3 s for an article with 100 comments. */
const bestQuality = 11;
/** Streams are packed anew for every reader, so a little cheaper. */
const streamQuality = 4;

const ours: readonly Coding[] = ["br", "gzip"];
const weightForm = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/;
const textual =
  /^(?:text\/(?!event-stream)|application\/(?:json|javascript|manifest\+json|xml|wasm|[\w.-]+\+(?:json|xml))$|image\/svg\+xml$)/;

/** Whether bodies of this media type (without parameters) shrink when packed. */
export function isCompressible(type: string): boolean {
  return textual.test(type);
}

/**
 * The coding to use for a client, or undefined for none. Of two that it likes equally the smaller one, brotli.
 * @param accepted the Accept-Encoding header; entries that are malformed count as not there
 */
export function chooseCoding(accepted: string | undefined): Coding | undefined {
  const weights = new Map<string, number>();
  for (const entry of (accepted ?? "").toLowerCase().split(",", 50)) {
    const [name = "", ...parameters] = entry.split(";").map((part) => part.trim());
    const weight = parameters.length === 0 ? "1" : /^q\s*=\s*(.*)$/.exec(parameters.join(";"))?.[1];
    if (name && weight !== undefined && weightForm.test(weight)) {
      weights.set(name === "x-gzip" ? "gzip" : name, Number(weight));
    }
  }
  const weightOf = (coding: string) => weights.get(coding) ?? weights.get("*") ?? 0;
  let best: Coding | undefined;
  for (const coding of ours) {
    if (weightOf(coding) > (best ? weightOf(best) : 0)) best = coding;
  }
  return best && weightOf(best) >= (weights.get("identity") ?? 0) ? best : undefined;
}

const brotli = promisify(brotliCompress);

/** Packs a finished body, off the main thread, while somebody waits for it. */
export async function pack(body: Buffer, coding: Coding): Promise<Buffer> {
  if (coding === "gzip") return promisify(gzip)(body, { level: constants.Z_DEFAULT_COMPRESSION });
  return brotli(body, { params: textOf(body, pageQuality) });
}

/** Packs a finished body as small as brotli can, off the main thread. For what stays: half a second for 200 KB. */
export async function packBest(body: Buffer): Promise<Buffer> {
  // A window no wider than the body packs as well and takes a fraction of the memory.
  const window = Math.ceil(Math.log2(body.length + 16));
  const bounded = Math.min(constants.BROTLI_DEFAULT_WINDOW, Math.max(constants.BROTLI_MIN_WINDOW_BITS, window));
  return brotli(body, { params: { ...textOf(body, bestQuality), [constants.BROTLI_PARAM_LGWIN]: bounded } });
}

function textOf(body: Buffer, quality: number): Record<number, number> {
  return {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_QUALITY]: quality,
    [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
  };
}

/** A stream that packs what is not known as a whole. */
export function packingStream(coding: Coding): Gzip | BrotliCompress {
  if (coding === "gzip") return createGzip();
  return createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: streamQuality } });
}

/** The Vary header with `field` among its fields. */
export function withVary(present: string | undefined, field: string): string {
  const fields = (present ?? "").split(",").map((part) => part.trim());
  if (fields.includes("*")) return "*";
  const has = fields.some((other) => other.toLowerCase() === field.toLowerCase());
  return [...fields, ...(has ? [] : [field])].filter(Boolean).join(", ");
}
