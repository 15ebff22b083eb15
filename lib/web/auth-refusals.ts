import "server-only";

// Why somebody whom another service sent was not let in: a closed list, so that an address can name the reason and nothing else.

/** Reasons of `lib/ui/labels`, and the status of the page that tells them. */
const refusals = {
  "provider.address_taken": 409,
  "provider.link_needed": 409,
  "provider.linked_elsewhere": 409,
  "provider.somebody_else": 409,
  "provider.denied": 403,
  "provider.failed": 403,
  "provider.unavailable": 503,
  "confirm.needed": 403,
  "logIn.suspended": 403,
  "signUp.too_often": 429,
  unavailable: 503,
} as const;

export type AuthRefusal = keyof typeof refusals;

function isRefusal(reason: string): reason is AuthRefusal {
  return Object.hasOwn(refusals, reason);
}

/** The reason that a text names, when it names one of the list. */
export function authRefusalOf(reason: unknown): AuthRefusal | undefined {
  return typeof reason === "string" && isRefusal(reason) ? reason : undefined;
}

export function statusOfRefusal(reason: AuthRefusal): number {
  return refusals[reason];
}

/** The page that says why. */
export function refusedPath(why: AuthRefusal): string {
  return `/log-in/refused?why=${why}`;
}
