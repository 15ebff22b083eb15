// One Postgres for a whole run of the tests, with a migrated database that every test file gets its own copy of. Vitest calls
// this before the first file and after the last.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { migrate } from "@/prisma/migrate";
import { grantApplicationRights } from "@/scripts/application-rights";
import { startCluster, superuser } from "@/scripts/postgres-cluster";

/** What test files are told; see `freshDatabase` in database.ts. */
export interface TestPostgres {
  /** For making databases. */
  superuserUrl: string;
  template: string;
  owner: string;
  application: string;
  password: string;
}

declare module "vitest" {
  export interface ProvidedContext {
    postgres: TestPostgres;
  }
}

/** Nothing here outlives the run, so nothing need reach the disk. */
const forgetful = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "colloquy-tests-"));
  const password = "only-for-tests-on-this-machine";
  const cluster = await startCluster({
    folder: join(folder, "postgres"),
    logFile: join(folder, "postgres.log"),
    password,
    port: 0,
    settings: forgetful,
  });
  const address = (user: string, database: string) =>
    `postgresql://${user}:${password}@127.0.0.1:${cluster.port}/${database}`;
  const facts: TestPostgres = {
    superuserUrl: address(superuser, "postgres"),
    template: "template_colloquy",
    owner: "test_owner",
    application: "test_application",
    password,
  };
  const client = new pg.Client({ connectionString: facts.superuserUrl });
  await client.connect();
  await client.query(`CREATE ROLE ${facts.owner} LOGIN PASSWORD '${password}'`);
  await client.query(`CREATE ROLE ${facts.application} LOGIN PASSWORD '${password}'`);
  await client.query(`CREATE DATABASE ${facts.template} OWNER ${facts.owner}`);
  await client.end();
  await migrate(address(facts.owner, facts.template));
  await grantApplicationRights(address(facts.owner, facts.template), address(facts.application, facts.template));
  project.provide("postgres", facts);
  return async () => {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
