// The process that sends mails, killed with -9 at each moment of a mail's life (F2): no mail is lost, a kill makes at most one more copy of
// it, and all copies are one mail. `KILL_ROUNDS=50 npx vitest run tests/jobs/killed.test.ts` does it fifty times at each moment.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import pg from "pg";
import pino from "pino";
import { expect, inject, it } from "vitest";
import { env } from "@/lib/env";
import { releaseDroppedJobs } from "@/lib/jobs/lease";
import { startJobs } from "@/lib/jobs/queue";
import { once as onceInProcess } from "@/lib/once";
import { database } from "@/lib/store/client";
import { peekToken } from "@/lib/store/one-time-tokens";
import { openPool } from "@/lib/store/pool";
import type { Behaviour, Received } from "@/tests/mail/sink";
import { until } from "@/tests/support/condition";
import { freshDatabase } from "@/tests/support/database";
import {
  aPerson,
  emptyQueue,
  endMailServers,
  letTimePass,
  type MailPerson,
  mailServer,
  tokenIn,
  wishFor,
} from "./arrange";

const db = freshDatabase();
endMailServers();
onceInProcess("log", () => pino({ level: "silent" }));

const rounds = Number(process.env.KILL_ROUNDS ?? 1);
/** What a round may take on a busy machine, in milliseconds. */
const roundPatience = 200_000;
/** For one moment of it: a process that starts has all of this application to read. */
const momentPatience = 90_000;
/** Mails of a round; the process sends three at a time. */
const mailsOfRound = 3;

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What a moment is told of the process, and may do to it. */
interface Victim {
  kill(): void;
  killed(): boolean;
  /** The test's own connection, as the owner of the tables; closed with the round. */
  owner: pg.Client;
}

interface Moment {
  behaviour?: (victim: Victim) => Behaviour;
  /** Runs while the process does, until it is killed. */
  meanwhile?: (victim: Victim) => Promise<void>;
  /** How many more copies one kill may make of all three mails. */
  extra: number;
}

const inHand = async () =>
  (
    await db.sql(
      "SELECT 1 FROM graphile_worker._private_jobs WHERE locked_at IS NOT NULL AND payload->>'kind' IS NOT NULL",
    )
  ).length;

const left = async () =>
  (await db.sql("SELECT 1 FROM graphile_worker._private_jobs WHERE payload->>'kind' = 'resetPassword'")).length;

/** Its connections to Postgres now. */
async function connectionsOf({ owner }: Victim): Promise<{ marking: boolean }[]> {
  // Within a transaction Postgres would say the same each time.
  await owner.query("SELECT pg_stat_clear_snapshot()");
  const { rows } = await owner.query<{ marking: boolean }>(
    `SELECT (wait_event_type = 'Lock' AND query ILIKE '%delete from%_private_jobs%') IS TRUE AS marking
     FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'colloquy jobs'`,
  );
  return rows;
}

const endConnections = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND application_name = 'colloquy jobs'`;

const moments: Record<string, Moment> = {
  "the row is taken": {
    // Nobody can be read, so the mail cannot be written.
    meanwhile: async ({ kill, owner }) => {
      await owner.query("BEGIN; LOCK TABLE users IN ACCESS EXCLUSIVE MODE");
      await until("a row to be taken", async () => (await inHand()) > 0, momentPatience);
      kill();
      await owner.query("ROLLBACK");
    },
    extra: 0,
  },
  "the mail server is connected": {
    behaviour: ({ kill, killed }) => ({
      onConnected: () => {
        if (!killed()) kill();
      },
    }),
    extra: 0,
  },
  "the text is sent, and the server has not said that it has it": {
    behaviour: ({ kill, killed }) => ({
      onTaken: ({ hang }) => {
        if (killed()) return;
        hang();
        kill();
      },
    }),
    extra: mailsOfRound,
  },
  "the reply is there, and the row is not marked": {
    behaviour: ({ owner, killed }) => ({
      onTaken: async ({ nth }) => {
        if (nth > 1 || killed()) return;
        await owner.query("BEGIN; LOCK TABLE graphile_worker._private_jobs IN SHARE MODE");
      },
    }),
    meanwhile: async (victim) => {
      const marking = async () => (await connectionsOf(victim)).some(({ marking }) => marking);
      await until("a row to be about to be marked", marking, momentPatience);
      victim.kill();
      // What it had said already would be done all the same.
      await victim.owner.query(endConnections);
      await until("its connections to be gone", async () => (await connectionsOf(victim)).length === 0);
      await victim.owner.query("ROLLBACK");
    },
    extra: mailsOfRound,
  },
  "the row is marked": {
    behaviour: ({ killed }) => ({
      onTaken: ({ nth, hang }) => {
        if (nth > 1 && !killed()) hang();
      },
    }),
    meanwhile: async ({ kill }) => {
      await until("the first row to be marked", async () => (await left()) < mailsOfRound, momentPatience);
      kill();
    },
    extra: mailsOfRound - 1,
  },
};

function startChild(smtpPort: number): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", "tests/support/do-jobs.ts"], {
    cwd: root,
    env: {
      ...process.env,
      DATABASE_URL: db.applicationUrl,
      SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
      DATA_DIR: env().dataDir,
      LOG_LEVEL: "silent",
    },
    stdio: "ignore",
  });
}

/** What living processes do after a minute, done at once. */
async function putBack(): Promise<void> {
  await db.sql(
    "UPDATE graphile_worker._private_jobs SET locked_at = locked_at - interval '1 minute' WHERE locked_at IS NOT NULL",
  );
  const pool = openPool({ name: "test", size: 1 });
  try {
    await until("what it had in hand to be put back", async () => {
      await releaseDroppedJobs(pool);
      return (await inHand()) === 0;
    });
  } finally {
    await pool.end();
  }
  // Should a slow machine have made a try fail before the kill, it is due as well.
  await letTimePass(db);
}

/** Has three mails sent by a process that is killed, and then by another. */
async function aRound({ behaviour, meanwhile }: Moment): Promise<{ people: MailPerson[]; received: Received[] }> {
  await emptyQueue(db);
  const people = [await aPerson(db), await aPerson(db), await aPerson(db)];
  for (const { userId } of people) await wishFor({ kind: "resetPassword", userId });
  const { superuserUrl } = inject("postgres");
  const owner = new pg.Client({ connectionString: superuserUrl.replace(/\/postgres$/, new URL(db.ownerUrl).pathname) });
  await owner.connect();
  let child: ChildProcess | undefined;
  try {
    const victim: Victim = { kill: () => child?.kill("SIGKILL"), killed: () => child?.killed === true, owner };
    const { received, port } = await mailServer(behaviour?.(victim));
    child = startChild(port);
    const ended = once(child, "close").then(([, signal]) => expect(signal).toBe("SIGKILL"));
    await Promise.all([ended, meanwhile?.(victim)]);
    await putBack();
    const jobs = await startJobs();
    try {
      await until("every mail to be sent", async () => (await left()) === 0, momentPatience);
    } finally {
      await jobs.stop();
    }
    return { people, received };
  } finally {
    child?.kill("SIGKILL");
    await owner.end();
  }
}

it.each(Object.entries(moments))(
  "killed when %s: none is lost, and a copy more of a mail has its id and its link, which works",
  async (when, moment) => {
    let copies = 0;
    for (let round = 0; round < rounds; round++) {
      const { people, received } = await aRound(moment);
      for (const { email } of people) {
        const mails = received.filter(({ to }) => to[0] === email);
        expect([1, 2]).toContain(mails.length);
        expect(new Set(mails.map(({ mail }) => mail.messageId)).size).toBe(1);
        const links = [...new Set(mails.map(({ mail }) => tokenIn(mail.text)))];
        expect(links).toHaveLength(1);
        const link = { purpose: "RESET_PASSWORD", token: links[0] ?? "" } as const;
        expect(await peekToken(database(), link)).not.toBeNull();
      }
      expect(new Set(received.map(({ mail }) => mail.messageId)).size).toBe(mailsOfRound);
      expect(received.length - mailsOfRound).toBeLessThanOrEqual(moment.extra);
      copies += received.length - mailsOfRound;
    }
    if (process.env.KILL_ROUNDS) process.stdout.write(`${when}: ${rounds} kills, ${copies} copies, none lost\n`);
  },
  rounds * roundPatience,
);
