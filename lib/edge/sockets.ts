// The connections themselves: how many there may be in all and from one network, and what they get that do not speak
// HTTP as they should (R8, R9).
import { type IncomingMessage, type Server, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { isInNetworks, type Networks, networkOf } from "@/lib/edge/addresses";
import type { FrontDoorLimits } from "@/lib/edge/limits";
import { type Refusal, tooSlow } from "@/lib/edge/refusal";

export interface Sockets {
  readonly all: ReadonlySet<Socket>;
}

/** Counts the server's connections and closes those beyond the limits at once. Trusted proxies bring many people. */
export function countSockets(server: Server, limits: FrontDoorLimits, trusted: Networks): Sockets {
  const all = new Set<Socket>();
  const perNetwork = new Map<string, number>();
  server.maxConnections = limits.sockets;
  server.on("connection", (socket) => {
    all.add(socket);
    const network = isInNetworks(socket.remoteAddress, trusted) ? undefined : networkOf(socket.remoteAddress ?? "");
    const count = (by: number) => {
      if (network === undefined) return 0;
      const now = (perNetwork.get(network) ?? 0) + by;
      if (now > 0) perNetwork.set(network, now);
      else perNetwork.delete(network);
      return now;
    };
    socket.once("close", () => {
      all.delete(socket);
      count(-1);
    });
    if (count(1) > limits.socketsPerNetwork) socket.destroy();
  });
  return { all };
}

/**
 * What an error of Node's parser or its clock means for the one who sent the request.
 * @param packet what could not be read: Node calls everything that is no HTTP an invalid method
 */
export function refusalForError(code: string | undefined, packet: Buffer | undefined): Refusal {
  if (code === "HPE_HEADER_OVERFLOW") {
    return {
      status: 431,
      problem: "The headers of the request are too long.",
      advice: "Delete this site's cookies in your browser and try again.",
    };
  }
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return tooSlow;
  if (code === "HPE_INVALID_METHOD" && /^[A-Z-]{1,30} \//.test(packet?.toString("latin1", 0, 40) ?? "")) {
    return unknownMethod;
  }
  return { status: 400, problem: "What was sent is no request that can be read.", advice: "Please try again." };
}

export const unknownMethod: Refusal = {
  status: 405,
  problem: "This site does not know that kind of request.",
  advice: "Possible are GET, HEAD, POST, OPTIONS.",
  headers: { Allow: "GET, HEAD, POST, OPTIONS" },
};

/** Upgrades: there are none. */
export const noUpgrade: Refusal = {
  status: 400,
  problem: "This site speaks plain HTTP only.",
  advice: "Send the request without asking for another protocol.",
};

/** Answers on a bare socket, then closes it, leaving the client `lingerMs` to read. */
export function answerOnSocket(
  socket: Duplex,
  answer: { status: number; headers: Record<string, string>; body: string },
  lingerMs: number,
): void {
  const headers = { ...answer.headers, "Content-Length": String(Buffer.byteLength(answer.body)), Connection: "close" };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.on("error", () => socket.destroy());
  socket.end(`HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}\r\n${lines.join("")}\r\n${answer.body}`);
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  socket.once("end", () => socket.destroy());
  socket.once("close", () => clearTimeout(timer));
  socket.resume();
}

export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
