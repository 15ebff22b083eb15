// A database of its own for a test file: a copy of the migrated template, used through the same lib/env and lib/store as the site,
// with the rights of the site's role.
import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import { setDatabaseUrls } from "@/lib/env";
import { closeDatabase } from "@/lib/store/pool";
import { waitForDatabase } from "@/tests/support/unhurried";

export interface TestDatabase {
  /** As the site connects. */
  applicationUrl: string;
  /** As migrations connect. */
  ownerUrl: string;
  /** Runs SQL as the owner, for arranging what no service can and for looking at rows; answers the rows. */
  sql(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
}

function addressOf(user: string, database: string): string {
  const { superuserUrl, password } = inject("postgres");
  const url = new URL(superuserUrl);
  Object.assign(url, { username: user, password, pathname: `/${database}` });
  return url.href;
}

async function asSuperuser(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject("postgres").superuserUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Makes a database. `empty` gives one without tables, for tests of the migrations. */
export async function createTestDatabase(
  options: { empty?: boolean } = {},
): Promise<TestDatabase & { drop(): Promise<void> }> {
  const { template, owner, application } = inject("postgres");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await asSuperuser(`CREATE DATABASE ${name} OWNER ${owner} TEMPLATE ${options.empty ? "template0" : template}`);
  const ownerUrl = addressOf(owner, name);
  const applicationUrl = addressOf(application, name);
  let client: pg.Client | undefined;
  return {
    ownerUrl,
    applicationUrl,
    sql: async (text, values) => {
      if (!client) {
        client = new pg.Client({ connectionString: ownerUrl });
        client.on("error", () => {});
        await client.connect();
      }
      return (await client.query(text, values)).rows;
    },
    drop: async () => {
      await client?.end();
      await asSuperuser(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

/**
 * Call at the top of a test file: `const db = freshDatabase();` Everything in lib/store then talks to it.
 * @param options.hurried gives up on it as soon as a site does
 */
export function freshDatabase(options: { hurried?: boolean } = {}): TestDatabase {
  let made: Awaited<ReturnType<typeof createTestDatabase>> | undefined;
  const database = () => {
    if (!made) throw new Error("The test's database is there from beforeAll on, not while the file is read.");
    return made;
  };
  beforeAll(async () => {
    waitForDatabase(options);
    made = await createTestDatabase();
    setDatabaseUrls({ databaseUrl: made.applicationUrl, migrationDatabaseUrl: made.ownerUrl });
  });
  afterAll(async () => {
    await closeDatabase();
    await made?.drop();
  });
  return {
    get applicationUrl() {
      return database().applicationUrl;
    },
    get ownerUrl() {
      return database().ownerUrl;
    },
    sql: (text, values) => database().sql(text, values),
  };
}
