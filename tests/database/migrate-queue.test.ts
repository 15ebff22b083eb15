// The queue's tables come with the site's own, and a role that may not make them is told what to do.
import { randomBytes } from "node:crypto";
import pg from "pg";
import { describe, expect, inject, it } from "vitest";
import { migrate } from "@/prisma/migrate";
import { createTestDatabase } from "@/tests/support/database";

const queueTables = `SELECT count(*)::int AS n FROM pg_tables WHERE schemaname = 'graphile_worker'`;

describe("migrating", () => {
  it("makes the queue's tables, once, also for a database that was made before there was a queue", async () => {
    const db = await createTestDatabase({ empty: true });
    try {
      await Promise.all([migrate(db.ownerUrl), migrate(db.ownerUrl), migrate(db.ownerUrl)]);
      const [made] = await db.sql(queueTables);
      expect(made?.n).toBeGreaterThan(3);
      await db.sql("DROP SCHEMA graphile_worker CASCADE");
      expect(await migrate(db.ownerUrl)).toEqual({ applied: [] });
      expect(await db.sql(queueTables)).toEqual([made]);
    } finally {
      await db.drop();
    }
  });

  it("with a role that may not make schemas stops with a sentence that says what to run", async () => {
    const { superuserUrl, password } = inject("postgres");
    const name = `test_${randomBytes(6).toString("hex")}`;
    const admin = new pg.Client({ connectionString: superuserUrl });
    await admin.connect();
    await admin.query(`CREATE ROLE ${name} LOGIN PASSWORD '${password}'`);
    await admin.query(`CREATE DATABASE ${name} TEMPLATE template0`);
    const inside = new URL(superuserUrl);
    inside.pathname = `/${name}`;
    const owner = new pg.Client({ connectionString: inside.href });
    await owner.connect();
    await owner.query(`GRANT ALL ON SCHEMA public TO ${name}`);
    await owner.end();
    try {
      const url = new URL(inside);
      Object.assign(url, { username: name, password });
      await expect(migrate(url.href)).rejects.toThrow(
        new RegExp(
          `may not make the schema "graphile_worker" in "${name}".*GRANT CREATE ON DATABASE "${name}" TO "${name}"`,
        ),
      );
    } finally {
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.query(`DROP ROLE ${name}`);
      await admin.end();
    }
  });
});
