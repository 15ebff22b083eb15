// The part of the process that does jobs: it starts, loses the database, stops, and drops nothing (R86, R91).
import { connect } from "node:net";
import pg from "pg";
import pino from "pino";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { env } from "@/lib/env";
import { holdLease, releaseDroppedJobs } from "@/lib/jobs/lease";
import { type Jobs, startJobs } from "@/lib/jobs/queue";
import { once } from "@/lib/once";
import { inTransaction } from "@/lib/store/client";
import { enqueue } from "@/lib/store/jobs";
import { openPool } from "@/lib/store/pool";
import { startRawServer } from "@/tests/mail/sink";
import { until } from "@/tests/support/condition";
import { freshDatabase } from "@/tests/support/database";
import { aPerson, emptyQueue, endMailServers, mailServer, tokenIn, waiting, wishFor } from "./arrange";

const db = freshDatabase();
endMailServers();

const logged: string[] = [];
once("log", () => pino({ level: "trace" }, { write: (line) => logged.push(line) }));

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});
beforeEach(() => emptyQueue(db));

async function start(): Promise<Jobs> {
  const jobs = await startJobs();
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= jobs.stop();
    return stopped;
  };
  undo.push(stop);
  return { stop };
}

async function asSuperuser(text: string, values: unknown[] = []): Promise<number> {
  const client = new pg.Client({ connectionString: inject("postgres").superuserUrl });
  await client.connect();
  try {
    return (await client.query(text, values)).rowCount ?? 0;
  } finally {
    await client.end();
  }
}

const ownDatabase = () => new URL(db.applicationUrl).pathname.slice(1);
const queueIsEmpty = async () => (await waiting(db)).length === 0;

describe("running", () => {
  it("sends what was wished for before and after the start", async () => {
    const { received } = await mailServer();
    const ada = await aPerson(db);
    await wishFor({ kind: "passwordChanged", userId: ada.userId });
    await start();
    await until("the mail that waited", () => received.length === 1);
    await wishFor({ kind: "resetPassword", userId: ada.userId });
    await until("the mail that was wished for now", () => received.length === 2);
    await until("an empty queue", queueIsEmpty);
  });

  it("knows its timetable, once for any number of processes", async () => {
    await start();
    await start();
    await until("the timetable to be known", async () => {
      const rows = await db.sql("SELECT identifier FROM graphile_worker._private_known_crontabs");
      return rows.length > 0;
    });
    expect(await db.sql("SELECT identifier FROM graphile_worker._private_known_crontabs ORDER BY 1")).toEqual([
      { identifier: "check-record" },
      { identifier: "clean-up" },
      { identifier: "count-figures" },
      { identifier: "fill-search" },
      { identifier: "look-after-pictures" },
      { identifier: "publish-due" },
      { identifier: "seal-record" },
      { identifier: "tell-closed" },
    ]);
  });

  it("sends each mail once, with two processes at work", async () => {
    const { received } = await mailServer();
    const ada = await aPerson(db);
    await start();
    await start();
    for (let n = 0; n < 20; n++) await wishFor({ kind: "passwordChanged", userId: ada.userId });
    await until("an empty queue", queueIsEmpty);
    expect(new Set(received.map(({ mail }) => mail.messageId)).size).toBe(20);
    expect(received).toHaveLength(20);
  });

  it("outlives a database that cuts all its connections, and goes on", async () => {
    const { received } = await mailServer();
    const ada = await aPerson(db);
    await start();
    await wishFor({ kind: "passwordChanged", userId: ada.userId });
    await until("the first mail", () => received.length === 1);
    await until("an empty queue", queueIsEmpty);
    const cut = await asSuperuser(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND application_name = 'colloquy jobs'",
      [ownDatabase()],
    );
    expect(cut).toBeGreaterThan(0);
    await wishFor({ kind: "passwordChanged", userId: ada.userId });
    await until("the mail after the cut", () => received.length === 2);
    await until("an empty queue", queueIsEmpty);
  });

  it("outlives connections that are cut while a mail is being sent, which is put away when the database is back", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { received } = await mailServer({
      options: { onMailFrom: (_, __, done) => void held.then(() => done()) },
    });
    const ada = await aPerson(db);
    await start();
    await wishFor({ kind: "passwordChanged", userId: ada.userId });
    // What is due at every start is done by then: cut while it is put away, it would lie there for good, with another in its place.
    await until("the mail's job to be taken, and no other to be there", async () => {
      const jobs = await waiting(db);
      return jobs.length === 1 && jobs[0]?.attempts === 1;
    });
    await asSuperuser(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND application_name = 'colloquy jobs'",
      [ownDatabase()],
    );
    release();
    await until("the mail", () => received.length === 1);
    await until("an empty queue", queueIsEmpty);
    expect(received).toHaveLength(1);
  });

  it("outlives a database that is away, and takes up work when it is back", async () => {
    const { received } = await mailServer();
    const ada = await aPerson(db);
    const direct = new URL(db.applicationUrl);
    const open = (port: number) =>
      startRawServer((socket) => {
        const upstream = connect(Number(direct.port), direct.hostname);
        upstream.on("error", () => socket.destroy()).on("close", () => socket.destroy());
        socket.on("close", () => upstream.destroy());
        socket.pipe(upstream).pipe(socket);
      }, port);
    const first = await open(0);
    const { port } = first;
    const through = new URL(direct);
    through.port = String(port);
    env().databaseUrl = through.href;
    try {
      await start();
    } finally {
      env().databaseUrl = direct.href;
    }
    await wishFor({ kind: "passwordChanged", userId: ada.userId });
    await until("an empty queue", async () => received.length === 1 && (await queueIsEmpty()));
    logged.length = 0;
    first.close();
    await until("the queue to miss it", () => logged.some((line) => line.includes("ECONNREFUSED")));
    await wishFor({ kind: "passwordChanged", userId: ada.userId });
    const second = await open(port);
    undo.unshift(() => second.close());
    await until("the mail after it was away", () => received.length === 2);
    await until("an empty queue", queueIsEmpty);
  });

  it("tells the log of a failure, without address or link", async () => {
    logged.length = 0;
    const { received } = await mailServer({ onTaken: ({ cut }) => cut() });
    const ada = await aPerson(db);
    await start();
    await wishFor({ kind: "resetPassword", userId: ada.userId });
    await until("the log to tell of it", () =>
      logged.some((line) => line.includes("send-mail") && line.includes('"level":40')),
    );
    const token = tokenIn(received[0]?.mail.text);
    expect(logged.join("")).not.toContain(token);
    expect(logged.join("")).not.toContain(ada.email);
  });
});

describe("stopping", () => {
  it("finishes the mail in hand, takes no more, and leaves no connection", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { received } = await mailServer({
      options: { onMailFrom: (_, __, done) => void held.then(() => done()) },
    });
    const ada = await aPerson(db);
    const jobs = await start();
    await wishFor({ kind: "passwordChanged", userId: ada.userId });
    await until("the job to be taken", async () => (await waiting(db))[0]?.attempts === 1);
    const stopped = jobs.stop();
    await wishFor({ kind: "newDevice", userId: ada.userId, device: "", at: "" });
    release();
    await stopped;
    expect(received.map(({ mail }) => mail.subject)).toEqual(["Your password at Colloquy was changed"]);
    expect(await waiting(db)).toMatchObject([{ attempts: 0 }]);
    const left = "SELECT 1 FROM pg_stat_activity WHERE datname = $1 AND application_name = 'colloquy jobs'";
    await until("its connections to be gone", async () => (await asSuperuser(left, [ownDatabase()])) === 0);
  });
});

describe("the lease", () => {
  /** A job in the hands of `name` for two minutes. */
  async function inHandsOf(name: string): Promise<void> {
    const ada = await aPerson(db);
    await inTransaction((tx) =>
      enqueue(tx, { task: "send-mail", payload: { kind: "passwordChanged", userId: ada.userId } }),
    );
    await db.sql(
      "UPDATE graphile_worker._private_jobs SET locked_by = $1, locked_at = now() - interval '2 minutes' WHERE locked_by IS NULL",
      [name],
    );
  }

  const heldBy = async () =>
    (await db.sql("SELECT locked_by FROM graphile_worker.jobs WHERE locked_by IS NOT NULL ORDER BY 1")).map(
      ({ locked_by }) => locked_by,
    );

  it("leaves jobs with a process that lives, and takes them from one that does not", async () => {
    const pool = openPool({ name: "test lease", size: 3 });
    undo.push(() => pool.end());
    await inHandsOf("pool-dead");
    await inHandsOf("pool-alive");
    const lease = holdLease(pool, "pool-alive");
    await until("what is dropped to be put back", async () => (await heldBy()).length === 1);
    expect(await heldBy()).toEqual(["pool-alive"]);
    expect(await releaseDroppedJobs(pool)).toEqual([]);
    expect(await heldBy()).toEqual(["pool-alive"]);
    lease.end();
    await until("the lease to be over", async () => (await releaseDroppedJobs(pool)).length === 1);
    expect(await heldBy()).toEqual([]);
  });

  it("does not ask about jobs that were only just taken", async () => {
    const pool = openPool({ name: "test lease", size: 1 });
    undo.push(() => pool.end());
    await inHandsOf("pool-young");
    await db.sql("UPDATE graphile_worker._private_jobs SET locked_at = now()");
    expect(await releaseDroppedJobs(pool)).toEqual([]);
    expect(await heldBy()).toEqual(["pool-young"]);
  });

  it("counts the try of a dropped job, so that one which kills its process is given up some day", async () => {
    const pool = openPool({ name: "test lease", size: 1 });
    undo.push(() => pool.end());
    await inHandsOf("pool-dead");
    await db.sql("UPDATE graphile_worker._private_jobs SET attempts = 12");
    await releaseDroppedJobs(pool);
    const [job] = await db.sql("SELECT is_available FROM graphile_worker._private_jobs");
    expect(job).toEqual({ is_available: false });
  });
});

describe("the site's role", () => {
  it("works the queue off, but cannot change its tables", async () => {
    const client = new pg.Client({ connectionString: db.applicationUrl });
    await client.connect();
    try {
      for (const sql of [
        "ALTER TABLE graphile_worker._private_jobs ADD COLUMN a int",
        "DROP SCHEMA graphile_worker CASCADE",
        "CREATE TABLE graphile_worker.mine (id int)",
        "UPDATE graphile_worker.migrations SET breaking = false",
      ]) {
        await expect(client.query(sql)).rejects.toThrow(/permission denied|must be owner/);
      }
    } finally {
      await client.end();
    }
  });
});
