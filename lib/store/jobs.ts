// What is to happen later. A job is added by SQL in the transaction of its cause: what was rolled back sends nothing, and what was
// committed is not forgotten.
import type { MailWish } from "@/lib/domain/mail";
import type { Transaction } from "@/lib/store/client";

export type Job =
  | { task: "send-mail"; payload: MailWish }
  | { task: "export-data"; payload: { exportId: number } }
  | { task: "delete-account"; payload: { userId: number } };

/** Security mails go before others (R75); a smaller number is sooner. */
export const priorities = { security: -10, ordinary: 0, bulk: 10 } as const;

export interface JobOptions {
  /** Not before. */
  runAt?: Date;
  /** A later job with the same key replaces a waiting one. */
  key?: string;
  priority?: number;
  maxAttempts?: number;
}

/** With pauses that grow, twelve tries take about half a day (R86). */
const attempts = 12;

/** Adds a job. */
export async function enqueue(db: Transaction, job: Job, options: JobOptions = {}): Promise<void> {
  await db.$executeRaw`
    SELECT graphile_worker.add_job(
      ${job.task}, ${JSON.stringify(job.payload)}::json,
      run_at => ${options.runAt ?? null}::timestamptz, max_attempts => ${options.maxAttempts ?? attempts}::int,
      job_key => ${options.key ?? null}, priority => ${options.priority ?? priorities.ordinary}::int)`;
}
