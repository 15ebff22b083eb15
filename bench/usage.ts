// What processes have used so far, by their own accounting: it holds on a machine that is busy with other things.
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

export interface Usage {
  /** Processor time of the server and its front door, in milliseconds. */
  cpuMs: number;
  /** Processor time of the embedded Postgres, in milliseconds, as far as this system tells; else NaN. */
  databaseMs: number;
  /** Memory of both, in bytes. */
  rss: number;
}

/** Linux counts in hundredths of a second. */
const msPerTick = 10;

const answer = z.object({ cpuMs: z.number(), rss: z.number() });

/** Asks a process started with accounting.mjs. @param dataDir where its embedded Postgres is, if it has one */
export async function usageOf(child: ChildProcess, dataDir?: string): Promise<Usage> {
  const told = once(child, "message", { signal: AbortSignal.timeout(30_000) });
  child.send("usage");
  const [message] = await told;
  const own = answer.parse(message);
  const door = await doorOf(child.pid ?? 0);
  return {
    cpuMs: own.cpuMs + door.cpuMs,
    rss: own.rss + door.rss,
    databaseMs: dataDir === undefined ? 0 : await postgresMs(dataDir),
  };
}

/** What the front door's process has used, which the server at `parent` has started; nothing where there is none. */
async function doorOf(parent: number): Promise<{ cpuMs: number; rss: number }> {
  const pid = await doorPid(parent);
  if (pid === undefined) return { cpuMs: 0, rss: 0 };
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return {
    cpuMs: await processorMs(pid),
    rss: Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024,
  };
}

async function doorPid(parent: number): Promise<number | undefined> {
  for (const pid of await childrenOf(parent)) {
    const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (command.includes("door.mjs")) return pid;
  }
  return undefined;
}

/** Files and sockets that the server and its front door hold open, as far as this system tells; else 0. */
export async function openHandles({ pid = 0 }: ChildProcess): Promise<number> {
  const pids = [pid, (await doorPid(pid)) ?? 0];
  const counts = await Promise.all(pids.map(async (one) => (await readdir(`/proc/${one}/fd`).catch(() => [])).length));
  return counts.reduce((sum, count) => sum + count, 0);
}

async function childrenOf(parent: number): Promise<number[]> {
  const all = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  const stats = await Promise.all(all.map(async (pid) => ({ pid, parent: Number((await statOf(pid))[1]) })));
  return stats.filter((each) => each.parent === parent).map(({ pid }) => pid);
}

/** The numbers of the Postgres in a data folder: its first process and those that it started. */
async function postgresProcesses(dataDir: string): Promise<number[]> {
  const text = await readFile(join(dataDir, "postgres", "postmaster.pid"), "utf8").catch(() => "");
  const first = Number.parseInt(text, 10);
  if (!first) return [];
  return [first, ...(await childrenOf(first))];
}

/** The fields of /proc/PID/stat from the state on; empty where there is no such thing. */
async function statOf(pid: number): Promise<string[]> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
}

/**
 * Processor time that a process has used, in milliseconds; NaN where this system does not tell. To the nanosecond where the scheduler says so,
 * thread by thread (what ended threads have used is not in it), which a single request needs; else in hundredths of a second.
 */
export async function processorMs(pid: number): Promise<number> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const texts = await Promise.all(
    threads.map((one) => readFile(`/proc/${pid}/task/${one}/schedstat`, "utf8").catch(() => "")),
  );
  const ns = texts.reduce((sum, text) => sum + (Number.parseInt(text, 10) || 0), 0);
  if (ns > 0) return ns / 1_000_000;
  const fields = await statOf(pid);
  return (Number(fields[11]) + Number(fields[12])) * msPerTick;
}

async function postgresMs(dataDir: string): Promise<number> {
  const processes = await postgresProcesses(dataDir);
  if (processes.length === 0) return Number.NaN;
  // Own time of each, and of those that the first one has seen end.
  const own = await Promise.all(processes.map(processorMs));
  const first = await statOf(processes[0] ?? 0);
  const ended = ((Number(first[13]) || 0) + (Number(first[14]) || 0)) * msPerTick;
  return own.reduce((sum, each) => sum + (each || 0), ended);
}

/**
 * Memory that the database's processes have for themselves, and what they share once, in bytes; NaN where this system does not tell. One that
 * ends while it is looked at has none.
 */
export async function databaseMemory(dataDir: string): Promise<number> {
  const processes = await postgresProcesses(dataDir);
  const texts = await Promise.all(
    processes.map((pid) => readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "")),
  );
  const sizes = texts.map((text) => Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) * 1024);
  return sizes.reduce((sum, size) => sum + size, 0) || Number.NaN;
}
