// A small server in the place of Colloquy's: the documents in the shape of the contract, the API with its real manners
// (idempotency keys, problems), and, when a test says so, its bad days. Only for the tests of the elements; the product
// itself is tested end to end elsewhere.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { articlePage, type Comment, commentPage, escaped, styles } from "./pages";

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
].join("; ");

export interface Seen {
  /** "POST /api/v1/preview" */
  route: string;
  key: string | undefined;
  /** As it came over the wire. */
  raw: string;
  body: Record<string, unknown>;
}

export interface Reply {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** "drop": the connection breaks before anything is done; "lose": it is done, and the answer is lost on the way. */
type Fate = Reply | "drop" | "lose";

/** A request that waits for the test. */
export interface Held {
  arrived: Promise<void>;
  release: () => void;
}

export const POST = "POST /api/v1/articles/tea/comments";

/** A refusal as the server words it. */
export function problem(status: number, code: string, more: Record<string, unknown> = {}): Reply {
  const { retryAfter } = more;
  return {
    status,
    body: { type: "about:blank", title: code, status, code, ...more },
    headers: {
      "content-type": "application/problem+json",
      ...(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) }),
    },
  };
}

export class Site {
  readonly comments = new Map<string, Comment>();
  readonly seen: Seen[] = [];
  /** Reports that arrived. */
  readonly reports: { id: string; reason: unknown; note: unknown }[] = [];
  /** Who is logged in, and which rooms are open to them. */
  member: { name: string; may: string[] } | undefined;
  /** Comments posted from now on wait for a moderator. */
  holdsPosts = false;
  origin = "";
  readonly #fates = new Map<string, Fate[]>();
  readonly #held = new Map<string, { gate: Promise<void>; arrive: () => void }>();
  readonly #results = new Map<string, { wish: string; id: string }>();
  readonly #scripts: Record<string, string>;
  #lastId = 100;
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  constructor(scripts: { main: string; tools: string }) {
    this.#scripts = {
      "/assets/enhance.js": scripts.main,
      "/assets/tools.js": scripts.tools,
      // Stands right behind the script in the head: what it sees, the first paint sees.
      "/probe.js":
        "window.themeAtHead = document.documentElement.dataset.theme ?? ''; window.bodyAtHead = document.body;",
    };
    this.add({ id: "1", name: "Ada", body: "First" });
    this.add({ id: "2", name: "Grace", body: "Second", parentId: "1" });
    this.add({ id: "3", name: "Mary", body: "Third" });
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    const address: AddressInfo | string | null = this.#server.address();
    if (typeof address !== "object" || address === null) throw new Error("the test's server has no port");
    this.origin = `http://localhost:${address.port}`;
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  add(comment: Partial<Comment> & { id: string }): Comment {
    const whole = { name: "Guest", body: "", parentId: null, status: "PUBLISHED" as const, own: false, ...comment };
    this.comments.set(whole.id, whole);
    return whole;
  }

  /** What happens to the next request of this route, and the ones after it. */
  next(route: string, ...fates: Fate[]): void {
    this.#fates.set(route, [...(this.#fates.get(route) ?? []), ...fates]);
  }

  /** Lets the requests of this route wait until the test releases them. */
  hold(route: string): Held {
    let release = () => {};
    let arrive = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    this.#held.set(route, { gate, arrive });
    return {
      arrived,
      release: () => {
        this.#held.delete(route);
        release();
      },
    };
  }

  /** The requests of a route so far. */
  requests(route: string): Seen[] {
    return this.seen.filter((each) => each.route === route);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.origin);
    const route = `${request.method} ${url.pathname}`;
    const raw = await textOf(request);
    const key = request.headers["idempotency-key"];
    const seen: Seen = { route, key: typeof key === "string" ? key : undefined, raw, body: toRecord(raw) };
    this.seen.push(seen);
    const held = this.#held.get(route);
    held?.arrive();
    await held?.gate;
    const fate = this.#fates.get(route)?.shift();
    if (fate === "drop") return void request.socket.destroy();
    if (typeof fate === "object") return this.#send(response, fate);
    const reply = this.#serve(seen, url);
    if (fate === "lose") return void request.socket.destroy();
    this.#send(response, reply);
  }

  #send(response: ServerResponse, { status, body, headers }: Reply): void {
    const isText = typeof body === "string";
    response.writeHead(status, {
      "content-type": isText ? "text/html; charset=utf-8" : "application/json",
      "content-security-policy": CSP,
      // On a kept connection the browser itself repeats what was cut off, and the test would never see it fail.
      connection: "close",
      ...headers,
    });
    response.end(body === undefined ? undefined : isText ? body : JSON.stringify(body));
  }

  #serve(seen: Seen, url: URL): Reply {
    const script = this.#scripts[url.pathname];
    if (script !== undefined) return { status: 200, body: script, headers: { "content-type": "text/javascript" } };
    if (url.pathname === "/style.css") return { status: 200, body: styles(), headers: { "content-type": "text/css" } };
    const all = [...this.comments.values()];
    if (url.pathname === "/articles/tea") return { status: 200, body: articlePage(all, url.searchParams.get("sort")) };
    if (url.pathname === "/bare") return { status: 200, body: articlePage([], null, { bare: true }) };
    if (seen.route === "POST /log-in") return { status: 200, body: "<!doctype html><title>Logged in</title><p>Hello" };
    const [, id = ""] = /^(?:\/api\/v1)?\/comments\/(\d+)/.exec(url.pathname) ?? [];
    const comment = this.comments.get(id);
    if (url.pathname === `/comments/${id}`) {
      return comment ? { status: 200, body: commentPage(comment, all) } : { status: 404, body: "<!doctype html><p>No" };
    }
    switch (seen.route) {
      case POST:
        return this.#post(seen);
      case "POST /api/v1/preview":
        return { status: 200, body: { html: `<p><strong>${escaped(String(seen.body.body))}</strong></p>` } };
      case "GET /api/v1/me":
        return { status: 200, body: { ...toActor(this.member), comments: all.filter(({ own }) => own).map(toOwn) } };
    }
    if (!comment) return problem(404, "not_found", { detail: "There is nothing here." });
    switch (seen.route) {
      case `GET /api/v1/comments/${id}`:
        return { status: 200, body: { id, source: comment.body } };
      case `PATCH /api/v1/comments/${id}`:
        comment.body = String(seen.body.body);
        return { status: 200, body: { id, status: comment.status.toLowerCase() } };
      case `DELETE /api/v1/comments/${id}`:
        comment.status = "DELETED";
        return { status: 204 };
      case `POST /api/v1/comments/${id}/reports`:
        this.reports.push({ id, reason: seen.body.reason, note: seen.body.note });
        return { status: 201, body: {} };
    }
    return problem(404, "not_found", { detail: "There is nothing here." });
  }

  #post({ key = "", body }: Seen): Reply {
    const wish = JSON.stringify([body.body, body.name, body.parentId]);
    const earlier = this.#results.get(key);
    if (earlier && earlier.wish !== wish) return problem(409, "conflict", { detail: "Sent with another text." });
    if (!earlier) this.#lastId += 1;
    const id = earlier?.id ?? String(this.#lastId);
    if (!earlier) {
      this.#results.set(key, { wish, id });
      const parentId = typeof body.parentId === "string" ? body.parentId : null;
      const name = typeof body.name === "string" ? body.name : "Quiet Heron";
      const status = this.holdsPosts ? "PENDING" : "PUBLISHED";
      this.add({ id, name, parentId, body: String(body.body), status, own: true });
    }
    const status = this.comments.get(id)?.status.toLowerCase();
    return { status: 201, body: { id, url: `/articles/tea#c-${id}`, status, editToken: "t" } };
  }
}

function toActor(member: Site["member"]) {
  if (!member) return { actor: { kind: "visitor" }, may: [] };
  return { actor: { kind: "member", name: member.name, handle: "ada" }, may: member.may };
}

function toOwn({ id, parentId, status }: Comment) {
  return { id, parentId, status: status.toLowerCase(), may: status === "DELETED" ? [] : ["edit", "delete"] };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

function toRecord(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
  } catch {
    return {};
  }
}
