// The built product as people start it, on a free port with a data folder of its own.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A first start makes a database and fills it, on a machine that may be busy. */
const startPatience = 500_000;

export interface StartedServer {
  origin: string;
  dataDir: string;
  process: ChildProcess;
  /** Everything it printed so far. */
  output(): string;
  /** The exit code, once it has ended; null after a signal. */
  ended: Promise<number | null>;
  /** Sends SIGTERM and waits; answers the exit code. */
  stop(): Promise<number | null>;
  /** Sends SIGKILL and waits. The data folder stays. */
  kill(): Promise<void>;
}

interface ServerOptions {
  dataDir?: string;
  env?: Record<string, string>;
}

/** A folder for one test's data. The caller removes it. */
export function makeDataDir(): Promise<string> {
  return mkdtemp(join(tmpdir(), "colloquy-data-"));
}

export function removeDataDir(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true });
}

/** Starts the process without waiting for it to be ready: for starts that are meant to fail. */
export async function launchServer(options: ServerOptions = {}): Promise<Omit<StartedServer, "origin">> {
  const dataDir = options.dataDir ?? (await makeDataDir());
  const { DATABASE_URL: _, MIGRATION_DATABASE_URL: __, PUBLIC_ORIGIN: ___, ...inherited } = process.env;
  const child = spawn(process.execPath, ["start.mjs"], {
    cwd: root,
    env: { ...inherited, PORT: "0", DATA_DIR: dataDir, RATE_LIMIT_FACTOR: "1000", ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      printed += chunk.toString("utf8");
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return {
    dataDir,
    process: child,
    output: () => printed,
    ended,
    stop: () => {
      child.kill("SIGTERM");
      return ended;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** Starts the server and waits until it says where it is. @throws Error with everything it printed when it does not come up */
export async function startServer(options: ServerOptions = {}): Promise<StartedServer> {
  const server = await launchServer(options);
  const origin = await new Promise<string>((resolve, reject) => {
    const giveUp = (why: string) => reject(new Error(`The server ${why}. It printed:\n${server.output()}`));
    const timer = setTimeout(() => giveUp(`did not say where it is within ${startPatience / 1000} s`), startPatience);
    const look = () => {
      const found = /Read and discuss\s+\S*?(https?:\/\/[\w.:[\]-]+)/.exec(server.output())?.[1];
      if (!found) return;
      clearTimeout(timer);
      resolve(found);
    };
    server.process.stdout?.on("data", look);
    void server.ended.then((code) => {
      clearTimeout(timer);
      giveUp(`ended with ${code} instead of starting`);
    });
  });
  return { ...server, origin };
}
