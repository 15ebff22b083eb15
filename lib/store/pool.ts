// The process's connections to Postgres. Two module worlds load this file (see lib/once), so the pool is made once for the
// process. Apart from lib/store/client, because the starter needs connections but not Prisma, which takes a while to load.
import pg from "pg";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { once } from "@/lib/once";

/** How long anything may take (R82), in milliseconds. */
export const patience = {
  /** Reaching the database, or waiting for a free connection. */
  connect: 3_000,
  /** One statement; a page that needs more is a bug. */
  statement: 5_000,
  /** Waiting for somebody else's lock. */
  lock: 2_000,
  /** A transaction that stopped talking; it would hold its locks for ever. */
  idleInTransaction: 10_000,
  /** A whole transaction, its pauses included. */
  transaction: 10_000,
  /** The client's own end of waiting, for a database that vanished without a word; above `statement`, so the server speaks first. */
  answer: 5_500,
  /** The readiness question (R90). */
  ready: 1_000,
} as const;

/** Connections of this process; Postgres serves a handful faster than many (R82). */
const poolSize = 10;

interface Connections {
  pool: pg.Pool | undefined;
}

const connections = () => once("database-connections", (): Connections => ({ pool: undefined }));

/** Opens connections of their own. Whoever does ends them, before the database is closed. */
export function openPool(about: { name: string; size: number }): pg.Pool {
  const connectionString = env().databaseUrl;
  if (!connectionString) throw new Error("No database is known yet. Start it first: server.ts and withDatabase() do.");
  const pool = new pg.Pool({
    connectionString,
    application_name: about.name,
    max: about.size,
    keepAlive: true,
    connectionTimeoutMillis: patience.connect,
    statement_timeout: patience.statement,
    lock_timeout: patience.lock,
    idle_in_transaction_session_timeout: patience.idleInTransaction,
    query_timeout: patience.answer,
    // What is asked without waiting for the answer before goes at once; whoever waits notices nothing.
    pipeline: true,
  });
  // A database that restarts cuts idle connections. Without these listeners that would end the process (F4).
  pool.on("error", (error) => {
    if (!pool.ending) log().warn({ error: error.message }, "The database closed an idle connection.");
  });
  pool.on("connect", (client) => client.on("error", () => {}));
  // In development every hot reload puts one more Prisma client, with one more listener, upon this pool.
  pool.setMaxListeners(0);
  return pool;
}

/** The process's pool, opened on first use. */
export function sharedPool(): pg.Pool {
  const open = connections();
  open.pool ??= openPool({ name: "colloquy", size: poolSize });
  return open.pool;
}

/** Whether the database answers within a second. Never throws. */
export async function databaseAnswers(): Promise<boolean> {
  const tooLate = AbortSignal.timeout(patience.ready);
  const late = new Promise<boolean>((resolve) =>
    tooLate.addEventListener("abort", () => resolve(false), { once: true }),
  );
  const answer = sharedPool()
    .query("SELECT 1")
    .then(
      () => true,
      () => false,
    );
  return Promise.race([answer, late]);
}

/** Lets running statements end, then closes all connections. The next question would open new ones. */
export async function closeDatabase(): Promise<void> {
  const open = connections();
  const { pool } = open;
  open.pool = undefined;
  await pool?.end();
}
