import "server-only";
// The wrapper for what is no page and the same for everybody: feeds, the sitemap, pictures. It may be stored under its keys.
import type { z } from "zod";
import { DomainError } from "@/lib/domain/errors";
import type { Context } from "@/lib/services/context";
import { sentence } from "@/lib/ui/labels";
import { problemOf } from "@/lib/web/problem";
import { publicContext } from "@/lib/web/request";
import { reportError, storable } from "@/lib/web/respond";

export interface PublicFile {
  body: string | Uint8Array<ArrayBuffer>;
  type: string;
  keys: readonly string[];
  headers?: Record<string, string>;
}

type Handler = (request: Request, route: { params: Promise<Record<string, string>> }) => Promise<Response>;

/** Makes the GET handler of a public file. A refusal is one plain sentence. */
export function publicFile(
  run: (ctx: Context, params: Record<string, string>) => Promise<PublicFile | { movedTo: string }>,
): Handler {
  return (_request, route) =>
    plainAnswer(async () => {
      const file = await run(publicContext(), (await route.params) ?? {});
      if ("movedTo" in file) return new Response(null, { status: 308, headers: { Location: file.movedTo } });
      storable(file.keys);
      return new Response(file.body, { headers: { ...file.headers, "Content-Type": file.type } });
    });
}

/** What `work` answers, or its refusal as one plain sentence. */
export async function plainAnswer(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    return refusal(error);
  }
}

/**
 * The parts of the path, checked.
 * @throws DomainError `not_found` when they are not of the form that addresses have
 */
export function parsedParams<Schema extends z.ZodType>(
  schema: Schema,
  params: Record<string, string>,
): z.output<Schema> {
  const parsed = schema.safeParse(params);
  if (!parsed.success) throw new DomainError("not_found");
  return parsed.data;
}

function refusal(error: unknown): Response {
  const problem = problemOf(error);
  const detail = problem?.detail ?? `${sentence("broken")} (${reportError(error)})`;
  return new Response(`${detail}\n`, {
    status: problem?.status ?? 500,
    headers: {
      "Content-Type": "text/plain; charset=utf-8",
      ...(problem?.retryAfter === undefined ? {} : { "Retry-After": String(problem.retryAfter) }),
    },
  });
}
