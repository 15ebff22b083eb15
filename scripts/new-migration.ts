// `npm run migration -- NAME`: writes the SQL that brings the migrations up to prisma/schema into a new migration, for a person to
// read and complete. What Prisma cannot express is added by hand. A migration runs in one transaction: no CREATE INDEX CONCURRENTLY.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { migrate } from "@/prisma/migrate";
import { startCluster, superuser } from "@/scripts/postgres-cluster";
import { sqlToReachSchema } from "@/scripts/schema-engine";

const name = process.argv[2];
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  process.stderr.write("Name what changes, in small letters: npm run migration -- comment_pins\n");
  process.exit(2);
}

// The difference is taken from a database that has all migrations so far, made for this and thrown away.
const scratch = await mkdtemp(join(tmpdir(), "colloquy-migration-"));
const password = "thrown-away-with-the-folder";
const cluster = await startCluster({
  folder: join(scratch, "postgres"),
  logFile: join(scratch, "postgres.log"),
  password,
  port: 0,
  settings: { fsync: "off" },
});
try {
  const url = `postgresql://${superuser}:${password}@127.0.0.1:${cluster.port}/postgres`;
  await migrate(url);
  const sql = await sqlToReachSchema(url);
  const stamp = new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14);
  const folder = fileURLToPath(new URL(`../prisma/migrations/${stamp}_${name}`, import.meta.url));
  await mkdir(folder);
  await writeFile(
    join(folder, "migration.sql"),
    sql ? `${sql}\n` : "-- Prisma sees no difference; write the SQL here.\n",
  );
  process.stdout.write(`Written: prisma/migrations/${stamp}_${name}/migration.sql. Read it before you commit it.\n`);
} finally {
  await cluster.stop();
  await rm(scratch, { recursive: true, force: true });
}
