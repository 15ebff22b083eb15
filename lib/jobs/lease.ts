// Whose hands a job is in. Each process holds a lock of the database for as long as it lives; a job that is in the hands of one whose
// lock is free was dropped, by a kill or a lost connection, and goes back into the queue (F2).
import type pg from "pg";
import { log } from "@/lib/log";

/** A job must have been taken so long ago before anybody asks whether its process lives (R86), in milliseconds. */
const lease = 60_000;

/** How often to look, and to take the own lock again when the connection that held it was lost, in milliseconds. */
const interval = 30_000;

/** The name of a process's lock, which must not meet any other of the database. */
const lockOf = (parameter: string) => `hashtextextended('colloquy worker ' || ${parameter}, 0)`;

/**
 * Puts back jobs that were taken by a process which is gone.
 * @param leaseMs how long they must have been in its hands
 * @returns the names of those that are gone
 */
export async function releaseDroppedJobs(pool: pg.Pool, leaseMs: number = lease): Promise<string[]> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `SELECT DISTINCT locked_by AS name FROM graphile_worker.jobs
       WHERE locked_by IS NOT NULL AND locked_at <= now() - $1 * interval '1 millisecond'`,
      [leaseMs],
    );
    const gone: string[] = [];
    for (const { name } of rows) {
      const { rows: freed } = await client.query<{ free: boolean }>(
        `SELECT pg_try_advisory_lock_shared(${lockOf("$1::text")}) AS free`,
        [name],
      );
      if (!freed[0]?.free) continue;
      try {
        await client.query("SELECT graphile_worker.force_unlock_workers(ARRAY[$1::text])", [name]);
        gone.push(name);
      } finally {
        await client.query(`SELECT pg_advisory_unlock_shared(${lockOf("$1::text")})`, [name]);
      }
    }
    return gone;
  } finally {
    client.release();
  }
}

export interface Lease {
  end(): void;
}

/** Holds the lock of the process that takes jobs under `name`, and puts back what others dropped, now and every half minute. */
export function holdLease(pool: pg.Pool, name: string): Lease {
  let letGo: (() => void) | undefined;
  let ended = false;

  const hold = async () => {
    const client = await pool.connect();
    const drop = () => {
      if (letGo !== drop) return;
      letGo = undefined;
      client.release(true); // Closing the connection is what frees the lock.
    };
    letGo = drop;
    client.once("error", drop);
    try {
      await client.query(`SELECT pg_advisory_lock(${lockOf("$1::text")})`, [name]);
    } catch (error) {
      drop();
      throw error;
    }
    if (ended) drop();
  };
  const look = async () => {
    try {
      if (!letGo) await hold();
      const gone = await releaseDroppedJobs(pool);
      if (gone.length > 0) log().warn({ gone }, "Jobs of a process that is gone were put back into the queue.");
    } catch (error) {
      // The database is away; the next look is soon.
      log().debug(
        { reason: error instanceof Error ? error.message : String(error) },
        "The lease could not be renewed.",
      );
    }
  };
  void look();
  const timer = setInterval(() => void look(), interval);
  timer.unref();
  return {
    end: () => {
      ended = true;
      clearInterval(timer);
      letGo?.();
    },
  };
}
