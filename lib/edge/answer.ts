// Stands between the handler and the raw response. When the head is due, a plan says whether the answer streams through
// (perhaps packed) or is held back to be finished here; and the front door can answer itself as long as no head is out.
import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import { type Coding, packingStream } from "@/lib/edge/encoding";

export type Plan =
  | { kind: "stream"; coding?: Coding | undefined }
  /** `finish` gets the complete body and answers through `send`. */
  | { kind: "hold"; finish(body: Buffer): Promise<void> };

export interface AnswerOptions {
  /** Decides, having seen status and headers, and sets the headers that are to go out. `length`: of the body, if known. */
  plan(length: number | undefined): Plan;
  /** Bytes that may be held back. */
  heldBytes: number;
  /** A held answer cannot be finished: too large, broken off by the handler, or an error while finishing. */
  onFailure(error: Error): void;
}

export interface Answer {
  /** Bytes of body sent so far, as packed. */
  readonly bytes: number;
  /** Whether status and headers are decided, so that nobody can answer instead. */
  readonly begun: boolean;
  /** Whether the handler's own answer is on its way to the client. */
  readonly streaming: boolean;
  /** Answers in the handler's place; whatever the handler still writes is ignored. Does nothing once the head is out. */
  send(reply: { status: number; headers: OutgoingHttpHeaders; body: Buffer | undefined; keepOpen?: boolean }): void;
  /** Ends an answer sent with `keepOpen`. */
  finish(): void;
}

type Callback = (error?: Error | null) => void;

/** Takes over the writing side of `response`. */
export function takeOver(response: ServerResponse, options: AnswerOptions): Answer {
  const raw = {
    writeHead: response.writeHead.bind(response),
    write: response.write.bind(response),
    end: response.end.bind(response),
    flushHeaders: response.flushHeaders.bind(response),
    destroy: response.destroy.bind(response),
  };
  let plan: Plan | undefined;
  let ended = false;
  let answered = false; // by the front door itself
  let bytes = 0;
  let held: Buffer[] = [];
  let heldBytes = 0;
  let packer: ReturnType<typeof packingStream> | undefined;

  // Node would call `writeHead` on the response, that is, ours below, which sends nothing.
  const openHead = () => {
    if (!response.headersSent) raw.writeHead(response.statusCode);
  };

  const write = (chunk: Buffer, done?: Callback): boolean => {
    openHead();
    bytes += chunk.length;
    return raw.write(chunk, done);
  };

  const end = (last?: Buffer) => {
    const countable = last && ![204, 304].includes(response.statusCode) && !response.hasHeader("transfer-encoding");
    if (countable && !response.headersSent) response.setHeader("Content-Length", last.length);
    openHead();
    bytes += last?.length ?? 0;
    raw.end(last);
  };

  const startPacking = (coding: Coding) => {
    const stream = packingStream(coding);
    stream.on("data", (chunk: Buffer) => write(chunk) || stream.pause());
    stream.on("end", () => end());
    stream.on("drain", () => response.emit("drain"));
    stream.on("error", (error) => raw.destroy(error));
    response.on("drain", () => stream.resume());
    response.once("close", () => stream.destroy());
    // Next calls this after each part that a reader should see at once.
    Object.assign(response, { flush: () => stream.flush() });
    return stream;
  };

  const begin = (length?: number): Plan => {
    if (plan) return plan;
    plan = options.plan(length);
    if (plan.kind === "stream" && plan.coding) packer = startPacking(plan.coding);
    return plan;
  };

  const hold = (chunk: Buffer) => {
    heldBytes += chunk.length;
    if (heldBytes > options.heldBytes)
      options.onFailure(new Error(`An answer is larger than ${options.heldBytes} bytes.`));
    else held.push(chunk);
  };

  response.writeHead = (status: number, ...rest: unknown[]) => {
    if (answered) return response;
    response.statusCode = status;
    if (typeof rest[0] === "string") response.statusMessage = rest[0];
    for (const [name, value] of headerPairs(rest.at(-1))) response.setHeader(name, value);
    return response;
  };
  response.flushHeaders = () => {
    if (answered || begin().kind === "hold") return;
    openHead();
    raw.flushHeaders();
  };
  response.write = (chunk: unknown, encoding?: unknown, done?: unknown) => {
    const callback = callbackOf(encoding, done);
    if (!answered && !ended) {
      const data = bufferOf(chunk, encoding);
      if (begin().kind === "stream") return packer ? packer.write(data, callback) : write(data, callback);
      hold(data);
    }
    if (callback) process.nextTick(callback);
    return true;
  };
  response.end = (chunk?: unknown, encoding?: unknown, done?: unknown) => {
    const callback = callbackOf(chunk, encoding, done);
    if (callback) response.once("finish", callback);
    if (answered || ended) return response;
    const last = chunk == null || typeof chunk === "function" ? undefined : bufferOf(chunk, encoding);
    const chosen = begin(last?.length ?? 0);
    ended = true;
    if (chosen.kind === "hold") {
      if (last) hold(last);
      const body = Buffer.concat(held);
      held = [];
      if (!answered) chosen.finish(body).catch(options.onFailure);
    } else if (packer) {
      packer.end(last);
    } else {
      end(last);
    }
    return response;
  };
  response.destroy = (error?: Error) => {
    if (answered || plan?.kind === "stream") return raw.destroy(error);
    options.onFailure(error ?? new Error("The handler broke its answer off."));
    return response;
  };

  return {
    get bytes() {
      return bytes;
    },
    get begun() {
      return answered || plan?.kind === "stream";
    },
    get streaming() {
      return plan?.kind === "stream";
    },
    send({ status, headers, body, keepOpen }) {
      if (answered || plan?.kind === "stream") return;
      answered = true;
      held = [];
      for (const name of response.getHeaderNames()) response.removeHeader(name);
      response.statusMessage = "";
      raw.writeHead(status, headers);
      if (body) write(body);
      if (!keepOpen) raw.end();
      // A handler that is still at work must not trip over an answer that is out.
      const quiet = () => response;
      Object.assign(response, { setHeader: quiet, appendHeader: quiet, setHeaders: quiet, removeHeader: () => {} });
    },
    finish() {
      raw.end();
    },
  };
}

/** The headers given to `writeHead`: an object, pairs, or names and values in turns. */
function headerPairs(headers: unknown): [string, string | number | readonly string[]][] {
  if (headers === null || typeof headers !== "object") return [];
  const flat = Array.isArray(headers) && !Array.isArray(headers[0]);
  const entries: [unknown, unknown][] = flat
    ? headers.flatMap((name, index): [unknown, unknown][] => (index % 2 === 0 ? [[name, headers[index + 1]]] : []))
    : Array.isArray(headers)
      ? headers
      : Object.entries(headers);
  return entries.flatMap(([name, value]): [string, string | number | readonly string[]][] => {
    if (typeof value === "string" || typeof value === "number") return [[String(name), value]];
    return Array.isArray(value) ? [[String(name), value.map(String)]] : [];
  });
}

function bufferOf(chunk: unknown, encoding: unknown): Buffer {
  if (typeof chunk === "string") {
    return Buffer.from(chunk, typeof encoding === "string" && Buffer.isEncoding(encoding) ? encoding : "utf8");
  }
  if (chunk instanceof Uint8Array) return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  throw new TypeError("A body is made of strings and bytes.");
}

function callbackOf(...candidates: unknown[]): Callback | undefined {
  const found = candidates.find((candidate) => typeof candidate === "function");
  return found ? (error) => Reflect.apply(found, undefined, error ? [error] : []) : undefined;
}
