// What a failed database call means. Prisma, its adapter and the driver each have their own shape of error; this file is the
// only one that knows them. Messages are read only where the driver gives nothing else.
import { DomainError } from "@/lib/domain/errors";
import { log } from "@/lib/log";

/** Seconds after which a try makes sense again when the database is away; a restart of Postgres takes about this long. */
const retryAfter = 5;

/** SQLSTATE classes and codes that say "not now" rather than "wrong". */
const passingStates = [
  /^08/, // connection lost
  /^53/, // out of connections, memory or disk
  /^57P0/, // shut down, starting up, killed by an administrator
  /^57014$/, // statement_timeout
  /^55P03$/, // lock_timeout
  /^25P03$/, // idle_in_transaction_session_timeout
  /^25006$/, // read only: a standby during failover
  /^3D000$/, // the database is being restored
  /^28/, // access refused: the role is being changed
];

const passingKinds = new Set([
  "DatabaseNotReachable",
  "ConnectionClosed",
  "SocketTimeout",
  "TlsConnectionError",
  "TooManyConnections",
  "DatabaseDoesNotExist",
  "DatabaseAccessDenied",
  "AuthenticationFailed",
]);

/** Prisma's own: pool timeout, transaction not begun or out of time, server closed the connection, unreachable, timed out. */
const passingPrismaCodes = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "P2028"]);

const passingSystemCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EAI_AGAIN",
]);

/** The driver's errors without any code, word for word from pg and pg-pool. */
const passingMessages = [
  "Client has encountered a connection error and is not queryable",
  "Client was closed and is not queryable",
  "Connection terminated",
  "timeout exceeded when trying to connect",
  "timeout expired",
  "Query read timeout",
  "Cannot use a pool after calling end on the pool",
];

const collisionStates = new Set(["40001", "40P01"]);

interface Fault {
  /** Prisma's code (P2002) or the system's (ECONNREFUSED). */
  code: string;
  /** Postgres' five-letter code. */
  state: string;
  /** The adapter's word for it. */
  kind: string;
  message: string;
  constraint: string;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

const text = (value: unknown) => (typeof value === "string" ? value : "");

function readFault(error: unknown): Fault {
  const outer = record(error);
  const adapter = record(outer.meta).driverAdapterError;
  const cause = record(adapter instanceof Error ? adapter.cause : error instanceof Error ? error.cause : undefined);
  const message = text(cause.originalMessage) || (error instanceof Error ? error.message : "");
  const code = text(outer.code);
  return {
    code,
    state: text(cause.originalCode) || (/^[0-9A-Z]{5}$/.test(code) && !code.startsWith("P") ? code : ""),
    kind: text(cause.kind),
    message,
    constraint: text(record(cause.constraint).index) || (/ constraint "([^"]+)"/.exec(message)?.[1] ?? ""),
  };
}

/** Whether two transactions stood in each other's way, so that the same work may well succeed when it is done again. */
export function isCollision(error: unknown): boolean {
  const fault = readFault(error);
  return fault.kind === "TransactionWriteConflict" || fault.code === "P2034" || collisionStates.has(fault.state);
}

/** Whether the database was away, busy or too slow, and the caller did nothing wrong. */
export function isPassing(error: unknown): boolean {
  const { code, state, kind, message } = readFault(error);
  return (
    passingKinds.has(kind) ||
    passingPrismaCodes.has(code) ||
    passingSystemCodes.has(code) ||
    passingStates.some((pattern) => pattern.test(state)) ||
    passingMessages.some((start) => message.startsWith(start))
  );
}

/**
 * The name of the unique index, check or foreign key that refused a write (`comments_body_length`), or undefined when the
 * error is of another sort. Works for Prisma's calls and for raw ones.
 */
export function violatedConstraint(error: unknown): string | undefined {
  const { state, constraint } = readFault(error);
  return state.startsWith("23") && constraint ? constraint : undefined;
}

/** The error to throw instead of `error`: "unavailable" when the database is away, the same error otherwise. */
export function translateDatabaseError(error: unknown): unknown {
  if (!isPassing(error)) return error;
  const { state, code, kind, message } = readFault(error);
  // Whoever was refused is told nothing of it; whoever runs the site finds here what it was. No words of Postgres': they may quote a text.
  log().warn({ fault: state || code || kind || message }, "The database was away, busy or too slow.");
  const refusal = new DomainError("unavailable", { retryAfter });
  refusal.cause = error;
  return refusal;
}
