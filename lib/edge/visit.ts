// One request on its way: judged, handed to Next with clean headers, its answer finished and logged.
import { randomBytes } from "node:crypto";
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { clientAddress, isInNetworks } from "@/lib/edge/addresses";
import { type Answer, type Plan, takeOver } from "@/lib/edge/answer";
import { decideFate, type Fate } from "@/lib/edge/answer-plan";
import { hasBodyToCome, watchBody } from "@/lib/edge/body";
import { complete, pageHeaders } from "@/lib/edge/complete";
import type { Drawing } from "@/lib/edge/drawing";
import { bodyLimit, isUpload } from "@/lib/edge/limits";
import { originAllowed } from "@/lib/edge/origin";
import { type Asked, makePage, type Page, replyWith } from "@/lib/edge/page";
import { newReference, plainHeaders, plainPage, plainProblem } from "@/lib/edge/plain-page";
import { foreignForm, type Refusal, serverBusy, serverFailed, tooLarge, tooSlow } from "@/lib/edge/refusal";
import { handOverHeaders } from "@/lib/edge/request-headers";
import { headerLines, pathOf, refusalFor } from "@/lib/edge/request-rules";
import { personalPolicy } from "@/lib/edge/security-headers";
import { addressOf, asksForOtherThanPage } from "@/lib/edge/stored-read";
import type { VisitContext } from "@/lib/edge/visit-context";
import { readerOf } from "@/lib/edge/wrote";

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
  /** This visit's answer may be stored: for which address its page says. */
  #forStore = false;
  /** Its answer was made in nobody's name, so that it can be stored as it is. */
  #drawing: Drawing | undefined;
  /** Lets those go on who wait for the first answer at this path. */
  #tellFirst = () => {};

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

  /** Answers from the store when the page stands there, or can; else hands the request to Next. */
  async enter(): Promise<void> {
    const { context, path, request } = this;
    const { pages, firsts } = context;
    if (!pages || !this.#asksForPage()) return this.letIn(false);
    const { url = "", headers } = request;
    const isAnyones = headers.cookie === undefined && headers.authorization === undefined;
    for (;;) {
      const address = addressOf(url, context);
      if (address !== undefined) {
        const given = await pages.read(address, readerOf(headers, Date.now()));
        if (given.kind === "page") return this.#sendPage(given.page, given.old);
        if (given.kind === "other" && given.page && isAnyones) return this.#sendPage(given.page, false);
        break;
      }
      if (pages.store.isPersonal(path)) break;
      const tell = firsts.begin(path);
      if (tell) this.#tellFirst = tell;
      if (tell || !(await firsts.wait(path))) break;
    }
    if (this.#answer.begun || this.#socket.destroyed) return;
    this.#forStore = true;
    if (isAnyones) this.#drawing = pages.store.begin();
    this.letIn(false);
  }

  /** Hands the request to Next. */
  letIn(expectsContinue: boolean): void {
    const { request, response, context, path } = this;
    const { limits, handler } = context;
    this.#isIn = true;
    if (this.#isReading()) {
      // Its end may have come and gone while it waited.
      this.#bodyIsIn();
    } else {
      watchBody(request, {
        limit: bodyLimit(path, limits),
        withinMs: isUpload(path) ? limits.uploadMs : limits.bodyMs,
        onTooLarge: () => this.#cutOff(tooLarge(bodyLimit(path, limits))),
        onTooSlow: () => this.#cutOff(tooSlow),
        onComplete: () => this.#bodyIsIn(),
      });
    }
    const address = this.#clientAddress();
    const contentSecurityPolicy = personalPolicy(this.#nonce, context.dev);
    handOverHeaders(request, { ...context, address, contentSecurityPolicy });
    // The same work as for GET; the body is left away at the end, when its length and tag are known.
    if (this.method === "HEAD") request.method = "GET";
    if (expectsContinue) response.writeContinue();
    const exchange = { id: this.id, address, nonce: this.#nonce, response };
    (async () => handler(request, response, exchange))().catch(this.fail);
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
      this.#isPersonal();
      return fate;
    }
    if (fate.kind !== "page" || !fate.storable) this.#isPersonal();
    const finish = async (body: Buffer) => {
      const result = complete(fate, response.statusCode, body);
      if (result.kind === "refusal") return this.refuse(result.refusal);
      if (result.waitsForScripts) {
        this.#warnOnce("document-needs-scripts", `A part of ${path} waits for a script.`);
      }
      const headers = pageHeaders({ ...response.getHeaders() });
      const made = { status: response.statusCode, headers, identity: result.body };
      if (fate.kind === "page" && result.storable) return this.#sendPage(this.#keep(made, fate), false);
      const reply = await replyWith(makePage(made), { ...this.#asked, ifNoneMatch: undefined });
      delete reply.headers.etag;
      this.#send(reply);
    };
    return { kind: "hold", finish };
  }

  /** Puts the page that was made for this visit into the store. */
  #keep(made: Parameters<typeof makePage>[0], fate: Extract<Fate, { kind: "page" }>): Page {
    const { path } = this;
    const { pages } = this.context;
    if (!pages || !this.#forStore) return makePage(made);
    const search = (this.request.url ?? "").slice(path.length);
    const { keys, query } = fate;
    const tell = this.#tellFirst;
    this.#tellFirst = () => {};
    return pages.keep(made, { path, search, keys, query, drawing: this.#drawing, onKept: tell });
  }

  async #sendPage(page: Page, old: boolean): Promise<void> {
    const reply = await replyWith(page, this.#asked);
    // RFC 7234, 5.5.2; no browser minds it any more, but a person or a cache that looks will see it.
    if (old) reply.headers.warning = '111 - "Revalidation Failed"';
    this.#send(reply);
  }

  /** Whether it only wants to read: such a request has no body. */
  #isReading(): boolean {
    return this.method === "GET" || this.method === "HEAD";
  }

  /** Whether it asks for the page and for nothing else that Next could make of the address. */
  #asksForPage(): boolean {
    if (!this.#isReading()) return false;
    return !this.request.rawHeaders.some((text, at) => at % 2 === 0 && asksForOtherThanPage(text.toLowerCase()));
  }

  /** Its answer is not for everybody: nobody needs to wait for it, now or later. */
  #isPersonal(): void {
    this.context.pages?.store.markPersonal(this.path);
    this.#tellFirst();
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
    this.#drawing?.end();
    this.#tellFirst();
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
