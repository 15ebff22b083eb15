// A front door on a free port for tests, and clients that may misbehave.
import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { expect, onTestFinished } from "vitest";
import { inThisProcess } from "@/lib/edge/exchange";
import { createFrontDoor, type FrontDoor, type FrontDoorOptions } from "@/lib/edge/front-door";

export interface TestDoor extends FrontDoor {
  port: number;
  /** What was logged so far. */
  logged: Record<string, unknown>[];
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

export const publicOrigin = "https://talk.example.org";

/** Starts a front door before `handler`; it is closed when the test ends. */
export async function openDoor(handler: Handler, options: Partial<FrontDoorOptions> = {}): Promise<TestDoor> {
  const logged: Record<string, unknown>[] = [];
  const door = createFrontDoor({
    handler: inThisProcess(async (incoming, response) => handler(incoming, response)),
    publicOrigin,
    trustedProxies: [],
    ready: async () => true,
    log: (record) => logged.push(record),
    ...options,
  });
  await new Promise<void>((resolve) => door.server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => door.close(0));
  return { ...door, port: (door.server.address() as AddressInfo).port, logged };
}

export interface Got {
  status: number;
  headers: IncomingMessage["headers"];
  body: string;
  bytes: Buffer;
}

export interface Ask {
  method?: string;
  path?: string;
  headers?: Record<string, string | string[]>;
  body?: string | Buffer;
}

/** An ordinary request, with the right Host and, for changes, the right Origin unless told otherwise. */
export async function ask(port: number, { method = "GET", path = "/", headers = {}, body }: Ask = {}): Promise<Got> {
  const changes = !["GET", "HEAD", "OPTIONS"].includes(method);
  const all = { host: "talk.example.org", ...(changes && { origin: publicOrigin }), ...headers };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request({ port, host: "127.0.0.1", method, path, headers: all, agent: false }, resolve);
    sent.on("error", reject);
    sent.end(body);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(Buffer.from(chunk));
  const bytes = Buffer.concat(chunks);
  return { status: response.statusCode ?? 0, headers: response.headers, body: bytes.toString(), bytes };
}

/** A socket that says `words` and no more. */
export function open(port: number, words = ""): Socket {
  const socket = connect(port, "127.0.0.1");
  onTestFinished(() => {
    socket.destroy();
  });
  socket.on("error", () => {});
  if (words) socket.write(words);
  return socket;
}

/** Says `words` on a fresh socket and returns everything that comes until the server closes it. */
export async function say(port: number, words: string): Promise<string> {
  return hear(open(port, words));
}

/** Everything that still comes on `socket` until it is closed. */
export async function hear(socket: Socket): Promise<string> {
  return text(socket).catch((error: Error) => `(${error.message})`);
}

/** The status of an answer as it came over the wire. */
export function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? 0);
}

/** Reads a request's body to its end. */
export async function bodyOf(incoming: IncomingMessage): Promise<string> {
  return text(incoming);
}

/** Waits until what `read` returns is as expected; on a busy machine that takes a while. */
export function soon<T>(read: () => T) {
  return expect.poll(read, { timeout: 10_000 });
}

/** How many connections the door holds. */
export function connections(door: FrontDoor): Promise<number> {
  return new Promise((resolve, reject) =>
    door.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );
}
