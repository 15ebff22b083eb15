// The one way to the database. Two module worlds load this file (see lib/once), so the pool is made once for the process
// and each world puts its own Prisma client upon it. Every call that fails because the database is away, slow or locked
// comes out as DomainError("unavailable"); see database-faults for how such failures are told apart.
import { setTimeout as pause } from "node:timers/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { DomainError } from "@/lib/domain/errors";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { once } from "@/lib/once";
import { isCollision, translateDatabaseError } from "@/lib/store/database-faults";
import { PrismaClient } from "@/lib/store/generated/client";

/** How long anything may take (R82), in milliseconds. */
const patience = {
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
  answer: 8_000,
  /** The readiness question (R90). */
  ready: 1_000,
} as const;

/** Connections of this process; Postgres serves a handful faster than many (R82). */
const poolSize = 10;

/** Tries after deadlocks or serialization failures, the first included, before the caller hears of it (F8). */
const attempts = 4;

/** The longest pause before the second try, in milliseconds; it doubles with each try. Half of it is chance, so that two colliding transactions part. */
const firstPause = 30;

interface Connections {
  pool: pg.Pool | undefined;
}

const connections = once("database-connections", (): Connections => ({ pool: undefined }));

function openPool(): pg.Pool {
  const connectionString = env().databaseUrl;
  if (!connectionString) throw new Error("No database is known yet. Start it first: server.ts and withDatabase() do.");
  const pool = new pg.Pool({
    connectionString,
    application_name: "colloquy",
    max: poolSize,
    keepAlive: true,
    connectionTimeoutMillis: patience.connect,
    statement_timeout: patience.statement,
    lock_timeout: patience.lock,
    idle_in_transaction_session_timeout: patience.idleInTransaction,
    query_timeout: patience.answer,
  });
  // A database that restarts cuts idle connections. Without these listeners that would end the process (F4).
  pool.on("error", (error) => log().warn({ error: error.message }, "The database closed an idle connection."));
  pool.on("connect", (client) => client.on("error", () => {}));
  // In development every hot reload puts one more Prisma client, with one more listener, upon this pool.
  pool.setMaxListeners(0);
  return pool;
}

function sharedPool(): pg.Pool {
  connections.pool ??= openPool();
  return connections.pool;
}

function connect(pool: pg.Pool) {
  const client = new PrismaClient({
    adapter: new PrismaPg(pool),
    transactionOptions: { maxWait: patience.connect, timeout: patience.transaction },
    errorFormat: "minimal",
  });
  return client.$extends({
    query: {
      async $allOperations({ args, query }) {
        try {
          return await query(args);
        } catch (error) {
          throw translateDatabaseError(error);
        }
      },
    },
  });
}

export type Database = ReturnType<typeof connect>;

/** What store functions take: the database itself is one too, so reads work inside and outside a transaction. */
export type Transaction = Omit<Database, "$connect" | "$disconnect" | "$extends" | "$on" | "$transaction" | "$use">;

let current: { pool: pg.Pool; client: Database } | undefined;

/** The database. Opens connections when the first question is asked. Raw questions only as tagged `$queryRaw` and `$executeRaw` (R83). */
export function database(): Database {
  const pool = sharedPool();
  if (current?.pool !== pool) current = { pool, client: connect(pool) };
  return current.client;
}

/**
 * Runs `work` in one transaction (read committed) and answers what it answers; throwing undoes everything. After a deadlock or
 * a serialization failure the whole `work` runs again, so it must do nothing but talk to `tx`.
 * @throws DomainError "unavailable" when the database is away or the tries are used up; whatever `work` throws
 */
export async function inTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database().$transaction(work);
    } catch (error) {
      if (!isCollision(error)) throw translateDatabaseError(error);
      if (attempt === attempts) throw new DomainError("unavailable", { retryAfter: 1 });
      const longest = firstPause * 2 ** (attempt - 1);
      await pause(longest / 2 + (Math.random() * longest) / 2);
    }
  }
}

/** Whether the database answers within a second. Never throws. */
export async function databaseAnswers(): Promise<boolean> {
  const tooLate = AbortSignal.timeout(patience.ready);
  const late = new Promise<boolean>((resolve) =>
    tooLate.addEventListener("abort", () => resolve(false), { once: true }),
  );
  const answer = database().$queryRaw`SELECT 1`.then(() => true).catch(() => false);
  return Promise.race([answer, late]);
}

/** Lets running statements end, then closes all connections. The next call of `database()` would open new ones. */
export async function closeDatabase(): Promise<void> {
  const { pool } = connections;
  connections.pool = undefined;
  current = undefined;
  await pool?.end();
}
