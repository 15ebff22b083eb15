// Starts that cannot work end soon, with exit code 1 and one sentence that says what to do (R89).
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { createTestDatabase } from "@/tests/support/database";
import { launchServer, makeDataDir, removeDataDir } from "@/tests/support/server";

let dataDir: string;
let fileInTheWay: string;
beforeAll(async () => {
  dataDir = await makeDataDir();
  fileInTheWay = join(dataDir, "a-file");
  await writeFile(fileInTheWay, "");
});
afterAll(() => removeDataDir(dataDir));

async function refusal(env: Record<string, string>): Promise<string> {
  const server = await launchServer({ dataDir, env });
  expect(await server.ended).toBe(1);
  const output = server.output();
  expect(output).not.toMatch(/\n\s+at /); // a sentence, no stack
  return output;
}

/** The address of a database that answers, changed in one way. */
function postgresUrl(change: (url: URL) => void): string {
  const url = new URL(inject("postgres").superuserUrl);
  change(url);
  return url.href;
}

describe("a setting that is wrong", () => {
  const settings: [string, Record<string, string>, string][] = [
    ["a port that is none", { PORT: "eighty" }, 'PORT is "eighty"'],
    ["an address without https", { PUBLIC_ORIGIN: "http://talk.example.org" }, "Put a TLS proxy in front"],
    ["an address with a path", { PUBLIC_ORIGIN: "https://talk.example.org/blog" }, "with no path"],
    ["a secret that is too short", { SECRET: "letmein" }, "SECRET is too short"],
    ["a factor of nothing", { RATE_LIMIT_FACTOR: "0" }, "Give a number above 0"],
    ["a host that is not this machine", { HOST: "192.0.2.1" }, "which is no address of this machine"],
    ["another kind of database", { DATABASE_URL: "mysql://localhost/x" }, "is not a Postgres address"],
  ];
  it.each(settings)("%s", async (_, env, sentence) => {
    expect(await refusal(env)).toContain(sentence);
  });

  it("a data folder whose name a file has", async () => {
    expect(await refusal({ DATA_DIR: fileInTheWay })).toContain("a file of that name is in the way");
  });
});

describe("a DATABASE_URL that does not work", () => {
  const addresses: [string, () => string, RegExp][] = [
    ["a machine that does not exist", () => "postgresql://me@nowhere.invalid/x", /no machine called "nowhere.invalid"/],
    [
      "a port where nothing answers",
      () => postgresUrl((url) => (url.port = "1")),
      /Nothing answers at 127\.0\.0\.1, port 1/,
    ],
    [
      "a wrong password",
      () => postgresUrl((url) => (url.password = "wrong")),
      /refused the user "postgres".*Check user and password/,
    ],
    [
      "a database that does not exist",
      () => postgresUrl((url) => (url.pathname = "/nothing")),
      /no database "nothing".*createdb/,
    ],
  ];
  it.each(addresses)("%s", async (_, address, sentence) => {
    const output = await refusal({ DATABASE_URL: address() });
    expect(output).toMatch(sentence);
    expect(output).not.toContain(inject("postgres").password);
  });

  it("a database that a newer Colloquy has used", async () => {
    const db = await createTestDatabase();
    await db.sql(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '29990101000000_later', now())`,
    );
    expect(await refusal({ DATABASE_URL: db.ownerUrl })).toContain(
      "A newer version of Colloquy has used this database",
    );
    await db.drop();
  });

  it("a role that may not make tables", async () => {
    const db = await createTestDatabase({ empty: true });
    expect(await refusal({ DATABASE_URL: db.applicationUrl })).toContain("Give MIGRATION_DATABASE_URL with the owner");
    await db.drop();
  });
});
