// What tests of the queue begin with: members with addresses, wishes, a mail server on this machine, and running the queue until it has
// nothing to do.
import { EventEmitter } from "node:events";
import { Logger, runOnce, type TaskList } from "graphile-worker";
import { afterEach } from "vitest";
import type { MailWish } from "@/lib/domain/mail";
import { env } from "@/lib/env";
import { tasks as allTasks } from "@/lib/jobs/tasks";
import { closeMail } from "@/lib/mail/send";
import { inTransaction } from "@/lib/store/client";
import { enqueue, type JobOptions } from "@/lib/store/jobs";
import { openPool } from "@/lib/store/pool";
import { type Behaviour, type Sink, smtpAt, startSink } from "@/tests/mail/sink";
import { aMember } from "@/tests/services/arrange";
import type { TestDatabase } from "@/tests/support/database";

let people = 0;

export interface MailPerson {
  userId: number;
  handle: string;
  email: string;
}

/** A member whose address is known to be theirs, unless `verified` says otherwise. */
export async function aPerson(
  db: TestDatabase,
  about: { verified?: boolean; name?: string } = {},
): Promise<MailPerson> {
  people++;
  const handle = `person_${people}`;
  const email = `${handle}@example.com`;
  const { userId } = await aMember(handle, about.name ?? `Person ${people}`);
  const at = about.verified === false ? null : new Date();
  await db.sql("UPDATE users SET email = $2, email_verified_at = $3 WHERE id = $1", [userId, email, at]);
  return { userId, handle, email };
}

/** Puts a wish into the queue, as services do. */
export function wishFor(payload: MailWish, options?: JobOptions): Promise<void> {
  return inTransaction((tx) => enqueue(tx, { task: "send-mail", payload }, options));
}

/** Does everything that is due, one job after the other, with the rights of the site. */
export async function workOff(tasks: TaskList = allTasks): Promise<void> {
  const pool = openPool({ name: "test jobs", size: 2 });
  try {
    const options = { completeJobBatchDelay: 0, failJobBatchDelay: 0, concurrentJobs: 1 };
    await runOnce({
      pgPool: pool,
      taskList: tasks,
      noHandleSignals: true,
      events: new EventEmitter(),
      logger: new Logger(() => () => {}),
      preset: { worker: options },
    });
  } finally {
    await pool.end();
  }
}

export interface WaitingJob {
  attempts: number;
  max_attempts: number;
  last_error: string | null;
  /** Seconds until it is tried again. */
  pause: number;
}

/** The jobs in the queue, oldest first; without the one that comes and goes every minute. */
export async function waiting(db: TestDatabase): Promise<WaitingJob[]> {
  const rows = await db.sql(
    `SELECT attempts::int, max_attempts::int, last_error, extract(epoch FROM run_at - now())::float8 AS pause
     FROM graphile_worker.jobs WHERE task_identifier <> 'tell-closed' ORDER BY id`,
  );
  return rows.map((row) => ({
    attempts: Number(row.attempts),
    max_attempts: Number(row.max_attempts),
    last_error: row.last_error === null ? null : String(row.last_error),
    pause: Number(row.pause),
  }));
}

/** All pauses are over. */
export async function letTimePass(db: TestDatabase): Promise<void> {
  await db.sql("UPDATE graphile_worker._private_jobs SET run_at = now() WHERE locked_at IS NULL");
}

/** Forgets what other tests left in the queue. */
export async function emptyQueue(db: TestDatabase): Promise<void> {
  await db.sql("DELETE FROM graphile_worker._private_jobs");
}

const undo: (() => unknown)[] = [];

/** A mail server that the site uses until the test ends. */
export async function mailServer(behaviour?: Behaviour): Promise<Sink> {
  const sink = await startSink(behaviour);
  sendThrough(sink.port);
  undo.push(sink.close);
  return sink;
}

/** From now on mails go to this port of this machine. */
export function sendThrough(port: number): void {
  closeMail();
  env().smtp = smtpAt(port);
}

/** Call once at the top of a test file. */
export function endMailServers(): void {
  afterEach(async () => {
    closeMail();
    env().smtp = undefined;
    for (const step of undo.splice(0)) await step();
  });
}

/** The token of the one-time link in a mail's text. */
export function tokenIn(text: string | undefined): string {
  const token = /\?token=([\w-]{43})\n/.exec(text ?? "")?.[1];
  if (!token) throw new Error(`There is no link with a token in:\n${text}`);
  return token;
}
