import "server-only";
// The wrapper that every API handler is made by: origin → who → body → schema → service → JSON; refusals as problem+json (RFC 9457).
import type { z } from "zod";
import type { Scope } from "@/lib/domain/actor";
import { DomainError } from "@/lib/domain/errors";
import type { DomainEvent } from "@/lib/domain/events";
import { originAllowed } from "@/lib/edge/origin";
import { env } from "@/lib/env";
import type { Context } from "@/lib/services/context";
import { sentence } from "@/lib/ui/labels";
import type { Operation } from "@/lib/web/contract/operation";
import { formBody } from "@/lib/web/form-body";
import { HttpRefusal, jsonBody } from "@/lib/web/json-body";
import { invalidInput, type Problem, problemOf } from "@/lib/web/problem";
import { purge } from "@/lib/web/purge";
import { refuseWhileReadOnly } from "@/lib/web/read-only";
import { contextOf, contextOfProgram, publicContext } from "@/lib/web/request";
import { reportError, storable } from "@/lib/web/respond";
import { keepVisitorToken } from "@/lib/web/visitor";

export interface ApiCall<Params, Input, Sent> {
  params: Params;
  input: Input;
  /** The headers that the operation names, in lower case. */
  sent: Sent;
}

export type ApiAnswer<Body> =
  | {
      body: Body;
      location?: string;
      events?: readonly DomainEvent[];
      visitorToken?: string;
      /** Under which an answer for everybody is stored. */
      keys?: readonly string[];
    }
  | { movedTo: string };

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof methods)[number];
/** Next gives no parameters at all to a path without any. */
type Handler = (request: Request, route: { params: Promise<Record<string, string>> }) => Promise<Response>;

/** The exports of a route file: its handlers, and for every other method a refusal that names those it has. */
export function doors(handlers: Partial<Record<Method, Handler>>): Record<Method | "OPTIONS", Handler> {
  const known = methods.filter((method) => handlers[method]);
  const allow = [...known.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])), "OPTIONS"].join(", ");
  const refuse: Handler = async () =>
    problemResponse({ status: 405, code: "invalid", detail: sentence("request.method") }, { Allow: allow });
  const tell: Handler = async () => new Response(null, { status: 204, headers: { Allow: allow } });
  const door = (method: Method) => handlers[method] ?? refuse;
  return {
    GET: door("GET"),
    POST: door("POST"),
    PUT: door("PUT"),
    PATCH: door("PATCH"),
    DELETE: door("DELETE"),
    OPTIONS: tell,
  };
}

/** Makes an API handler of an operation and what carries it out. */
export function api<P extends z.ZodObject, I extends z.ZodObject, S extends z.ZodObject, Body>(
  operation: Operation<P, I, S, Body>,
  run: (ctx: Context, call: ApiCall<z.output<P>, z.output<I>, z.output<S>>) => Promise<ApiAnswer<Body>>,
): Handler {
  return (request, route) =>
    orProblem(async () => {
      refuseForeign(request);
      const { audience } = operation;
      if (operation.method !== "get") refuseWhileReadOnly();
      const ctx = audience === "everybody" ? publicContext() : await personOf(request, audience.scope);
      const answer = await run(ctx, await callOf(operation, request, (await route.params) ?? {}));
      if ("movedTo" in answer) return new Response(null, { status: 308, headers: { Location: answer.movedTo } });
      if (answer.visitorToken) await keepVisitorToken(answer.visitorToken);
      await purge(answer.events ?? []);
      if (audience === "everybody") storable(answer.keys ?? [], Object.keys(operation.input.shape));
      const headers: HeadersInit = answer.location ? { Location: answer.location } : {};
      const { status } = operation.answer;
      return status === 204 ? new Response(null, { status, headers }) : Response.json(answer.body, { status, headers });
    });
}

/** What `work` answers, or the problem that its error is. */
export async function orProblem(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HttpRefusal)
      return problemResponse({ status: error.status, code: "invalid", detail: error.detail });
    const problem = problemOf(error);
    if (problem) return problemResponse(problem);
    const reference = reportError(error);
    return problemResponse({ status: 500, code: "unavailable", detail: `${sentence("broken")} (${reference})` });
  }
}

/** @throws DomainError `forbidden` for a request that another site made somebody send */
export function refuseForeign(request: Request): void {
  const sent = request.headers;
  const allowed = originAllowed({
    method: request.method,
    path: new URL(request.url).pathname,
    origin: sent.get("origin") ?? undefined,
    secFetchSite: sent.get("sec-fetch-site") ?? undefined,
    hasCookie: sent.has("cookie"),
    publicOrigin: env().publicOrigin,
  });
  if (!allowed) throw new DomainError("forbidden", { reason: "origin.foreign" });
}

/** Who asks: a program by its access token, or a browser by its cookies. Other schemes of authorization belong to a proxy in front. */
async function personOf(request: Request, scope: Scope): Promise<Context> {
  const bearer = /^bearer\b\s*(.*)$/i.exec(request.headers.get("authorization")?.trim() ?? "");
  if (!bearer) return contextOf();
  const ctx = await contextOfProgram(bearer[1] ?? "");
  if (!ctx) throw new DomainError("unauthenticated", { reason: "token.invalid" });
  if (ctx.actor.kind === "member" && !ctx.actor.scopes?.includes(scope)) {
    throw new DomainError("forbidden", { reason: "token.scope" });
  }
  return ctx;
}

async function callOf<P extends z.ZodObject, I extends z.ZodObject, S extends z.ZodObject, Body>(
  operation: Operation<P, I, S, Body>,
  request: Request,
  pathParams: Record<string, string>,
): Promise<ApiCall<z.output<P>, z.output<I>, z.output<S>>> {
  const params = operation.params.safeParse(pathParams);
  if (!params.success) throw new DomainError("not_found");
  const inBody = operation.method === "post" || operation.method === "patch";
  const raw = operation.takes
    ? await formBody(request)
    : inBody
      ? await jsonBody(request)
      : Object.fromEntries(new URL(request.url).searchParams);
  const input = operation.input.safeParse(raw);
  if (!input.success) throw invalidInput(input.error);
  const sent = operation.sent.safeParse(Object.fromEntries(request.headers));
  if (!sent.success) throw invalidInput(sent.error);
  return { params: params.data, input: input.data, sent: sent.data };
}

/** A refusal as RFC 9457 has it, with our code and, for wrong fields, a sentence each. */
export function problemResponse(problem: Problem, headers: Record<string, string> = {}): Response {
  const { status, code, detail, fields, retryAfter, challenge } = problem;
  const body = { type: "about:blank", title: sentence(code), status, code, detail, fields, retryAfter, challenge };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "Content-Type": "application/problem+json",
      ...(retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) }),
      ...(status === 401 ? { "WWW-Authenticate": "Bearer" } : {}),
      ...headers,
    },
  });
}
