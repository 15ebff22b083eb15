// Applies the migrations in prisma/migrations, in Prisma's folder layout and record table, without Prisma's engine: each one
// whole or not at all, one instance at a time. Killed in the middle, the next start finishes the work (F28).
import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { migrateQueue } from "@/prisma/migrate-queue";
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

interface Migration {
  name: string;
  sql: string;
  /** SHA-256 of the file, hexadecimal, as Prisma records it. */
  checksum: string;
}

interface AppliedRow {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

interface MigrateOptions {
  /** Told in a few words what happens, for the start's progress lines. */
  onStep?: (words: string) => void;
  /** Where the migrations lie; only tests give another folder. */
  folder?: string;
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      // The same file must give the same checksum where git writes Windows line ends.
      const sql = (await readFile(join(folder, name, "migration.sql"), "utf8")).replaceAll("\r\n", "\n");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
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

function refuseStrangeHistory(history: AppliedRow[], known: Migration[]): void {
  for (const row of history) {
    const migration = known.find(({ name }) => name === row.migration_name);
    if (!migration) {
      throw new StartError(
        `A newer version of Colloquy has used this database: it has the change "${row.migration_name}", which this version does not know. Start that version, or restore a backup from before it.`,
      );
    }
    if (!row.finished_at) {
      throw new StartError(
        `Another tool began the change "${row.migration_name}" on this database and did not finish it. Restore a backup from before it.`,
      );
    }
    if (row.checksum !== migration.checksum) {
      throw new StartError(
        `The file prisma/migrations/${migration.name}/migration.sql was edited after it was applied to this database. Put it back as it was and add a new migration instead (npm run migration -- NAME).`,
      );
    }
  }
}

const inTheWay = (error: unknown) =>
  error instanceof Error && "code" in error && typeof error.code === "string" && lockStates.has(error.code);

async function apply(client: pg.Client, migration: Migration, onStep: (words: string) => void): Promise<void> {
  const startedAt = new Date();
  const record = (outcome: { finishedAt: Date | null; rolledBackAt: Date | null; logs: string | null }) =>
    client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, rolled_back_at, logs, applied_steps_count)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        randomUUID(),
        migration.checksum,
        migration.name,
        startedAt,
        outcome.finishedAt,
        outcome.rolledBackAt,
        outcome.logs,
        outcome.finishedAt ? 1 : 0,
      ],
    );
  for (;;) {
    try {
      await client.query("BEGIN");
      await client.query(migration.sql);
      await record({ finishedAt: new Date(), rolledBackAt: null, logs: null });
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
      if (undone) await record({ finishedAt: null, rolledBackAt: new Date(), logs: reason }).catch(() => {});
      throw new StartError(
        `The database change "${migration.name}" failed and was undone whole: ${reason}. Nothing is lost; the next start tries it again.`,
      );
    }
  }
}

/**
 * Brings the database at `url` to this version's schema. Safe to run from several instances at once.
 * @returns the names of the migrations applied now, oldest first
 * @throws StartError with a sentence: unreachable, too old, wrong encoding, a newer version's database, a failed change
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
    refuseStrangeHistory(rows, known);
    const done = new Set(rows.map((row) => row.migration_name));
    const pending = known.filter(({ name }) => !done.has(name));
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
