// Watches a request's body on its way in: counted while it streams, and timed. Nothing is cut silently: whoever sends too
// much or too slowly gets an answer, and the handler's reading ends in an error.
import type { IncomingMessage } from "node:http";

export interface BodyWatch {
  /** Bytes that may come. */
  limit: number;
  /** Time for all of it. */
  withinMs: number;
  onTooLarge(): void;
  onTooSlow(): void;
  /** The last byte is in, wanted or not; at once for a request without body. */
  onComplete(): void;
}

/** Begins to watch. Must be called before the first byte is parsed, that is, synchronously from the `request` event. */
export function watchBody(request: IncomingMessage, watch: BodyWatch): void {
  const push = request.push.bind(request);
  let bytes = 0;
  let refused = false;
  const refuse = (tell: () => void) => {
    refused = true;
    clearTimeout(timer);
    tell();
  };
  const timer = setTimeout(() => refuse(watch.onTooSlow), watch.withinMs);
  request.once("close", () => clearTimeout(timer));

  request.push = (chunk: unknown, encoding?: BufferEncoding) => {
    if (chunk === null) {
      clearTimeout(timer);
      const more = refused || push(null);
      watch.onComplete();
      return more;
    }
    // True lets the parser read on, so that the rest is thrown away and the answer can be seen.
    if (refused) return true;
    bytes += chunk instanceof Uint8Array ? chunk.length : 0;
    if (bytes <= watch.limit) return push(chunk, encoding);
    refuse(watch.onTooLarge);
    return true;
  };
}

/** Whether the request announces a body that has not arrived completely. */
export function hasBodyToCome(request: IncomingMessage): boolean {
  const announced =
    request.headers["transfer-encoding"] !== undefined || Number(request.headers["content-length"] ?? 0) > 0;
  return announced && !request.complete;
}
