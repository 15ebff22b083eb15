// A Postgres beside the product, which a trial may restart, stop and start again while the product runs on it.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { type Cluster, startCluster, superuser } from "@/scripts/postgres-cluster";

/** How Postgres is ended, as `pg_ctl -m` names it: transactions are cut off, or it does not even tidy up. */
export type Ending = "fast" | "immediate";

const signals = { fast: "SIGINT", immediate: "SIGQUIT" } as const;

export interface OwnDatabase {
  /** What the product is started with to use it. */
  environment: { DATABASE_URL: string; MIGRATION_DATABASE_URL: string };
  /** Ends it, and comes back when it takes connections again: `pg_ctl restart`. */
  restart(how: Ending): Promise<void>;
  /** Stops it, until `back`. */
  away(): Promise<void>;
  back(): Promise<void>;
  /** Ends it for good and removes its files. */
  close(): Promise<void>;
}

/** Makes and starts one, with a database that the product may prepare. Ends with the program at the latest. */
export async function startOwnDatabase(): Promise<OwnDatabase> {
  const home = await mkdtemp(join(tmpdir(), "colloquy-trouble-"));
  const password = randomBytes(16).toString("hex");
  const trouble = new EventTarget();
  const start = (port: number): Promise<Cluster> =>
    startCluster({
      ...{ folder: join(home, "postgres"), logFile: join(home, "postgres.log"), password, port },
      // Two instances with fifteen connections each, and what the trial asks itself.
      settings: { max_connections: "100" },
      onTrouble: (words) => trouble.dispatchEvent(new Event(/is back/.test(words) ? "back" : "gone")),
    });
  let cluster = await start(0);
  const { port } = cluster;
  const address = (user: string, database = "colloquy") =>
    `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;
  await asSuperuser(address(superuser, "postgres"), [
    `CREATE ROLE colloquy_owner LOGIN PASSWORD '${password}'`,
    `CREATE ROLE colloquy LOGIN PASSWORD '${password}'`,
    "CREATE DATABASE colloquy OWNER colloquy_owner ENCODING 'UTF8' TEMPLATE template0",
  ]);
  return {
    environment: { DATABASE_URL: address("colloquy"), MIGRATION_DATABASE_URL: address("colloquy_owner") },
    restart: async (how) => {
      const isBack = once(trouble, "back");
      const pid = cluster.pid();
      if (pid === undefined) throw new Error("The database is not there to be restarted.");
      process.kill(pid, signals[how]);
      await isBack;
    },
    away: () => cluster.stop(),
    back: async () => {
      cluster = await start(port);
    },
    close: async () => {
      await cluster.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function asSuperuser(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
