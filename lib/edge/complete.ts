// What a complete answer of Next becomes: a document, a page, or a refusal of ours in place of a page that would be blank.
import type { Fate } from "@/lib/edge/answer-plan";
import { needsScripts, toDocument } from "@/lib/edge/document";
import { formOutdated, notFound, type Refusal, serverBusy, serverFailed } from "@/lib/edge/refusal";

export type Complete =
  | { kind: "body"; body: Buffer; storable: boolean; waitsForScripts: boolean }
  | { kind: "refusal"; refusal: Refusal };

/** Finishes an answer that was held back. */
export function complete(fate: Exclude<Fate, { kind: "stream" }>, status: number, body: Buffer): Complete {
  if (fate.kind === "replace") {
    return { kind: "refusal", refusal: status === 503 ? serverBusy : { ...serverFailed, status } };
  }
  if (fate.kind === "outdated") return { kind: "refusal", refusal: formOutdated };
  // What Next sends for `notFound()`: an empty body that only its scripts would fill.
  if (status >= 400 && body.includes('<html id="__next_error__"')) {
    return { kind: "refusal", refusal: { ...notFound, status } };
  }
  const storable = fate.kind === "page" && fate.storable;
  if (fate.kind === "inspect" || !fate.document) return { kind: "body", body, storable, waitsForScripts: false };
  const html = body.toString("utf8");
  const document = Buffer.from(toDocument(html));
  return { kind: "body", body: document, storable, waitsForScripts: needsScripts(html) };
}

const ofOneConnection = ["content-length", "transfer-encoding", "connection", "date", "etag"];
/** Promises of Next's about its files: a kept page is sent whole, and known by its tag. */
const ofFiles = ["accept-ranges", "last-modified"];

/** The headers of a finished answer that belong to its page. */
export function pageHeaders<Headers extends Record<string, unknown>>(headers: Headers): Headers {
  const kept = { ...headers };
  for (const name of [...ofOneConnection, ...ofFiles]) delete kept[name];
  return kept;
}
