// Many requests for one address, and what they cost whom.
import type { ChildProcess } from "node:child_process";
import autocannon from "autocannon";
import type { Figures } from "@/bench/table";
import { usageOf } from "@/bench/usage";

export interface Target {
  origin: string;
  process: ChildProcess;
  /** Where its embedded Postgres is, if it has one. */
  dataDir?: string;
}

/** As many readers at once as keep one core busy, on a machine that runs the load as well. */
const connections = 16;

/** Readers take what their browsers take. */
const readerHeaders = { "accept-encoding": "gzip, deflate, br", accept: "text/html" };

/** Reads one address for some seconds, after a short warm-up. */
export async function readMany(name: string, target: Target, path: string, seconds: number): Promise<Figures> {
  const wish = { url: `${target.origin}${path}`, connections, headers: readerHeaders };
  await autocannon({ ...wish, duration: 1 });
  const before = await usageOf(target.process, target.dataDir);
  const result = await autocannon({ ...wish, duration: seconds });
  const after = await usageOf(target.process, target.dataDir);
  const requests = result["2xx"];
  return {
    name,
    perSecond: requests / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    cpuMs: (after.cpuMs - before.cpuMs) / requests,
    databaseMs: (after.databaseMs - before.databaseMs) / requests,
    bytes: result.throughput.total / result.requests.total,
    failures: result.errors + result.non2xx,
  };
}

/** Does `work` `count` times, some at once, and answers what one took. */
export async function doMany(
  name: string,
  target: Target,
  wish: { count: number; atOnce: number; work: (nth: number) => Promise<{ bytes: number; ok: boolean }> },
): Promise<Figures> {
  const times: number[] = [];
  let next = 0;
  let bytes = 0;
  let failures = 0;
  const one = async () => {
    for (let nth = next++; nth < wish.count; nth = next++) {
      const began = performance.now();
      const done = await wish.work(nth);
      times.push(performance.now() - began);
      bytes += done.bytes;
      if (!done.ok) failures += 1;
    }
  };
  const before = await usageOf(target.process, target.dataDir);
  const began = performance.now();
  await Promise.all(Array.from({ length: wish.atOnce }, one));
  const took = performance.now() - began;
  const after = await usageOf(target.process, target.dataDir);
  const { length } = times;
  times.sort((a, b) => a - b);
  return {
    name,
    perSecond: (length / took) * 1000,
    p50: times[Math.floor(length * 0.5)] ?? Number.NaN,
    p99: times[Math.floor(length * 0.99)] ?? Number.NaN,
    cpuMs: (after.cpuMs - before.cpuMs) / length,
    databaseMs: (after.databaseMs - before.databaseMs) / length,
    bytes: bytes / length,
    failures,
  };
}
