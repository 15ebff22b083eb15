// For how long each change of the tables kept others from them, as Postgres tells while it happens.
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { processorMs } from "@/bench/usage";

/** Between two looks, in milliseconds: so much longer than seen a lock may have been held. */
const lookEvery = 20;

export interface HeldLock {
  table: string;
  mode: string;
  /** Milliseconds. */
  held: number;
}

/** Modes that keep writers out; the first keeps readers out as well. */
const modes = ["AccessExclusiveLock", "ExclusiveLock", "ShareRowExclusiveLock", "ShareLock"];

/** Tables that are being made are not seen here by anybody, so they do not count. */
const question = `
  SELECT a.pid, a.xact_start::text AS begun, c.relname AS "table", l.mode
  FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid AND l.granted AND l.mode = ANY ($1)
  JOIN pg_class c ON c.oid = l.relation AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
  WHERE a.application_name = 'colloquy migrations'`;

interface Seen {
  first: number;
  last: number;
}

interface Try {
  change: string;
  locks: Map<string, Seen>;
  /** Processor time of the database's process at the first look, and at the last. */
  cpu: Seen;
}

/** What a change cost others, at worst where it was tried several times. */
export interface ChangeCost {
  longest: HeldLock;
  /** Processor time while it held something, in milliseconds: it holds on a machine that is busy with other things. */
  cpuMs: number;
}

/**
 * Looks until `end`, which says it by the names of the changes.
 * @param url of somebody who may see others' questions
 * @param current the name of the change that is being made
 */
export async function watchLocks(
  url: string,
  current: () => string,
): Promise<{ end(): Promise<Map<string, ChangeCost>> }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const tries = new Map<string, Try>();
  let looking = true;
  const look = async () => {
    const change = current();
    const { rows } = await client.query<{ pid: number; begun: string; table: string; mode: string }>(question, [modes]);
    const now = performance.now();
    const cpu = rows[0] ? await processorMs(rows[0].pid) : 0;
    for (const { begun, table, mode } of rows) {
      const one = tries.get(begun) ?? { change, locks: new Map<string, Seen>(), cpu: { first: cpu, last: cpu } };
      tries.set(begun, one);
      one.cpu.last = cpu;
      const name = `${table} ${mode}`;
      one.locks.set(name, { first: one.locks.get(name)?.first ?? now, last: now });
    }
  };
  const looks = (async () => {
    for (; looking; await pause(lookEvery)) await look();
  })();
  return {
    end: async () => {
      looking = false;
      await looks;
      await client.end();
      const costs = new Map<string, ChangeCost>();
      for (const { change, locks, cpu } of tries.values()) {
        const [longest] = heldOf(locks).sort((a, b) => b.held - a.held);
        if (!longest || longest.held < (costs.get(change)?.longest.held ?? 0)) continue;
        costs.set(change, { longest, cpuMs: cpu.last - cpu.first });
      }
      return costs;
    },
  };
}

function heldOf(locks: Map<string, Seen>): HeldLock[] {
  return [...locks].map(([name, { first, last }]) => {
    const [table = "", mode = ""] = name.split(" ");
    return { table, mode, held: last - first + lookEvery };
  });
}
