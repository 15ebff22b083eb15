// Two servers on one database of one's own, started at the same moment.
import { expect, it } from "vitest";
import { createTestDatabase } from "@/tests/support/database";
import { removeDataDir, startServer } from "@/tests/support/server";

it("both come up; the tables are made once and the first content is put in once", async () => {
  const db = await createTestDatabase({ empty: true });
  const env = { DATABASE_URL: db.applicationUrl, MIGRATION_DATABASE_URL: db.ownerUrl };
  const servers = await Promise.all([startServer({ env }), startServer({ env })]);
  const prepared = servers.filter((server) => server.output().includes("repared the database"));
  const planted = servers.filter((server) => server.output().includes("ut in a few articles"));
  expect([prepared.length, planted.length]).toEqual([1, 1]);
  const twice = await db.sql("SELECT migration_name FROM _prisma_migrations GROUP BY 1 HAVING count(*) > 1");
  expect(twice).toEqual([]);
  const [{ articles } = {}] = await db.sql("SELECT count(*)::int AS articles FROM articles");
  expect(articles).toBeGreaterThan(0);
  for (const server of servers) {
    expect((await fetch(server.origin)).status).toBe(200);
    expect(await server.stop()).toBe(0);
    await removeDataDir(server.dataDir);
  }
  await db.drop();
});
