// Applies the migrations in prisma/migrations, in Prisma's folder layout and record table, without Prisma's engine: each one
// whole or not at all, one instance at a time. Killed in the middle, the next start finishes the work (F28).
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { migrateQueue } from "@/prisma/migrate-queue";
import { type Migration, readMigrations } from "@/prisma/migration-files";
import { type AppliedRow, compareHistory } from "@/prisma/migration-history";
import { describeDatabaseTrouble } from "@/scripts/database-trouble";
import { StartError } from "@/scripts/start-error";

/** The number Prisma's own tool locks with, so that both keep out of each other's way. */
const lockNumber = 72_707_369;

/** The oldest Postgres that the migrations are written for, and that still gets security fixes. */
const oldestPostgres = 140_000;

/**
 * How long a change waits for a table that somebody is using, in milliseconds. Whoever wants the table after it waits behind it, and the
 * site gives up after two seconds; so it steps aside before that, lets them through, and tries again.
 */
const lockWait = 1_000;

/** How long those have who waited behind it, in milliseconds. */
const stepAside = 1_000;

/** How long it tries, in milliseconds; then the start fails rather than hangs. */
const lockPatience = 120_000;

/** Postgres: the lock was not to be had in time; two stood in each other's way. */
const lockStates = new Set(["55P03", "40P01"]);

const ownFolder = fileURLToPath(new URL("./migrations", import.meta.url));

interface MigrateOptions {
  /** Told in a few words what happens, for the start's progress lines. */
  onStep?: (words: string) => void;
  /** Where the migrations lie; only tests give another folder. */
  folder?: string;
}

async function checkServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: number; name: string; encoding: string }>(
    `SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS name,
            current_setting('server_encoding') AS encoding`,
  );
  const server = rows[0];
  if (!server || server.version < oldestPostgres) {
    throw new StartError(
      `The database server is Postgres ${server?.name}, which is too old. Colloquy needs 14 or newer.`,
    );
  }
  if (server.encoding !== "UTF8") {
    throw new StartError(
      `The database is encoded as ${server.encoding} and cannot hold every language. Make one with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.`,
    );
  }
}

/** Waits for the lock that lets one instance migrate at a time. It is freed with the connection, however that ends. */
async function takeTurn(client: pg.Client, onStep: (words: string) => void): Promise<void> {
  const { rows } = await client.query<{ free: boolean }>("SELECT pg_try_advisory_lock($1) AS free", [lockNumber]);
  if (rows[0]?.free) return;
  onStep("Waiting for another instance that is preparing the database");
  await client.query("SELECT pg_advisory_lock($1)", [lockNumber]);
}

async function ensureRecordTable(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ recorded: boolean; others: string | null }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS recorded,
            (SELECT string_agg(tablename, ', ' ORDER BY tablename) FROM pg_tables WHERE schemaname = current_schema()) AS others`,
  );
  if (rows[0]?.recorded) return;
  if (rows[0]?.others) {
    throw new StartError(
      `The database already holds tables of something else (${rows[0].others.slice(0, 80)}). Give Colloquy an empty database of its own.`,
    );
  }
  await client.query(`CREATE TABLE "_prisma_migrations" (
    "id" VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum" VARCHAR(64) NOT NULL,
    "finished_at" TIMESTAMPTZ,
    "migration_name" VARCHAR(255) NOT NULL,
    "logs" TEXT,
    "rolled_back_at" TIMESTAMPTZ,
    "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count" INTEGER NOT NULL DEFAULT 0
  )`);
}

interface Outcome {
  startedAt: Date;
  /** Null: it failed and was undone. */
  finishedAt: Date | null;
  logs?: string;
  /** Prisma's count of what was run: none where a change was only recorded. */
  steps: number;
}

function record(client: pg.Client, { name, checksum }: Migration, outcome: Outcome): Promise<unknown> {
  const { startedAt, finishedAt, logs = null, steps } = outcome;
  return client.query(
    `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, rolled_back_at, logs, applied_steps_count)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [randomUUID(), checksum, name, startedAt, finishedAt, finishedAt ? null : new Date(), logs, steps],
  );
}

const inTheWay = (error: unknown) =>
  error instanceof Error && "code" in error && typeof error.code === "string" && lockStates.has(error.code);

async function apply(client: pg.Client, migration: Migration, onStep: (words: string) => void): Promise<void> {
  const startedAt = new Date();
  for (;;) {
    try {
      await client.query("BEGIN");
      await client.query(migration.sql);
      await record(client, migration, { startedAt, finishedAt: new Date(), steps: 1 });
      await client.query("COMMIT");
      return;
    } catch (error) {
      // The connection may be the very thing that broke; then the server has rolled back by itself and nothing can be recorded.
      const undone = await client.query("ROLLBACK").then(
        () => true,
        () => false,
      );
      if (undone && inTheWay(error) && Date.now() - startedAt.getTime() < lockPatience) {
        onStep(`Waiting for tables that are in use: ${migration.name}`);
        await pause(stepAside);
        continue;
      }
      const reason = error instanceof Error ? error.message : String(error);
      if (undone) {
        await record(client, migration, { startedAt, finishedAt: null, logs: reason, steps: 0 }).catch(() => {});
      }
      throw new StartError(
        `The database change "${migration.name}" failed and was undone whole: ${reason}. Nothing is lost; the next start tries it again.`,
      );
    }
  }
}

/**
 * Brings the database at `url` to this version's schema. Safe to run from several instances at once.
 * @returns the names of the migrations applied now, oldest first; what was only recorded, under a new name, is not among them
 * @throws StartError with a sentence: unreachable, too old, wrong encoding, a record that forbids it, a failed change
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<{ applied: string[] }> {
  const { onStep = () => {}, folder = ownFolder } = options;
  const known = await readMigrations(folder);
  const client = new pg.Client({
    connectionString: url,
    application_name: "colloquy migrations",
    lock_timeout: lockWait,
  });
  client.on("error", () => {}); // A lost connection also fails the query that is running, which is where it is handled.
  try {
    await client.connect();
  } catch (error) {
    throw new StartError(describeDatabaseTrouble(url, error));
  }
  try {
    await checkServer(client);
    await client.query("SET lock_timeout = 0"); // The turn may take as long as the other instance needs.
    await takeTurn(client, onStep);
    await client.query(`SET lock_timeout = ${lockWait}`);
    await ensureRecordTable(client);
    const { rows } = await client.query<AppliedRow>(
      `SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL`,
    );
    const { had, pending } = compareHistory(rows, known);
    for (const migration of had) {
      await record(client, migration, { startedAt: new Date(), finishedAt: new Date(), steps: 0 });
    }
    for (const migration of pending) {
      onStep(`Changing the database: ${migration.name}`);
      await apply(client, migration, onStep);
    }
    if (folder === ownFolder) await migrateQueue(url);
    return { applied: pending.map(({ name }) => name) };
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(describeDatabaseTrouble(url, error));
  } finally {
    await client.end().catch(() => {});
  }
}
