import "server-only";
// What a refusal is in HTTP and in words: the one table from error codes to statuses, for pages and API alike.
import type { z } from "zod";
import { DomainError, type ErrorCode, isDomainError } from "@/lib/domain/errors";
import { filledIn, hasSentence, sentence, waitSentence } from "@/lib/ui/labels";

const statuses: Record<ErrorCode, number> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  closed: 423,
  rate_limited: 429,
  too_large: 413,
  unavailable: 503,
};

export interface Problem {
  status: number;
  code: ErrorCode;
  /** A sentence for the person. */
  detail: string;
  /** Field name → sentence. */
  fields?: Record<string, string>;
  retryAfter?: number;
  /** A proof of work that would let the same wish through. */
  challenge?: string;
  confirmBy?: readonly string[];
}

/** How many wrong fields are named at most. */
const fieldsNamed = 20;

/** The problem that `error` is, or undefined when it is none of ours and so a bug. */
export function problemOf(error: unknown): Problem | undefined {
  if (!isDomainError(error)) return undefined;
  const { code, details } = error;
  const fields = details.fields
    ? Object.fromEntries(Object.entries(details.fields).map(([name, reason]) => [name, sentence(reason, code)]))
    : undefined;
  const detail =
    code === "rate_limited" && details.retryAfter !== undefined
      ? waitSentence(details.retryAfter, details.reason)
      : details.reason
        ? filledIn(sentence(details.reason, code), details.values)
        : (Object.values(fields ?? {})[0] ?? sentence(code));
  const retryAfter = details.retryAfter ?? (code === "unavailable" ? 5 : undefined);
  return {
    status: statuses[code],
    code,
    detail,
    fields,
    retryAfter,
    challenge: details.challenge,
    confirmBy: details.confirmBy,
  };
}

/** Of a name that a stranger chose, as much as a sentence can bear. */
const nameShown = 60;

/** The DomainError that a failed parse is: the first reason of each field. */
export function invalidInput(error: z.ZodError): DomainError {
  const fields = new Map<string, string>();
  for (const issue of error.issues.slice(0, fieldsNamed)) {
    const path = issue.path.map(String).join(".");
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys.slice(0, fieldsNamed)) fields.set(key.slice(0, nameShown), "field.unknown");
    } else if (path === "") {
      return new DomainError("invalid", { reason: "request.not_object" });
    } else if (!fields.has(path)) {
      fields.set(path, hasSentence(issue.message) ? issue.message : "field.wrong");
    }
  }
  return new DomainError("invalid", { fields: Object.fromEntries([...fields].slice(0, fieldsNamed)) });
}
