// The database that comes with Colloquy: a Postgres under DATA_DIR with one owner for migrations, one role for the site, which
// cannot change tables, and one that only reads (R82). Its port and password are remembered in DATA_DIR/database.json.
import { createHmac, randomBytes } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { z } from "zod";
import { claimDataFolder, prepareDataFolder } from "@/scripts/data-folder";
import { startCluster, superuser } from "@/scripts/postgres-cluster";
import { StartError } from "@/scripts/start-error";

export const databaseName = "colloquy";
export const roles = { owner: "colloquy_owner", application: "colloquy", reader: "colloquy_readonly" } as const;

const memorySchema = z.object({ port: z.number().int(), password: z.string().min(32) });
type Memory = z.infer<typeof memorySchema>;

export interface DatabaseUrls {
  databaseUrl: string;
  migrationDatabaseUrl: string;
}

export interface EmbeddedDatabase extends DatabaseUrls {
  /** Stops Postgres cleanly and gives the data folder free. */
  stop(): Promise<void>;
  /** Tells Postgres to stop and does not wait. */
  abandon(): void;
  port: number;
}

const memoryFile = (dataDir: string) => join(dataDir, "database.json");

async function recall(dataDir: string): Promise<Memory | undefined> {
  const text = await readFile(memoryFile(dataDir), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return memorySchema.parse(JSON.parse(text));
  } catch {
    throw new StartError(
      `The file ${memoryFile(dataDir)} is damaged. Put it back from a backup; it holds the database's password.`,
    );
  }
}

async function remember(dataDir: string, memory: Memory): Promise<void> {
  const draft = `${memoryFile(dataDir)}.new`;
  await writeFile(draft, JSON.stringify(memory), { mode: 0o600, flush: true });
  await rename(draft, memoryFile(dataDir));
}

/** Each role's own password, from the one that is kept. */
function rolePassword(memory: Memory, role: string): string {
  return createHmac("sha256", memory.password).update(role).digest("hex");
}

function addressOf(memory: Memory, role: string): string {
  return `postgresql://${role}:${rolePassword(memory, role)}@127.0.0.1:${memory.port}/${databaseName}`;
}

function addresses(memory: Memory): DatabaseUrls {
  return { databaseUrl: addressOf(memory, roles.application), migrationDatabaseUrl: addressOf(memory, roles.owner) };
}

async function asSuperuser<T>(memory: Memory, database: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    host: "127.0.0.1",
    port: memory.port,
    user: superuser,
    password: memory.password,
    database,
  });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Roles, database and rights. Every step may have been done before, whole or in part: a start can be killed anywhere. */
async function furnish(memory: Memory): Promise<void> {
  await asSuperuser(memory, "postgres", async (client) => {
    const present = await client.query<{ rolname: string }>("SELECT rolname FROM pg_roles WHERE rolname = ANY($1)", [
      Object.values(roles),
    ]);
    const names = new Set(present.rows.map(({ rolname }) => rolname));
    for (const role of Object.values(roles)) {
      if (!names.has(role)) await client.query(`CREATE ROLE ${role} LOGIN PASSWORD '${rolePassword(memory, role)}'`);
    }
    const databases = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [databaseName]);
    if (databases.rowCount === 0) await client.query(`CREATE DATABASE ${databaseName} OWNER ${roles.owner}`);
  });
  await asSuperuser(memory, databaseName, (client) =>
    client.query(`
      BEGIN;
      REVOKE ALL ON DATABASE ${databaseName} FROM PUBLIC;
      GRANT CONNECT ON DATABASE ${databaseName} TO ${roles.application}, ${roles.reader};
      ALTER SCHEMA public OWNER TO ${roles.owner};
      REVOKE ALL ON SCHEMA public FROM PUBLIC;
      GRANT USAGE ON SCHEMA public TO ${roles.application}, ${roles.reader};
      ALTER DEFAULT PRIVILEGES FOR ROLE ${roles.owner} IN SCHEMA public
        GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${roles.application};
      ALTER DEFAULT PRIVILEGES FOR ROLE ${roles.owner} IN SCHEMA public
        GRANT USAGE, SELECT ON SEQUENCES TO ${roles.application};
      ALTER DEFAULT PRIVILEGES FOR ROLE ${roles.owner} IN SCHEMA public
        GRANT SELECT ON TABLES TO ${roles.reader};
      ALTER DEFAULT PRIVILEGES FOR ROLE ${roles.owner} IN SCHEMA public
        GRANT SELECT ON SEQUENCES TO ${roles.reader};
      COMMIT;
    `),
  );
}

interface StartOptions {
  dataDir: string;
  onStep?: (words: string) => void;
  onTrouble?: (words: string) => void;
}

/**
 * Starts the embedded database under `dataDir`, making it on first use.
 * @throws DataFolderInUse when another Colloquy has it; StartError for everything else, with a sentence
 */
export async function startEmbeddedDatabase({ dataDir, onStep, onTrouble }: StartOptions): Promise<EmbeddedDatabase> {
  await prepareDataFolder(dataDir);
  const release = await claimDataFolder(dataDir);
  try {
    const known = await recall(dataDir);
    const memory = known ?? { port: 0, password: randomBytes(32).toString("hex") };
    // Remembered before the database exists, so that a kill in between cannot make one that nobody can open.
    if (!known) await remember(dataDir, memory);
    const cluster = await startCluster({
      folder: join(dataDir, "postgres"),
      logFile: join(dataDir, "postgres.log"),
      password: memory.password,
      port: memory.port,
      onStep,
      onTrouble,
    });
    const running = { ...memory, port: cluster.port };
    try {
      if (running.port !== memory.port) await remember(dataDir, running);
      await furnish(running);
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    const stop = async () => {
      await cluster.stop();
      release();
    };
    return { ...addresses(running), port: cluster.port, stop, abandon: cluster.abandon };
  } catch (error) {
    release();
    throw error;
  }
}

/** The addresses of the embedded database that another process has started, or undefined when none was ever made there. */
export async function runningEmbeddedDatabase(dataDir: string): Promise<DatabaseUrls | undefined> {
  const memory = await recall(dataDir);
  return memory && addresses(memory);
}
