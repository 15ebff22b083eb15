// Talking to our own server: JSON answers and their problems, and pieces of its pages. Nothing here throws.
import { isRecord, parseJson, textOf } from "@/components/enhance/json";
import { words } from "@/components/enhance/words";

/** A request that is not answered by then is treated as lost; a retry with the same key is safe. */
const PATIENCE_MS = 30_000;

export interface Problem {
  /** The HTTP status; 0 when no answer came. */
  status: number;
  /** A sentence for the person. */
  detail: string;
  /** Field name → sentence. */
  fields: Record<string, string>;
  /** Whole seconds until another try makes sense; 0 when not told. */
  retryAfter: number;
  /** A proof of work that would let the same request through; "" when there is no such way. */
  challenge: string;
}

export type Answer = { ok: true; data: Record<string, unknown> } | { ok: false; problem: Problem };

export interface Question {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  url: string;
  body?: Record<string, unknown>;
  idempotencyKey?: string;
}

function problemOf(response: Response, data: Record<string, unknown>): Problem {
  const fields: Record<string, string> = {};
  if (isRecord(data.fields)) {
    for (const [name, sentence] of Object.entries(data.fields)) {
      if (typeof sentence === "string") fields[name] = sentence;
    }
  }
  const retryAfter = Math.ceil(Number(data.retryAfter ?? response.headers.get("retry-after") ?? 0)) || 0;
  const fallback = response.status >= 500 ? words.unavailable : words.refused;
  const detail = textOf(data.detail) || fallback;
  return { status: response.status, detail, fields, retryAfter, challenge: textOf(data.challenge) };
}

/** Asks our API; a lost connection is a problem with status 0. */
export async function ask({ method, url, body, idempotencyKey }: Question): Promise<Answer> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (body) headers["content-type"] = "application/json";
  if (idempotencyKey) headers["idempotency-key"] = idempotencyKey;
  try {
    const response = await fetch(url, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const answer = parseJson(await response.text());
    const data = isRecord(answer) ? answer : {}; // An empty answer, or a page of some proxy between us.
    return response.ok ? { ok: true, data } : { ok: false, problem: problemOf(response, data) };
  } catch {
    return { ok: false, problem: { status: 0, detail: words.unreachable, fields: {}, retryAfter: 0, challenge: "" } };
  }
}

/** Nodes of a string of our own, already sanitised HTML. Scripts in it never run, and are left out besides. */
export function nodesOf(html: string): DocumentFragment {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  for (const script of parsed.querySelectorAll("script")) script.remove();
  const fragment = document.createDocumentFragment();
  fragment.append(...document.importNode(parsed.body, true).childNodes);
  return fragment;
}

/** A piece of one of our pages: null when the page has none, undefined when the page could not be had. */
export async function fetchPart(url: string, selector: string): Promise<HTMLElement | null | undefined> {
  try {
    const response = await fetch(url, { headers: { accept: "text/html" }, signal: AbortSignal.timeout(PATIENCE_MS) });
    if (response.status >= 500) return undefined;
    const part = nodesOf(await response.text()).querySelector(selector);
    return part instanceof HTMLElement ? part : null;
  } catch {
    return undefined;
  }
}
