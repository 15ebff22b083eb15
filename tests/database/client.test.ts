// What the store's calls come to when the database is slow, locked, cut off or in a knot (R82, F4, F8).
import pg from "pg";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { isDomainError } from "@/lib/domain/errors";
import { database, inTransaction } from "@/lib/store/client";
import { violatedConstraint } from "@/lib/store/database-faults";
import { inPlainTransaction, type Questions } from "@/lib/store/plain-transaction";
import { databaseAnswers } from "@/lib/store/pool";
import { until } from "@/tests/support/condition";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase({ hurried: true });

beforeAll(async () => {
  await database().topic.createMany({
    data: [
      { slug: "one", name: "One" },
      { slug: "two", name: "Two" },
    ],
  });
});

/** Both kinds of transaction, as far as they can do the same. */
const kinds: [string, <T>(work: (tx: Questions) => Promise<T>) => Promise<T>][] = [
  ["a transaction", (work) => inTransaction(work)],
  ["a plain transaction", inPlainTransaction],
];

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
    expect(Date.now() - began).toBeLessThan(20_000);
  });

  it("when somebody else keeps a lock", async () => {
    await db.sql("BEGIN");
    await db.sql("LOCK TABLE topics IN ACCESS EXCLUSIVE MODE");
    await expectUnavailable(database().topic.count());
    await db.sql("ROLLBACK");
  });

  it.each(kinds)("when the connection is cut in the middle of %s, of which nothing stays", async (_kind, inOne) => {
    await expectUnavailable(
      inOne(async (tx) => {
        await tx.$executeRaw`INSERT INTO topics (slug, name) VALUES ('lost', 'Lost')`;
        await cutConnections();
        await tx.$queryRaw`SELECT 1`;
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

describe.each(kinds)("%s and another in each other's way", (_kind, inOne) => {
  const rename = (tx: Questions, slug: string, name: string) =>
    tx.$executeRaw`UPDATE topics SET name = ${name} WHERE slug = ${slug}`;

  it("both succeed, the loser by a second try, whose effect is there once", async () => {
    let tries = 0;
    let goOn = () => {};
    const bothHaveOne = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let holding = 0;
    const both: Promise<string>[] = [];
    const cross = (first: string, second: string, name: string) =>
      inOne(async (tx) => {
        // The loser comes back when the other is through: whoever is quick enough to come back sooner loses once more.
        if (++tries > 2) await Promise.race(both);
        await rename(tx, first, name);
        if (++holding === 2) goOn();
        await bothHaveOne;
        await rename(tx, second, name);
        return name;
      });
    both.push(cross("one", "two", "A"), cross("two", "one", "B"));
    expect(await Promise.all(both)).toEqual(["A", "B"]);
    expect(tries).toBe(3);
    const names = await database().topic.findMany({ select: { name: true } });
    expect(new Set(names.map(({ name }) => name)).size).toBe(1);
  });

  it("that never part give up after four tries, kindly", async () => {
    let tries = 0;
    await expectUnavailable(
      inOne(async (tx) => {
        tries++;
        await tx.$executeRaw`DO $$ BEGIN RAISE EXCEPTION 'knot' USING ERRCODE = '40P01'; END $$`;
      }),
    );
    expect(tries).toBe(4);
  });
});

describe("a plain transaction", () => {
  const add = (tx: Questions, slug: string) =>
    tx.$executeRaw`INSERT INTO topics (slug, name) VALUES (${slug}, ${slug})`;
  const count = (slug: string) => database().topic.count({ where: { slug } });

  it("keeps what it wrote, also what nobody waited for, and answers as Prisma does", async () => {
    const [row] = await inPlainTransaction(async (tx) => {
      tx.commitsWith(add(tx, "kept"));
      const bytes = new Uint8Array([0, 255]);
      return tx.$queryRaw<Record<string, unknown>[]>`
        SELECT 9007199254740993::int8 AS big, 7::int4 AS small, ${bytes}::bytea AS bytes, '{"a":1}'::jsonb AS json,
               ${new Date("2026-11-23T12:34:56.789Z")}::timestamptz AS at, ${["a,b", 'c"d']}::text[] AS list, ${null}::text AS nothing`;
    });
    expect(row).toEqual({
      ...{ big: 9007199254740993n, small: 7, json: { a: 1 }, list: ["a,b", 'c"d'], nothing: null },
      ...{ at: new Date("2026-11-23T12:34:56.789Z"), bytes: Buffer.from([0, 255]) },
    });
    expect(await count("kept")).toBe(1);
  });

  it("leaves nothing when its work throws, also of what was on its way", async () => {
    const work = inPlainTransaction(async (tx) => {
      tx.commitsWith(add(tx, "thrown"));
      throw new Error("no");
    });
    await expect(work).rejects.toThrow("no");
    expect(await count("thrown")).toBe(0);
  });

  it("leaves nothing when a question fails that nobody waited for, and says which rule refused it", async () => {
    const error = await failure(
      inPlainTransaction(async (tx) => {
        tx.commitsWith(add(tx, "halved"));
        tx.commitsWith(add(tx, "one"));
      }),
    );
    expect(violatedConstraint(error)).toBe("topics_slug_key");
    expect(await count("halved")).toBe(0);
  });

  it("does not pass for done when its work overlooked a failure", async () => {
    const work = inPlainTransaction(async (tx) => {
      await add(tx, "overlooked");
      await failure(add(tx, "one"));
    });
    await expect(work).rejects.toThrow("undone");
    expect(await count("overlooked")).toBe(0);
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
