// A program that knows the API only by its description: it calls by the document's paths, and what comes back must be what the
// document promises, to the field.
import { z } from "zod";

type Json = Record<string, unknown>;

export interface Call {
  /** Has what stands in braces in the path, perhaps among other things. */
  path?: object;
  query?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it stands, instead of `body`. */
  raw?: BodyInit;
  headers?: Record<string, string>;
}

export interface Answered {
  status: number;
  headers: Headers;
  body: Json;
}

/** A caller without cookies. `template` is a path as the document writes it. */
export type Program = (method: string, template: string, call?: Call) => Promise<Answered>;

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What stands in nested objects under these names; {} when there is nothing. */
function within(value: unknown, ...names: string[]): Json {
  const found = names.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
  return isObject(found) ? found : {};
}

/** The same schema, but nothing may be there that it does not name. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (!isObject(schema)) return schema;
  const inner = Object.entries(schema).map(([name, value]) => [
    name,
    name === "$ref" && typeof value === "string" ? value.replace("#/components/schemas/", "#/$defs/") : closed(value),
  ]);
  return { ...Object.fromEntries(inner), ...(isObject(schema.properties) && { additionalProperties: false }) };
}

/** Reads the document at `origin` and answers a program that holds the server to it. */
export async function programOf(origin: string): Promise<{ document: Json; call: Program }> {
  const response = await fetch(`${origin}/api/v1/openapi.json`);
  const document: Json = within({ document: await response.json() }, "document");
  const $defs = closed(within(document, "components", "schemas"));

  const call: Program = async (method, template, { path = {}, query, body, raw, headers = {} } = {}) => {
    const described = within(document, "paths", template, method.toLowerCase());
    if (Object.keys(described).length === 0) throw new Error(`The document has no ${method} ${template}.`);
    const filled = template.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(String(Reflect.get(path, name))),
    );
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const answer = await fetch(`${origin}${filled}${query ? `?${new URLSearchParams(query)}` : ""}`, {
      method,
      redirect: "manual",
      headers: { ...(sent !== undefined && { "content-type": "application/json" }), ...headers },
      ...(sent !== undefined && { body: sent }),
    });
    const promised = within(described, "responses", String(answer.status));
    if (!("description" in promised)) throw new Error(`${method} ${template} answered ${answer.status}, unannounced.`);
    const text = await answer.text();
    const type = answer.headers.get("content-type") ?? "";
    const schema = within(promised, "content", type, "schema");
    if (text === "") return { status: answer.status, headers: answer.headers, body: {} };
    if (Object.keys(schema).length === 0) throw new Error(`${method} ${template} answered ${type}, unannounced.`);
    const read: unknown = JSON.parse(text);
    const check = z.fromJSONSchema({ ...within({ schema: closed(schema) }, "schema"), $defs } as never).safeParse(read);
    if (!check.success) throw new Error(`${method} ${template} broke its promise: ${z.prettifyError(check.error)}`);
    return { status: answer.status, headers: answer.headers, body: within({ read }, "read") };
  };
  return { document, call };
}
