// What is to happen later. A job is added by SQL in the transaction of its cause: what was rolled back sends nothing, and what was
// committed is not forgotten.
import { randomBytes } from "node:crypto";
import { isSecurityMail, type MailWish } from "@/lib/domain/mail";
import type { Questions } from "@/lib/store/plain-transaction";

export type Job =
  | { task: "send-mail"; payload: MailWish }
  | { task: "export-data"; payload: { exportId: number } }
  | { task: "delete-account"; payload: { userId: number } }
  /** One revision, or all that are due. */
  | { task: "publish-due"; payload: { revisionId?: number } }
  | { task: "fill-search"; payload: Record<string, never> };

/** Security mails go before others (R75); a smaller number is sooner. */
export const priorities = { security: -10, ordinary: 0, bulk: 10 } as const;

export interface JobOptions {
  /** Not before. */
  runAt?: Date;
  /** A later job with the same key replaces a waiting one. */
  key?: string;
  /** Without one: that of mail by what it is about, of everything else the ordinary one. */
  priority?: number;
  maxAttempts?: number;
}

/** With pauses that grow from three seconds to six hours, twelve tries take about sixteen hours (R86). */
export const attempts = 12;

/**
 * What a mail's id and its one-time link are made from, together with the site's secret: every copy of one mail has the same ones,
 * and the queue alone tells neither.
 */
const seedBytes = 32;

const priorityOf = (job: Job) =>
  job.task === "send-mail" && isSecurityMail(job.payload) ? priorities.security : priorities.ordinary;

/** Adds a job. */
export async function enqueue(db: Questions, job: Job, options: JobOptions = {}): Promise<void> {
  const seed = job.task === "send-mail" ? { seed: randomBytes(seedBytes).toString("base64url") } : {};
  await db.$executeRaw`
    SELECT graphile_worker.add_job(
      ${job.task}, ${JSON.stringify({ ...job.payload, ...seed })}::json,
      run_at => ${options.runAt ?? null}::timestamptz, max_attempts => ${options.maxAttempts ?? attempts}::int,
      job_key => ${options.key ?? null}, priority => ${options.priority ?? priorityOf(job)}::int)`;
}

/**
 * Adds a job unless one with its key waits already. The one that waits cannot begin before this transaction ends, so it sees what this
 * transaction wrote.
 */
export async function enqueueOnce(db: Questions, job: Job, options: JobOptions & { key: string }): Promise<void> {
  // Two at once would both find none.
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(concat('colloquy.job.', ${options.key}::text), 0))`;
  const waiting = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM graphile_worker._private_jobs
    WHERE key = ${options.key} AND locked_at IS NULL AND attempts < max_attempts FOR UPDATE`;
  if (waiting.length === 0) await enqueue(db, job, options);
}

/** Gives up on a job that is being done: once it has failed, it is not tried again, and stays to be looked at. */
export async function parkJob(db: Questions, id: string): Promise<void> {
  await db.$executeRaw`
    UPDATE graphile_worker._private_jobs SET max_attempts = greatest(1, attempts) WHERE id = ${id}::bigint`;
}

/** Forgets jobs that were given up so long ago that nobody will look at them any more. */
export async function forgetParkedJobs(db: Questions, days: number): Promise<void> {
  await db.$executeRaw`
    DELETE FROM graphile_worker._private_jobs
    WHERE locked_at IS NULL AND attempts >= max_attempts AND updated_at < now() - ${days} * interval '1 day'`;
}
