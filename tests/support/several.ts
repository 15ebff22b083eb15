// Several instances of the built product as one site: one database, one data folder, every request in turns (R93).
import { runningEmbeddedDatabase } from "@/scripts/embedded-database";
import { freePort } from "@/scripts/postgres-cluster";
import { takeTurns } from "@/tests/support/in-turns";
import { type StartedServer, startServer } from "@/tests/support/server";

/** The whole of them, with the parts of one server that the stories need. */
type Several = Pick<StartedServer, "origin" | "dataDir" | "output" | "stop">;

/**
 * Starts them one after the other: the first brings the database that comes with Colloquy, on which the others work as on one of
 * their own.
 * @param env for each of them
 */
export async function startInTurns(count: number, env: Record<string, string>): Promise<Several> {
  const front = await freePort();
  const origin = `http://localhost:${front}`;
  const shared = { ...env, PUBLIC_ORIGIN: origin, HOST: "127.0.0.1", TRUSTED_PROXIES: "127.0.0.1 ::1" };
  const ports = [await freePort()];
  const first = await startServer({ env: { ...shared, PORT: String(ports[0]) } });
  const { dataDir } = first;
  const database = await runningEmbeddedDatabase(dataDir);
  if (!database) throw new Error(`No database runs in ${dataDir}.`);
  const addresses = { DATABASE_URL: database.databaseUrl, MIGRATION_DATABASE_URL: database.migrationDatabaseUrl };
  const instances = [first];
  while (instances.length < count) {
    const port = await freePort();
    instances.push(await startServer({ dataDir, env: { ...shared, ...addresses, PORT: String(port) } }));
    ports.push(port);
  }
  const turns = await takeTurns(front, ports);
  return {
    origin,
    dataDir,
    output: () => instances.map((server) => server.output()).join("\n"),
    stop: async () => {
      await turns.close();
      // The first goes last, and its database with it.
      const codes: (number | null)[] = [];
      for (const server of instances.toReversed()) codes.push(await server.stop());
      process.stdout.write(`\n${turns.counts().join(" and ")} requests reached the ${count} instances in turns.\n`);
      const faults = turns.faults();
      if (faults.length > 0) throw new Error(`Instances in good health answered:\n${faults.join("\n")}`);
      return codes.find((code) => code !== 0) ?? 0;
    },
  };
}
