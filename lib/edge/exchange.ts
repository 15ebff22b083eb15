// One request and its answer, as the rooms above the front door may see and steer it: Next gives pages no way to set a
// status or a header, so the front door carries this along the asynchronous call chain.
import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage, ServerResponse } from "node:http";
import { once } from "@/lib/once";

export interface Exchange {
  /** Random, in logs and on error pages. */
  readonly id: string;
  /** The client's address after trusted proxies were read (R7). Never stored in clear. */
  readonly address: string;
  /** The Content-Security-Policy nonce of this answer. */
  readonly nonce: string;
  readonly response: ServerResponse;
  /** What a form's action leaves for the page that is rendered in the same request. */
  formState?: unknown;
}

/** Answers a request in the name of an exchange. */
export type Handler = (request: IncomingMessage, response: ServerResponse, exchange: Exchange) => Promise<void>;

const storage = once("exchange", () => new AsyncLocalStorage<Exchange>());

/** Runs `work` with `exchange` as the current one. */
function withExchange<T>(exchange: Exchange, work: () => T): T {
  return storage.run(exchange, work);
}

/** A handler in this process; what it calls finds the exchange by `currentExchange`. */
export function inThisProcess(handler: (request: IncomingMessage, response: ServerResponse) => Promise<void>): Handler {
  return (request, response, exchange) => withExchange(exchange, () => handler(request, response));
}

/** The current request's exchange, or undefined outside a request. */
export function currentExchange(): Exchange | undefined {
  return storage.getStore();
}
