// The processes that are measured: the built product as people start it, and the bare server beside it. On this machine's own
// addresses, on free ports, until they are stopped.
import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Target } from "@/bench/load";

const root = fileURLToPath(new URL("..", import.meta.url));
const accounting = join(root, "bench", "accounting.mjs");

/** A first start makes a database, on a machine that may be busy. */
const startPatience = 180_000;

export interface Running extends Target {
  stop(): Promise<void>;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, "close");
  child.kill("SIGTERM");
  await closed;
}

interface ProductOptions {
  limitFactor?: number;
  environment?: Record<string, string>;
  /** The checkout to start; this one when it is not said. */
  checkout?: string;
}

/** Starts the product on a data folder. It logs every request as it does in earnest, into a file of that folder. */
export async function startProduct(
  dataDir: string,
  { limitFactor = 1_000_000, environment = {}, checkout = root }: ProductOptions = {},
): Promise<Running & { dataDir: string }> {
  const log = join(dataDir, `bench-${process.hrtime.bigint()}.log`);
  const file = await open(log, "w");
  // Older versions have another beginning.
  const entry = existsSync(join(checkout, "start.mjs")) ? ["start.mjs"] : ["--import", "tsx", "server.ts"];
  const child = spawn(process.execPath, ["--import", accounting, ...entry], {
    cwd: checkout,
    // Usually everybody may do as much as they can.
    env: { ...process.env, PORT: "0", DATA_DIR: dataDir, RATE_LIMIT_FACTOR: String(limitFactor), ...environment },
    stdio: ["ignore", file.fd, file.fd, "ipc"],
  });
  await file.close();
  const stop = () => end(child);
  for (const began = performance.now(); performance.now() - began < startPatience; await pause(100)) {
    const origin = /Read and discuss\s+\S*?(https?:\/\/[\w.:[\]-]+)/.exec(await readFile(log, "utf8"))?.[1];
    if (origin) return { origin, process: child, dataDir, stop };
    if (child.exitCode !== null) break;
  }
  await stop();
  throw new Error(`The product did not start:\n${await readFile(log, "utf8")}`);
}

/** Starts a server that does nothing but send these bytes. */
export async function startBare(answer: { headers: Record<string, string>; body: Buffer }): Promise<Running> {
  const child = fork(join(root, "bench", "bare-server.mjs"), { execArgv: ["--import", accounting] });
  const next = () => once(child, "message", { signal: AbortSignal.timeout(30_000) });
  await next();
  const told = next();
  child.send({ headers: answer.headers, body: answer.body.toString("base64") });
  const { port } = z.object({ port: z.number() }).parse((await told)[0]);
  return { origin: `http://127.0.0.1:${port}`, process: child, stop: () => end(child) };
}
