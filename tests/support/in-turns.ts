// What stands before the instances when the stories run on several (R93): a balancer that hands requests to them strictly in turns,
// each request and not each connection, so that no two in a row reach the same one. No balancer of the world is as unkind.
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";

/** A header by which a test says which instance it means. */
const instanceHeader = "x-test-instance";

/** How many instances the stories run on: `INSTANCES`, 1 unless said otherwise. */
export function instanceCount(): number {
  return Number(process.env.INSTANCES ?? 1);
}

/** For each instance of the site the headers that reach it and no other. */
export function eachInstance(): Record<string, string>[] {
  const count = instanceCount();
  return count > 1 ? Array.from({ length: count }, (_, at) => ({ [instanceHeader]: String(at) })) : [{}];
}

/** Lines about the connection itself, which end here. */
const ofTheConnection = /^(connection|keep-alive|proxy-connection|transfer-encoding|upgrade)$/i;

interface Turns {
  /** How many requests each instance got. */
  counts(): readonly number[];
  /** Answers that say that an instance could not: "503 POST /articles/…". On instances in good health there is none. */
  faults(): readonly string[];
  close(): Promise<void>;
}

/** Listens on `port` of this machine, before the instances that listen on `ports`. */
export async function takeTurns(port: number, ports: readonly number[]): Promise<Turns> {
  const counts = ports.map(() => 0);
  const faults: string[] = [];
  let turn = 0;
  const server = createServer((incoming, answer) => {
    const meant = incoming.headers[instanceHeader];
    const at = meant === undefined ? turn : Number(meant);
    if (meant === undefined) turn = (turn + 1) % ports.length;
    counts[at] = (counts[at] ?? 0) + 1;
    passOn(incoming, answer, ports[at] ?? 0, (status) => faults.push(`${status} ${incoming.method} ${incoming.url}`));
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "localhost", resolve));
  return {
    counts: () => counts,
    faults: () => faults,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function passOn(
  incoming: IncomingMessage,
  answer: ServerResponse,
  port: number,
  onFault: (status: number) => void,
): void {
  const { method, url, rawHeaders, socket } = incoming;
  const headers = [...withoutConnection(rawHeaders), "X-Forwarded-For", socket.remoteAddress ?? ""];
  if (incoming.headers["transfer-encoding"] !== undefined) headers.push("Transfer-Encoding", "chunked");
  // A connection for each request: one that is kept may be closed by the other side just when it is wanted.
  const onward = request({ host: "127.0.0.1", port, method, path: url, headers, agent: false });
  onward.on("response", (back) => {
    const { statusCode = 502, statusMessage } = back;
    if (statusCode >= 500) onFault(statusCode);
    answer.writeHead(statusCode, statusMessage, withoutConnection(back.rawHeaders));
    back.on("error", () => answer.destroy());
    back.pipe(answer);
  });
  onward.on("error", () => {
    if (answer.destroyed) return;
    if (answer.headersSent) return answer.destroy();
    onFault(502);
    answer.writeHead(502).end();
  });
  // Who goes away in the middle is gone for the instance as well.
  answer.on("close", () => onward.destroy());
  incoming.pipe(onward);
}

function withoutConnection(raw: readonly string[]): string[] {
  return raw.filter((_, at) => !ofTheConnection.test(raw[at - (at % 2)] ?? ""));
}
