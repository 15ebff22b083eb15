// One request on its way: judged, handed to Next with clean headers, its answer finished and logged.
import { randomBytes } from "node:crypto";
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { clientAddress, isInNetworks, type Networks } from "@/lib/edge/addresses";
import { type Answer, type Plan, takeOver } from "@/lib/edge/answer";
import { decideFate } from "@/lib/edge/answer-plan";
import { hasBodyToCome, watchBody } from "@/lib/edge/body";
import { needsScripts, toDocument } from "@/lib/edge/document";
import { withExchange } from "@/lib/edge/exchange";
import { bodyLimit, type FrontDoorLimits, isUpload } from "@/lib/edge/limits";
import { originAllowed } from "@/lib/edge/origin";
import { type Asked, makePage, replyWith } from "@/lib/edge/page";
import { newReference, plainHeaders, plainPage, plainProblem } from "@/lib/edge/plain-page";
import { foreignForm, notFound, type Refusal, serverBusy, serverFailed, tooLarge, tooSlow } from "@/lib/edge/refusal";
import { handOverHeaders } from "@/lib/edge/request-headers";
import { headerLines, pathOf, refusalFor } from "@/lib/edge/request-rules";
import { personalPolicy } from "@/lib/edge/security-headers";

/** What all visits of one front door share. */
export interface VisitContext {
  handler: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  log: (record: Record<string, unknown>) => void;
  publicOrigin: string;
  publicHost: string;
  openPosts?: readonly string[];
  trusted: Networks;
  limits: FrontDoorLimits;
  dev: boolean;
  /** The headers of every answer. */
  always: Record<string, string>;
  closing: boolean;
  /** Warnings that were logged: each once. */
  warned: Set<string>;
}

/** One request and its answer. */
export class Visit {
  readonly id = newReference();
  readonly method: string;
  readonly path: string;
  readonly #begun = performance.now();
  readonly #nonce = randomBytes(16).toString("base64");
  /** The request forgets it when it is destroyed. */
  readonly #socket: Socket;
  readonly #asked: Asked;
  readonly #answer: Answer;
  readonly #answerTimer: NodeJS.Timeout;
  #handlerTimer: NodeJS.Timeout | undefined;
  #lingering = false;
  #isIn = false;

  constructor(
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
    private readonly context: VisitContext,
  ) {
    this.#socket = request.socket;
    this.method = request.method ?? "GET";
    this.path = pathOf(request.url ?? "");
    this.#asked = {
      method: this.method,
      acceptEncoding: request.headersDistinct["accept-encoding"]?.join(","),
      ifNoneMatch: request.headers["if-none-match"],
    };
    this.#answer = takeOver(response, {
      plan: (length) => this.#plan(length),
      heldBytes: context.limits.heldBytes,
      onFailure: this.fail,
    });
    this.#answerTimer = setTimeout(() => this.#socket.destroy(), context.limits.answerMs);
    response.once("close", () => this.#leave());
  }

  /** Why this request may not come in, or undefined. */
  refusal(): Refusal | undefined {
    const { rawHeaders, url = "" } = this.request;
    const line = (name: string) => {
      const lines = headerLines(rawHeaders, name);
      return lines.length > 0 ? lines.join(", ") : undefined;
    };
    const refusal = refusalFor({ method: this.method, target: url, rawHeaders }, this.context);
    if (refusal) return refusal;
    const allowed = originAllowed({
      method: this.method,
      path: this.path,
      origin: line("origin"),
      secFetchSite: line("sec-fetch-site"),
      hasCookie: line("cookie") !== undefined,
      publicOrigin: this.context.publicOrigin,
      openPosts: this.context.openPosts,
    });
    return allowed ? undefined : foreignForm;
  }

  /** Hands the request to Next. */
  letIn(expectsContinue: boolean): void {
    const { request, response, context, path } = this;
    const { limits, handler } = context;
    this.#isIn = true;
    watchBody(request, {
      limit: bodyLimit(path, limits),
      withinMs: isUpload(path) ? limits.uploadMs : limits.bodyMs,
      onTooLarge: () => this.#cutOff(tooLarge(bodyLimit(path, limits))),
      onTooSlow: () => this.#cutOff(tooSlow),
      onComplete: () => this.#bodyIsIn(),
    });
    const address = this.#clientAddress();
    const contentSecurityPolicy = personalPolicy(this.#nonce, context.dev);
    handOverHeaders(request, { ...context, address, contentSecurityPolicy });
    // The same work as for GET; the body is left away at the end, when its length and tag are known.
    if (this.method === "HEAD") request.method = "GET";
    if (expectsContinue) response.writeContinue();
    const exchange = { id: this.id, address, nonce: this.#nonce, response };
    (async () => withExchange(exchange, () => handler(request, response)))().catch(this.fail);
  }

  /** Answers with a plain page, or problem details below `/api/`. Does nothing when an answer is under way. */
  refuse(refusal: Refusal): void {
    const isProgram = this.path.startsWith("/api/");
    const text = isProgram ? plainProblem(refusal, this.id) : plainPage(refusal, this.id);
    const type = isProgram ? "application/problem+json" : "text/html; charset=utf-8";
    this.#sendPlain(refusal.status, { ...plainHeaders(this.context.always, type), ...refusal.headers }, text);
  }

  /** Answers with a word for machines. */
  say(status: number, text: string): void {
    this.#sendPlain(status, plainHeaders(this.context.always, "text/plain; charset=utf-8"), text);
  }

  /** The handler failed, or its answer cannot be finished. */
  readonly fail = (error: unknown): void => {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    // Who has gone cannot be answered; that is no fault of ours.
    const level = this.#socket.destroyed ? "info" : "error";
    this.#log({ event: "request-failed", level, message, stack });
    if (this.#answer.streaming) this.response.destroy();
    else this.refuse(serverFailed);
  };

  #sendPlain(status: number, headers: OutgoingHttpHeaders, text: string): void {
    if (this.#answer.begun) return;
    const { request, context } = this;
    const body = Buffer.from(text);
    const all: OutgoingHttpHeaders = { ...headers, "Content-Length": body.length };
    // Closing on a browser that still sends would hide the answer from it: read on for a while first.
    this.#lingering = hasBodyToCome(request) && status !== tooSlow.status;
    if (hasBodyToCome(request)) this.response.shouldKeepAlive = false;
    this.#send({ status, headers: all, body: this.method === "HEAD" ? undefined : body });
    if (!this.#lingering) return;
    const timer = setTimeout(() => this.#answer.finish(), context.limits.lingerMs);
    this.response.once("close", () => clearTimeout(timer));
    if (this.#isIn) return; // `watchBody` throws the rest away and tells
    request.once("end", () => this.#answer.finish());
    request.resume();
  }

  #send(reply: { status: number; headers: OutgoingHttpHeaders; body: Buffer | undefined }): void {
    if (this.context.closing) this.response.shouldKeepAlive = false;
    const headers = { ...reply.headers, "X-Request-Id": this.id };
    this.#answer.send({ ...reply, headers, keepOpen: this.#lingering });
  }

  /** Refuses a body on its way; the handler that reads it gets an error instead of a part. */
  #cutOff(refusal: Refusal): void {
    this.response.once("close", () => this.request.destroy(new Error("The request's body was refused.")));
    if (this.#answer.streaming) this.response.destroy();
    else this.refuse(refusal);
  }

  #bodyIsIn(): void {
    if (this.#lingering) this.#answer.finish();
    else this.#handlerTimer = setTimeout(() => this.refuse(serverBusy), this.context.limits.handlerMs);
  }

  #plan(length: number | undefined): Plan {
    const { response, context, path, method } = this;
    const { acceptEncoding } = this.#asked;
    const nonce = this.#nonce;
    const fate = decideFate(response, { ...context, path, method, acceptEncoding, nonce }, length);
    if (fate.kind === "stream") {
      if (context.closing) response.shouldKeepAlive = false;
      response.setHeader("X-Request-Id", this.id);
      return fate;
    }
    const finish = async (body: Buffer) => {
      const status = response.statusCode;
      if (fate.kind === "replace") return this.refuse(status === 503 ? serverBusy : { ...serverFailed, status });
      // What Next sends for `notFound()`: an empty body that only its scripts would fill.
      if (status >= 400 && body.includes('<html id="__next_error__"')) return this.refuse({ ...notFound, status });
      if (fate.kind === "inspect") return this.#finishPage(body, false);
      if (!fate.document) return this.#finishPage(body, fate.storable);
      const html = body.toString("utf8");
      if (needsScripts(html)) this.#warnOnce("document-needs-scripts", `A part of ${path} waits for a script.`);
      return this.#finishPage(Buffer.from(toDocument(html)), fate.storable);
    };
    return { kind: "hold", finish };
  }

  /** A complete answer goes out. The page store will keep the pages that are `storable`, here. */
  async #finishPage(identity: Buffer, storable: boolean): Promise<void> {
    const headers = { ...this.response.getHeaders() };
    for (const name of ["content-length", "transfer-encoding", "connection", "date", "etag"]) delete headers[name];
    const page = makePage({ status: this.response.statusCode, headers, identity });
    const reply = await replyWith(page, storable ? this.#asked : { ...this.#asked, ifNoneMatch: undefined });
    if (!storable) delete reply.headers.etag;
    this.#send(reply);
  }

  #clientAddress(): string {
    const { trusted } = this.context;
    const peer = this.#socket.remoteAddress;
    const chain = headerLines(this.request.rawHeaders, "x-forwarded-for").join(",");
    if (chain && trusted.length === 0) {
      this.#warnOnce(
        "proxy-not-trusted",
        "X-Forwarded-For is ignored. Behind a proxy, name its network in TRUSTED_PROXIES.",
      );
    } else if (!chain && isInNetworks(peer, trusted)) {
      this.#warnOnce("proxy-is-silent", "A trusted proxy sends no X-Forwarded-For: all its visitors look like one.");
    }
    return clientAddress(peer, chain, trusted);
  }

  #warnOnce(event: string, message: string): void {
    if (this.context.warned.has(event)) return;
    this.context.warned.add(event);
    this.#log({ event, level: "warn", message });
  }

  #leave(): void {
    clearTimeout(this.#answerTimer);
    clearTimeout(this.#handlerTimer);
    const { method, path, response } = this;
    const socket = this.#socket;
    this.#log({
      event: "request",
      method,
      // The longest address of ours has a slug of 80; strangers' may have thousands.
      path: path.slice(0, 200),
      status: response.statusCode,
      ms: Math.round(performance.now() - this.#begun),
      bytes: this.#answer.bytes,
      // The response says "finished" also when its socket was cut.
      ...((!response.writableEnded || (socket.destroyed && !socket.writableFinished)) && { aborted: true }),
    });
  }

  #log(record: Record<string, unknown>): void {
    this.context.log({ time: new Date().toISOString(), id: this.id, ...record });
  }
}
