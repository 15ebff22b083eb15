// The migrations and the Prisma schema say the same, and the migrations keep the promises that prisma/migrate makes for them.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readMigrations } from "@/prisma/migration-files";
import { sqlToReachSchema } from "@/scripts/schema-engine";
import { createTestDatabase } from "@/tests/support/database";

const migrations = join(import.meta.dirname, "../../prisma/migrations");

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

describe("the migrated database", () => {
  it("is what prisma/schema describes; when not, run `npm run migration -- NAME` or correct the schema", async () => {
    expect(await sqlToReachSchema(db.ownerUrl)).toBe("");
  });

  const changes = [
    ["a column the schema does not know", "ALTER TABLE articles ADD COLUMN stray TEXT", /DROP COLUMN "stray"/],
    ["a column that is missing", "ALTER TABLE comments DROP COLUMN body CASCADE", /ADD COLUMN +"body"/],
    ["a column that may be empty", "ALTER TABLE revisions ALTER COLUMN title DROP NOT NULL", /"title" SET NOT NULL/],
    ["an index that is missing", "DROP INDEX articles_slug_key", /CREATE UNIQUE INDEX "articles_slug_key"/],
    ["an enum with another value", "ALTER TYPE role ADD VALUE 'STRANGER'", /role/],
  ] as const;

  it.each(changes)("would be caught with %s", async (_, change, expected) => {
    const changed = await createTestDatabase();
    try {
      await changed.sql(change);
      expect(await sqlToReachSchema(changed.ownerUrl)).toMatch(expected);
    } finally {
      await changed.drop();
    }
  });
});

describe("each migration", () => {
  const names = readdirSync(migrations).filter((name) => !name.endsWith(".toml"));

  it("exists", () => expect(names.length).toBeGreaterThan(0));

  it.each(names)("%s has a name that sorts by its time", (name) => expect(name).toMatch(/^\d{14}_[a-z0-9_]+$/));

  it.each(names)("%s stands only for older ones, which are there no more", async (name) => {
    const own = (await readMigrations(migrations)).find((migration) => migration.name === name);
    const replaced = own?.replaces.map((older) => older.name) ?? [];
    expect(replaced.filter((older) => older >= name || names.includes(older))).toEqual([]);
  });

  it.each(names)("%s leaves its transaction to the runner, so that it is applied whole or not at all", (name) => {
    const sql = readFileSync(join(migrations, name, "migration.sql"), "utf8");
    const withoutBodies = sql.replaceAll(/\$\$[\s\S]*?\$\$/g, "").replaceAll(/--.*$/gm, "");
    expect(withoutBodies).not.toMatch(/\b(BEGIN|COMMIT|ROLLBACK)\b|\bCONCURRENTLY\b/i);
  });
});
