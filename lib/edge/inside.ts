// The process behind the front door, as the front door meets it: an HTTP server on a private socket that believes what it is told
// about each request, because nobody else can reach it.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { inThisProcess } from "@/lib/edge/exchange";
import { crossing, insideHeaderBytes } from "@/lib/edge/pass-inside";

interface InsideOptions {
  /** Next's request handler. */
  handler: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Whether this process can serve. */
  ready: () => Promise<boolean>;
  /** Told when the handler failed, with the request's reference. */
  onFailure(error: unknown, id: string): void;
}

/** Makes the server; the caller listens where only the front door can come. */
export function createInside({ handler, ready, onFailure }: InsideOptions): Server {
  const answer = inThisProcess(handler);
  const server = createServer({
    maxHeaderSize: insideHeaderBytes,
    // The front door keeps the time, and opens and closes connections as it likes.
    headersTimeout: 0,
    requestTimeout: 0,
    keepAliveTimeout: 0,
  });
  server.maxHeadersCount = 0;
  server.on("request", (request, response) => {
    if (request.headers[crossing.question] !== undefined) {
      ready().then(
        (isReady) => response.writeHead(isReady ? 200 : 503).end(),
        () => response.writeHead(503).end(),
      );
      return;
    }
    const id = take(request, crossing.id);
    const nonce = take(request, crossing.nonce);
    const address = request.headers["x-forwarded-for"]?.toString() ?? "";
    answer(request, response, { id, address, nonce, response }).catch((error: unknown) => {
      if (!response.destroyed) onFailure(error, id);
      response.destroy();
    });
  });
  return server;
}

/** Reads a header and takes it away, so that nothing behind sees it. */
function take(request: IncomingMessage, name: string): string {
  const value = request.headers[name]?.toString() ?? "";
  delete request.headers[name];
  delete request.headersDistinct[name];
  const at = request.rawHeaders.indexOf(name);
  if (at >= 0) request.rawHeaders.splice(at, 2);
  return value;
}
