// What the store's calls come to when the database is slow, locked, cut off or in a knot (R82, F4, F8).
import pg from "pg";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { isDomainError } from "@/lib/domain/errors";
import { database, inTransaction, type Transaction } from "@/lib/store/client";
import { violatedConstraint } from "@/lib/store/database-faults";
import { databaseAnswers } from "@/lib/store/pool";
import { until } from "@/tests/support/condition";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();

beforeAll(async () => {
  await database().topic.createMany({
    data: [
      { slug: "one", name: "One" },
      { slug: "two", name: "Two" },
    ],
  });
});

async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

async function expectUnavailable(work: Promise<unknown>): Promise<void> {
  const error = await failure(work);
  expect(isDomainError(error) && error.code).toBe("unavailable");
  expect(isDomainError(error) && error.details.retryAfter).toBeGreaterThan(0);
}

/** Cuts every connection that the site has. */
async function cutConnections(): Promise<void> {
  const admin = new pg.Client({ connectionString: inject("postgres").superuserUrl });
  await admin.connect();
  const name = new URL(db.applicationUrl).pathname.slice(1);
  await admin.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND application_name = 'colloquy'",
    [name],
  );
  await admin.end();
}

describe("a call is unavailable", () => {
  it("when a statement takes longer than five seconds", async () => {
    const began = Date.now();
    await expectUnavailable(database().$queryRaw`SELECT pg_sleep(20)::text`);
    expect(Date.now() - began).toBeLessThan(8_000);
  });

  it("when somebody else keeps a lock", async () => {
    await db.sql("BEGIN");
    await db.sql("LOCK TABLE topics IN ACCESS EXCLUSIVE MODE");
    await expectUnavailable(database().topic.count());
    await db.sql("ROLLBACK");
  });

  it("when the connection is cut in the middle of a transaction, of which nothing stays", async () => {
    await expectUnavailable(
      inTransaction(async (tx) => {
        await tx.topic.create({ data: { slug: "lost", name: "Lost" } });
        await cutConnections();
        await tx.topic.count();
      }),
    );
    expect(await database().topic.count({ where: { slug: "lost" } })).toBe(0);
  });
});

it("idle connections that are cut do no harm: the next call opens new ones", async () => {
  expect(await databaseAnswers()).toBe(true);
  await cutConnections();
  await until("the database to answer again", databaseAnswers);
  expect(await database().topic.count()).toBe(2);
});

describe("two transactions in each other's way", () => {
  const rename = (tx: Transaction, slug: string, name: string) => tx.topic.update({ where: { slug }, data: { name } });

  it("both succeed, the loser by a second try, whose effect is there once", async () => {
    let tries = 0;
    let goOn = () => {};
    const bothHaveOne = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let holding = 0;
    const cross = (first: string, second: string, name: string) =>
      inTransaction(async (tx) => {
        tries++;
        await rename(tx, first, name);
        if (++holding === 2) goOn();
        await bothHaveOne;
        await rename(tx, second, name);
        return name;
      });
    expect(await Promise.all([cross("one", "two", "A"), cross("two", "one", "B")])).toEqual(["A", "B"]);
    expect(tries).toBe(3);
    const names = await database().topic.findMany({ select: { name: true } });
    expect(new Set(names.map(({ name }) => name)).size).toBe(1);
  });

  it("that never part give up after four tries, kindly", async () => {
    let tries = 0;
    await expectUnavailable(
      inTransaction(async (tx) => {
        tries++;
        await tx.$executeRaw`DO $$ BEGIN RAISE EXCEPTION 'knot' USING ERRCODE = '40P01'; END $$`;
      }),
    );
    expect(tries).toBe(4);
  });
});

describe("a write that a rule of the database refuses", () => {
  it("names the unique index", async () => {
    const error = await failure(database().topic.create({ data: { slug: "one", name: "Again" } }));
    expect(violatedConstraint(error)).toBe("topics_slug_key");
  });

  it("names it for raw calls too", async () => {
    const error = await failure(database().$executeRaw`INSERT INTO topics (slug, name) VALUES ('one', 'Again')`);
    expect(violatedConstraint(error)).toBe("topics_slug_key");
  });

  it("is not named when it is something else", async () => {
    expect(violatedConstraint(await failure(database().$queryRaw`SELECT 1/0`))).toBeUndefined();
  });
});
