import "server-only";
// One call of the API, described once: the door checks requests by it, `openapi.json` tells programs of it.
import type { z } from "zod";
import type { Scope } from "@/lib/domain/actor";

export interface Operation<Params extends z.ZodObject, Input extends z.ZodObject, Sent extends z.ZodObject, Answer> {
  /** Unique, like a function's name. */
  id: string;
  method: "get" | "post" | "patch" | "delete";
  /** As OpenAPI writes it: `/api/v1/articles/{slug}`. */
  path: string;
  summary: string;
  description?: string;
  /**
   * "Everybody" gets the same answer: no cookie is read, and the answer may be stored. Otherwise it is one person's, for whom a
   * program may ask whose token is good for the scope.
   */
  audience: "everybody" | { scope: Scope };
  /** Of the path; what does not fit is not found. */
  params: Params;
  /** Of the query (GET, DELETE) or of the body (POST, PATCH). */
  input: Input;
  /** How a body comes; left out: as JSON. A form is `multipart/form-data`, whose files are `File`s in `input`. */
  takes?: "form";
  /** Of the headers, by names in lower case. */
  sent: Sent;
  answer: { status: 200 | 201 | 204; description: string; schema?: z.ZodType<Answer>; location?: true };
  /** Statuses of refusals besides those that any call may meet. */
  refusals: readonly (keyof typeof refusalMeanings)[];
}

/** What each status of a refusal means, as http.md has it. */
export const refusalMeanings = {
  308: "The article has another slug now; see `Location`.",
  400: "Malformed: not JSON, or nested too deep.",
  401: "The access token is not valid.",
  403: "Not yours to do, not what the access token was made for, or sent from another site.",
  404: "There is nothing here, or nothing that you may know of.",
  409: "Somebody changed it meanwhile, or the `Idempotency-Key` was used for something else.",
  413: "Too large.",
  415: "The body is of another media type than the call takes.",
  422: "Some fields are not valid; `fields` names them.",
  423: "The thread is locked.",
  429: "Too often. `Retry-After` says how many seconds to wait.",
  500: "A fault on our side. `detail` has the reference under which we find it.",
  503: "The database is away. `Retry-After` says when to try again.",
} as const;

/** Keeps the types of an operation. */
export function operation<
  Params extends z.ZodObject,
  Input extends z.ZodObject,
  Sent extends z.ZodObject,
  Answer = undefined,
>(described: Operation<Params, Input, Sent, Answer>): Operation<Params, Input, Sent, Answer> {
  return described;
}
