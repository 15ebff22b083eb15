// The HTTP server in front of Next: who may come in, what Next gets to read, and what goes out (R4-R12, R14, R16-R18, R90,
// R91). Knows HTTP and nothing of articles.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { parseNetworks } from "@/lib/edge/addresses";
import { drawPage } from "@/lib/edge/draw-page";
import type { Handler } from "@/lib/edge/exchange";
import { FirstAnswers } from "@/lib/edge/first-answers";
import { FreshPages } from "@/lib/edge/fresh-pages";
import { createHealth, isHealthPath, mayAskHealth } from "@/lib/edge/health";
import { defaultLimits, developmentLimits, type FrontDoorLimits } from "@/lib/edge/limits";
import { PageStore, type PageStoreLimits } from "@/lib/edge/page-store";
import { newReference, plainHeaders, plainPage } from "@/lib/edge/plain-page";
import { listenForPurges, purgesOf } from "@/lib/edge/purge-pages";
import type { Refusal } from "@/lib/edge/refusal";
import { headerLines, methodRefusal } from "@/lib/edge/request-rules";
import { securityHeaders } from "@/lib/edge/security-headers";
import {
  answerOnSocket,
  countSockets,
  noUpgrade,
  refusalForError,
  type UpgradeHandler,
  unknownMethod,
} from "@/lib/edge/sockets";
import { answerAtOnce } from "@/lib/edge/stored-read";
import { Visit } from "@/lib/edge/visit";
import type { VisitContext } from "@/lib/edge/visit-context";

export interface FrontDoorOptions {
  /** Answers what is let in. */
  handler: Handler;
  /** Like `https://talk.example.org`, without a trailing slash. */
  publicOrigin: string;
  /** CIDR networks and addresses whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[];
  /** Whether the database answers. */
  ready: () => Promise<boolean>;
  /** Gets one flat record for each request and each mishap. */
  log: (record: Record<string, unknown>) => void;
  /** A private network without TLS: plain http is allowed for a public origin that is not this machine (R10). */
  insecureLan?: boolean;
  /** Hot reload: pages stay what Next made them, and its socket may be opened. */
  dev?: boolean;
  /** Paths that other programs may post to without an origin, like the one click that ends mails (R74). */
  openPosts?: readonly string[];
  limits?: Partial<FrontDoorLimits>;
  /** Bounds of the page store. */
  pages?: Partial<PageStoreLimits>;
}

export interface FrontDoor {
  server: Server;
  /** Stops accepting, lets what is in flight finish for `graceMs` at most, then closes every socket (R91). */
  close(graceMs: number): Promise<void>;
}

/** Makes the server; the caller listens. @throws Error with a sentence when a setting makes no safe server */
export function createFrontDoor(options: FrontDoorOptions): FrontDoor {
  const limits = { ...defaultLimits, ...(options.dev && developmentLimits), ...options.limits };
  const trusted = parseNetworks(options.trustedProxies);
  const publicHost = publicHostOf(options);
  const store = new PageStore(options.pages);
  const closeStore = listenForPurges(purgesOf(store));
  const context: VisitContext = {
    ...options,
    dev: options.dev ?? false,
    limits,
    trusted,
    publicHost,
    always: securityHeaders(options.publicOrigin),
    closing: false,
    warned: new Set(),
    pages: undefined,
    firsts: new FirstAnswers(),
  };
  if (!context.dev) context.pages = new FreshPages(store, (address) => drawPage(address, { ...context, store }));
  const health = createHealth(options.ready, limits.readyMs);
  /** The newest request of a connection, and how many before it are not answered yet. */
  const running = new WeakMap<Duplex, { response: ServerResponse; behind: number }>();
  const upgraded = new Set<Duplex>();

  const server = createServer({
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersMs,
    // The slowest that is allowed; forms get less, by `watchBody`.
    requestTimeout: Math.max(limits.headersMs, limits.uploadMs),
    keepAliveTimeout: limits.keepAliveMs,
    connectionsCheckingInterval: limits.checkEveryMs,
    // Ours to refuse, with our page.
    requireHostHeader: false,
  });
  server.maxHeadersCount = 0; // none cut off silently: `refusalFor` counts them
  server.timeout = limits.idleMs;
  const sockets = countSockets(server, limits, trusted);

  const serve = (request: IncomingMessage, response: ServerResponse, expectsContinue = false) => {
    const { socket } = request;
    const before = running.get(socket);
    const behind = before && !before.response.writableFinished ? before.behind + 1 : 0;
    running.set(socket, { response, behind });
    // Each costs some kilobytes while it waits; whoever sends them in one breath may never read.
    if (behind > limits.pipelined) socket.destroy();
    if (socket.destroyed) return;
    if (!expectsContinue && answerAtOnce(request, response, context)) return;
    // Answers whose head was out before the closing leave their sockets open.
    response.once("close", () => context.closing && server.closeIdleConnections());
    const visit = new Visit(request, response, context);
    const { path } = visit;
    if (isHealthPath(path) && mayAskHealth(request.socket.remoteAddress, request.rawHeaders, publicHost)) {
      const refusal = methodRefusal(visit.method, ["GET", "HEAD"]);
      if (refusal) return visit.refuse(refusal);
      health(path, context.closing).then((word) => visit.say(word.status, word.body), visit.fail);
      return;
    }
    const refusal = visit.refusal();
    if (refusal) visit.refuse(refusal);
    else if (expectsContinue) visit.letIn(true);
    else visit.enter().catch(visit.fail);
  };

  const answerBare = (socket: Duplex, refusal: Refusal, code?: string) => {
    const id = newReference();
    const headers = {
      ...refusal.headers,
      ...plainHeaders(context.always, "text/html; charset=utf-8"),
      "X-Request-Id": id,
    };
    answerOnSocket(socket, { status: refusal.status, headers, body: plainPage(refusal, id) }, limits.lingerMs);
    options.log({ time: new Date().toISOString(), id, event: "unreadable-request", status: refusal.status, code });
  };

  server.on("request", (request, response) => serve(request, response));
  server.on("checkContinue", (request, response) => serve(request, response, true));
  server.on("checkExpectation", (request, response) => {
    new Visit(request, response, context).refuse({
      status: 417,
      problem: "The request expects something this site does not do.",
      advice: "Send it without an Expect header.",
    });
  });
  server.on("connect", (_request, socket) => answerBare(socket, unknownMethod, "CONNECT"));
  server.on("upgrade", (request, socket, head) => {
    const hosts = headerLines(request.rawHeaders, "host");
    const ours = hosts.length === 1 && hosts[0]?.toLowerCase() === publicHost;
    if (!options.dev || !upgrade || !ours || request.headers.origin !== options.publicOrigin) {
      return answerBare(socket, noUpgrade, "UPGRADE");
    }
    upgraded.add(socket);
    socket.once("close", () => upgraded.delete(socket));
    upgrade(request, socket, head);
  });
  // Next puts a listener of its own on any server it meets. It is taken off again, and asked for what may pass.
  let upgrade: UpgradeHandler | undefined;
  server.on("newListener", (event, listener: UpgradeHandler) => {
    if (event !== "upgrade") return;
    upgrade = listener;
    process.nextTick(() => server.off("upgrade", listener));
  });
  const told = new WeakSet<Duplex>();
  server.on("clientError", (error: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket) => {
    if (told.has(socket)) return; // the rest of the same mess
    told.add(socket);
    const current = running.get(socket)?.response;
    const midAnswer = current?.headersSent && !current.writableFinished;
    if (!socket.writable || midAnswer || error.code === "ECONNRESET" || error.code === "EPIPE") socket.destroy();
    else answerBare(socket, refusalForError(error.code, error.rawPacket), error.code);
  });

  return {
    server,
    async close(graceMs) {
      context.closing = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // Browsers keep a spare connection open that never asked for anything.
      for (const socket of sockets.all) if (socket.bytesRead === 0) socket.destroy();
      for (const socket of upgraded) socket.destroy();
      const timer = setTimeout(() => {
        for (const socket of sockets.all) socket.destroy();
      }, graceMs);
      await closed;
      clearTimeout(timer);
      closeStore();
    },
  };
}

function publicHostOf({ publicOrigin, insecureLan }: FrontDoorOptions): string {
  const { protocol, hostname, host, origin } = new URL(publicOrigin);
  if (origin !== publicOrigin) throw new Error(`The public origin is "${publicOrigin}"; it should read ${origin}.`);
  if (protocol !== "https:" && !insecureLan && !["localhost", "127.0.0.1", "[::1]"].includes(hostname)) {
    throw new Error(`The public origin ${publicOrigin} has no TLS. Use https, or say that this is a private network.`);
  }
  return host;
}
