// The tables of the queue of jobs, which graphile-worker brings along in a schema of its own. Made and changed by the owner of the
// database, like the site's own tables, because the site's role may not.
import { Logger, runMigrations } from "graphile-worker";
import pg from "pg";
import { StartError } from "@/scripts/start-error";

/** Where graphile-worker keeps its tables; it is its own default, and what `lib/store/jobs` calls. */
const queueSchema = "graphile_worker";

/** It reports each of its changes; the start's progress lines are enough. */
const silent = new Logger(() => () => {});

/** Postgres: may not. */
const insufficientPrivilege = "42501";

/**
 * Brings the queue's tables in the database at `url` up to date. To be called by one instance at a time.
 * @throws StartError when the role of `url` may not make a schema; whatever Postgres says else
 */
export async function migrateQueue(url: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, application_name: "colloquy migrations", max: 1 });
  pool.on("error", () => {}); // A lost connection also fails the query that is running, which is where it is handled.
  pool.on("connect", (client) => client.on("error", () => {}));
  try {
    await runMigrations({ pgPool: pool, schema: queueSchema, logger: silent });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === insufficientPrivilege)) throw error;
    const { username, pathname } = new URL(url);
    const database = decodeURIComponent(pathname.slice(1));
    throw new StartError(
      `The user "${decodeURIComponent(username)}" may not make the schema "${queueSchema}" in "${database}", which the queue of mails and other jobs needs (${error.message}). As a superuser or the owner of the database, run: GRANT CREATE ON DATABASE "${database}" TO "${decodeURIComponent(username)}"; or give the owner's address as MIGRATION_DATABASE_URL.`,
    );
  } finally {
    await pool.end().catch(() => {});
  }
}
