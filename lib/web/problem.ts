import "server-only";
// What a refusal is in HTTP and in words: the one table from error codes to statuses, for pages and API alike.
import type { z } from "zod";
import { DomainError, type ErrorCode, isDomainError } from "@/lib/domain/errors";
import { sentence, waitSentence } from "@/lib/ui/labels";

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
      ? waitSentence(details.retryAfter)
      : details.reason
        ? sentence(details.reason, code)
        : (Object.values(fields ?? {})[0] ?? sentence(code));
  const retryAfter = details.retryAfter ?? (code === "unavailable" ? 5 : undefined);
  return { status: statuses[code], code, detail, fields, retryAfter };
}

/** The DomainError that a failed parse is: the first reason of each field. */
export function invalidInput(error: z.ZodError): DomainError {
  const fields: Record<string, string> = {};
  for (const issue of error.issues.slice(0, fieldsNamed)) {
    const name = issue.path.map(String).join(".") || "body";
    fields[name] ??= issue.message;
  }
  return new DomainError("invalid", { fields });
}
