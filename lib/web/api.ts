import "server-only";
// The wrapper that every API handler is made by: origin → body → who → schema → service → JSON; refusals as problem+json (RFC 9457).
import type { z } from "zod";
import { DomainError } from "@/lib/domain/errors";
import type { DomainEvent } from "@/lib/domain/events";
import { originAllowed } from "@/lib/edge/origin";
import { env } from "@/lib/env";
import type { Context } from "@/lib/services/context";
import { sentence } from "@/lib/ui/labels";
import { invalidInput, type Problem, problemOf } from "@/lib/web/problem";
import { purge } from "@/lib/web/purge";
import { contextOf } from "@/lib/web/request";
import { reportError } from "@/lib/web/respond";
import { keepVisitorToken } from "@/lib/web/visitor";

export interface ApiCall<Input> {
  params: Record<string, string>;
  input: Input;
  headers: Headers;
}

export interface ApiAnswer {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
  events?: readonly DomainEvent[];
  visitorToken?: string;
}

export interface ApiDefinition<Schema extends z.ZodType> {
  /** Of the JSON body, or of the query when the call has none. */
  schema: Schema;
  run: (ctx: Context, call: ApiCall<z.output<Schema>>) => Promise<ApiAnswer>;
}

type Handler = (request: Request, route: { params: Promise<Record<string, string>> }) => Promise<Response>;

const bodiless = new Set(["GET", "HEAD", "DELETE"]);

/** Makes an API handler. */
export function api<Schema extends z.ZodType>(definition: ApiDefinition<Schema>): Handler {
  return async (request, route) => {
    try {
      return await attempt(definition, request, await route.params);
    } catch (error) {
      if (error instanceof ApiRefusal)
        return problemResponse({ status: error.status, code: "invalid", detail: error.detail });
      const problem = problemOf(error);
      if (problem) return problemResponse(problem);
      const reference = reportError(error);
      return problemResponse({ status: 500, code: "unavailable", detail: `${sentence("broken")} (${reference})` });
    }
  };
}

async function attempt<Schema extends z.ZodType>(
  definition: ApiDefinition<Schema>,
  request: Request,
  params: Record<string, string>,
): Promise<Response> {
  const url = new URL(request.url);
  const sent = request.headers;
  const allowed = originAllowed({
    method: request.method,
    path: url.pathname,
    origin: sent.get("origin") ?? undefined,
    secFetchSite: sent.get("sec-fetch-site") ?? undefined,
    hasCookie: sent.has("cookie"),
    publicOrigin: env().publicOrigin,
  });
  if (!allowed) throw new DomainError("forbidden", { reason: "origin.foreign" });
  const raw = bodiless.has(request.method) ? Object.fromEntries(url.searchParams) : await bodyOf(request);
  const ctx = await contextOf();
  const parsed = definition.schema.safeParse(raw);
  if (!parsed.success) throw invalidInput(parsed.error);
  const answer = await definition.run(ctx, { params, input: parsed.data, headers: sent });
  if (answer.visitorToken) await keepVisitorToken(answer.visitorToken);
  await purge(answer.events ?? []);
  const status = answer.status ?? 200;
  return status === 204
    ? new Response(null, { status, headers: answer.headers })
    : Response.json(answer.body, { status, headers: answer.headers });
}

async function bodyOf(request: Request): Promise<unknown> {
  const type = request.headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/json") throw new ApiRefusal(415, "Send the body as application/json.");
  const text = await request.text();
  if (nestsDeeperThan(text, jsonNesting)) throw new ApiRefusal(400, sentence("request.malformed"));
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiRefusal(400, sentence("request.malformed"));
  }
}

/** None of our bodies is deeper than two; this is for company. */
const jsonNesting = 16;

function nestsDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  for (const bracket of text.match(/[[\]{}]|"(?:[^"\\]|\\.)*"/g) ?? []) {
    if (bracket === "{" || bracket === "[") depth += 1;
    else if (bracket === "}" || bracket === "]") depth -= 1;
    if (depth > limit) return true;
  }
  return false;
}

/** A refusal that only HTTP knows: 400 and 415. */
class ApiRefusal extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
  ) {
    super(detail);
  }
}

/** A refusal as RFC 9457 has it, with our code and, for wrong fields, a sentence each. */
function problemResponse(problem: Problem): Response {
  const { status, code, detail, fields, retryAfter } = problem;
  const body = { type: "about:blank", title: sentence(code), status, code, detail, fields, retryAfter };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "Content-Type": "application/problem+json",
      ...(retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) }),
    },
  });
}
