// The front door's way to the process behind it, which draws pages and writes: one private socket, plain HTTP. What the front door
// knows of a request travels as headers that nobody outside can send.
import { Agent, request as ask, type ClientRequest, type IncomingMessage, type ServerResponse } from "node:http";
import type { Exchange, Handler } from "@/lib/edge/exchange";

/** Of the headers of a request or an answer between the two processes: the visitor's own 16 KiB and what is added. */
export const insideHeaderBytes = 64 * 1024;

/** The headers by which the exchange crosses over, in lower case. */
export const crossing = { id: "x-colloquy-id", nonce: "x-colloquy-nonce", question: "x-colloquy-question" } as const;

/** They say something of one connection, and this is another. */
const ofOneConnection = new Set(
  "connection keep-alive proxy-connection transfer-encoding te trailer upgrade expect date".split(" "),
);

export interface Inside {
  /** Hands requests over. */
  handler: Handler;
  /** Whether the process behind says that it can serve. */
  ready(): Promise<boolean>;
}

/** The way to the process that listens at `socketPath`. */
export function insideAt(socketPath: string): Inside {
  const agent = new Agent({ keepAlive: true });
  const common = { socketPath, agent, maxHeaderSize: insideHeaderBytes };
  return {
    handler: (request, response, exchange) => {
      const headers = headersFor(request, exchange);
      const passed = ask({ ...common, method: request.method, path: request.url, headers });
      return passOn(request, response, passed);
    },
    ready: () =>
      new Promise((resolve, reject) => {
        const asked = ask({ ...common, headers: { host: "inside", [crossing.question]: "ready" } });
        asked.once("error", reject).once("response", (answer) => {
          answer.resume();
          resolve(answer.statusCode === 200);
        });
        asked.end();
      }),
  };
}

/** Names and values in turns, as they came. */
function headersFor({ method, rawHeaders }: IncomingMessage, { id, nonce }: Exchange): string[] {
  const kept = [crossing.id, id, crossing.nonce, nonce];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? "";
    const lower = name.toLowerCase();
    // Who only reads has no body; a length would have the other side wait for one.
    if (ofOneConnection.has(lower) || (method === "GET" && lower === "content-length")) continue;
    kept.push(name, rawHeaders[index + 1] ?? "");
  }
  return kept;
}

/** Body inwards, answer outwards, until both are through or one side is gone. @throws Error when the process behind cannot answer */
function passOn(request: IncomingMessage, response: ServerResponse, passed: ClientRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    let left = false;
    response.once("close", () => {
      left = true;
      passed.destroy();
      resolve();
    });
    passed.once("error", (error) => {
      if (!left) reject(error);
    });
    passed.once("response", (answer) => {
      response.writeHead(answer.statusCode ?? 500, headersOf(answer));
      answer.once("error", (error) => response.destroy(error));
      answer.once("end", resolve);
      answer.pipe(response);
      // Every part that the page sends by itself should be seen by itself, also when it is packed on the way.
      answer.on("data", () => flush(response));
    });
    if (request.method === "GET") {
      passed.end();
      return;
    }
    // A body that is refused on its way ends in an error here and must not arrive there as if it were whole.
    request.once("error", (error) => passed.destroy(error));
    request.pipe(passed);
  });
}

function flush(response: ServerResponse): void {
  if ("flush" in response && typeof response.flush === "function") response.flush();
}

function headersOf({ headersDistinct }: IncomingMessage): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {};
  for (const [name, values = []] of Object.entries(headersDistinct)) {
    if (ofOneConnection.has(name)) continue;
    const [only = "", ...more] = values;
    kept[name] = more.length > 0 ? values : only;
  }
  return kept;
}
