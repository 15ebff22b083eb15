// The closed list of ways in which a wish is refused. Rules throw it, the web edge translates it, nobody compares messages.

export const errorCodes = [
  "invalid",
  "unauthenticated",
  "forbidden",
  "not_found",
  "conflict",
  "closed",
  "rate_limited",
  "too_large",
  "unavailable",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

export interface ErrorDetails {
  /** Which of the sentences in `lib/ui/labels` explains it, e.g. `comment.too_long`. */
  reason?: string;
  /** Field name → reason, for `invalid`. */
  fields?: Record<string, string>;
  /** Whole seconds until another try makes sense, for `rate_limited` and `unavailable`. */
  retryAfter?: number;
  /** A proof of work that would let the same wish through (`lib/services/proof-of-work`). */
  challenge?: string;
  /** Ids of the services that confirm who somebody is, for those without a password. */
  confirmBy?: readonly string[];
  /** Numbers and names that the sentence mentions. */
  values?: Record<string, string | number>;
}

export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly details: ErrorDetails = {},
  ) {
    super(details.reason ?? code);
    this.name = "DomainError";
  }
}

/** Whether `error` is a DomainError, also when it comes from the other module world. */
export function isDomainError(error: unknown): error is DomainError {
  return error instanceof Error && error.name === "DomainError" && "code" in error;
}
