// The part of the process that does jobs: it takes them from the queue as they come, mails first, a few at a time, and ends by finishing
// those in hand (R91). Runs in the server's world only, on connections of its own, so that no page waits for a job.
import { EventEmitter } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { Logger, parseCronItems, type Runner, run, type TaskList, type WorkerEvents } from "graphile-worker";
import { holdLease, type Lease } from "@/lib/jobs/lease";
import { tasks as allTasks } from "@/lib/jobs/tasks";
import { log } from "@/lib/log";
import { closeMail } from "@/lib/mail/send";
import { database } from "@/lib/store/client";
import { enqueue } from "@/lib/store/jobs";
import { openPool } from "@/lib/store/pool";

/** Jobs at a time. Most of their time they wait for a mail server. */
const concurrency = 3;

/** One connection listens, one holds the lease, the others take jobs and put them away. */
const connections = 4;

/** How long jobs in hand may go on after the signal to stop, in milliseconds; then they are told to break off (R91). */
const grace = 10_000;

/** After the queue itself has failed, before it is started again, in milliseconds. */
const restartPause = 5_000;

const sweep = { backfillPeriod: 0, maxAttempts: 3 };
const timetable = [
  // Every hour, a little after, when nothing else is due.
  { task: "clean-up", match: "17 * * * *", options: sweep },
  // What is due has a job of its own; this finds what such a job left behind.
  { task: "publish-due", match: "*/10 * * * *", options: sweep },
  // Discussions close at the end of a day, or some days to the second after their article appeared.
  { task: "tell-closed", match: "* * * * *", options: { ...sweep, maxAttempts: 1 } },
  { task: "seal-record", match: "* * * * *", options: sweep },
  // Texts from before there was a search; begun at once when the jobs begin.
  { task: "fill-search", match: "*/10 * * * *", options: sweep },
  { task: "count-figures", match: "* * * * *", options: { ...sweep, maxAttempts: 1 } },
  { task: "look-after-pictures", match: "29 4 * * *", options: sweep },
  { task: "check-record", match: "43 3 * * *", options: sweep },
];

export interface Jobs {
  /** Takes no more, finishes what is in hand, closes the connections. */
  stop(): Promise<void>;
}

/** The queue's own remarks; the first line of each, since more may hold what a job was about. */
const logger = new Logger(() => (level, message) => {
  const line = message.split("\n", 1)[0] ?? "";
  if (level === "error") log().warn({ queue: line }, "The queue of jobs had trouble.");
  else if (level === "warning") log().warn({ queue: line }, "The queue of jobs has a remark.");
  else log().debug({ queue: line }, "Jobs");
});

/** Starts doing jobs, at once or as soon as the database can be reached. @param tasks only for tests */
export async function startJobs(tasks: TaskList = allTasks): Promise<Jobs> {
  const pool = openPool({ name: "colloquy jobs", size: connections });
  const stopping = new AbortController();
  let lease: Lease | undefined;

  const begin = async (): Promise<Runner> => {
    const events: WorkerEvents = new EventEmitter();
    events.on("pool:create", ({ workerPool }) => {
      lease?.end();
      lease = holdLease(pool, workerPool.id);
    });
    events.on("job:failed", ({ job, error }) => {
      const about = { job: job.id, task: job.task_identifier };
      log().error({ ...about, reason: String(error) }, "A job failed for the last time and is parked.");
    });
    // What became due while nobody was there to do it.
    if ("publish-due" in tasks) {
      await enqueue(database(), { task: "publish-due", payload: {} }, { key: "publish-due" });
      await enqueue(database(), { task: "fill-search", payload: {} }, { key: "fill-search" });
    }
    return run({
      pgPool: pool,
      taskList: tasks,
      parsedCronItems: parseCronItems(timetable.filter(({ task }) => task in tasks)),
      noHandleSignals: true,
      logger,
      events,
      // In batches of one, because only batches are put away again and again until the database is back.
      preset: {
        worker: {
          concurrentJobs: concurrency,
          gracefulShutdownAbortTimeout: grace,
          completeJobBatchDelay: 0,
          failJobBatchDelay: 0,
        },
      },
    });
  };

  const tryToBegin = (): Promise<Runner | undefined> =>
    begin().catch((error: unknown) => {
      log().error({ reason: String(error) }, "The queue of jobs could not begin. It is tried again.");
      return undefined;
    });

  let runner = await tryToBegin();
  const supervise = async () => {
    while (!stopping.signal.aborted) {
      try {
        await runner?.promise;
      } catch (error) {
        log().error({ reason: String(error) }, "The queue of jobs broke off. It is started again.");
      }
      if (stopping.signal.aborted) return;
      await pause(restartPause, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      runner = await tryToBegin();
      if (stopping.signal.aborted) await runner?.stop();
    }
  };
  const supervised = supervise();

  return {
    stop: async () => {
      stopping.abort();
      await runner?.stop().catch(() => {}); // It may have broken off by itself just now.
      await supervised;
      lease?.end();
      closeMail();
      await pool.end();
    },
  };
}
