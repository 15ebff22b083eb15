// The database, ready for use: the embedded one started, or the one of DATABASE_URL reached, migrated and made known to lib/env.
// The server opens it for its whole life; tools such as the import use withDatabase, beside a running server or without one.

import { env, setDatabaseUrls } from "@/lib/env";
import { closeDatabase } from "@/lib/store/pool";
import { migrate } from "@/prisma/migrate";
import { grantApplicationRights } from "@/scripts/application-rights";
import { DataFolderInUse, prepareDataFolder } from "@/scripts/data-folder";
import { type DatabaseUrls, runningEmbeddedDatabase, startEmbeddedDatabase } from "@/scripts/embedded-database";

export interface OpenDatabase {
  /** The port of the embedded Postgres; undefined when DATABASE_URL is used. */
  embeddedPort?: number;
  /** Names of the migrations applied now. */
  applied: string[];
  /** Closes the pool and stops the embedded Postgres cleanly. */
  close(): Promise<void>;
  /** Tells the embedded Postgres to stop and does not wait. */
  abandon(): void;
}

interface OpenOptions {
  onStep?: (words: string) => void;
  /** Told when the embedded database dies by itself and when it is back. */
  onTrouble?: (words: string) => void;
}

async function prepare(urls: DatabaseUrls, onStep?: (words: string) => void): Promise<string[]> {
  const { applied } = await migrate(urls.migrationDatabaseUrl, { onStep });
  await grantApplicationRights(urls.migrationDatabaseUrl, urls.databaseUrl);
  setDatabaseUrls(urls);
  return applied;
}

/** Opens the database as the environment says. @throws StartError with a sentence */
export async function openDatabase(options: OpenOptions = {}): Promise<OpenDatabase> {
  const { databaseUrl, migrationDatabaseUrl, dataDir } = env();
  if (databaseUrl) {
    await prepareDataFolder(dataDir);
    const urls = { databaseUrl, migrationDatabaseUrl: migrationDatabaseUrl ?? databaseUrl };
    return { applied: await prepare(urls, options.onStep), close: closeDatabase, abandon: () => {} };
  }
  const embedded = await startEmbeddedDatabase({ dataDir, ...options });
  try {
    const applied = await prepare(embedded, options.onStep);
    const close = async () => {
      await closeDatabase();
      await embedded.stop();
    };
    return { embeddedPort: embedded.port, applied, close, abandon: embedded.abandon };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

/**
 * Runs `work` with a database: the one a running server uses, or else one opened for this and closed after it. Ctrl-C stops
 * what was started.
 * @throws StartError with a sentence; whatever `work` throws
 */
export async function withDatabase<T>(work: () => Promise<T>): Promise<T> {
  const opened = await openDatabase().catch(async (error: unknown) => {
    const running = error instanceof DataFolderInUse ? await runningEmbeddedDatabase(env().dataDir) : undefined;
    if (!running) throw error;
    setDatabaseUrls(running);
    return { close: closeDatabase, abandon: () => {} };
  });
  const interrupt = () => {
    opened.abandon();
    process.exit(130);
  };
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  try {
    return await work();
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    await opened.close();
  }
}
