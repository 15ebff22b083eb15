// The data folder: made when missing, checked for rights, and claimed by one Colloquy at a time, since its database can have only
// one server. The claim is a file with who holds it; a holder that died, even by kill -9, is recognised and replaced.
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { constants, readFileSync, rmSync, utimesSync } from "node:fs";
import { access, link, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { StartError } from "@/scripts/start-error";

/** How often a living holder touches its claim, in milliseconds. */
const heartbeat = 5_000;

/** A claim from another machine or container, whose processes cannot be seen from here, counts as dead when untouched this long. */
const silence = 4 * heartbeat;

/** A takeover lasts milliseconds; one that is older was killed in the middle. */
const takeoverLimit = 5_000;

const holderSchema = z.object({ pid: z.number().int(), started: z.string(), host: z.string() });
type Holder = z.infer<typeof holderSchema>;

/** Somebody else works with the data folder. */
export class DataFolderInUse extends StartError {}

/** Makes the folder when it is missing. @throws StartError when it cannot be made or written to */
export async function prepareDataFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    if (code === "EEXIST" || code === "ENOTDIR") {
      throw new StartError(
        `The data folder ${folder} cannot be made, because a file of that name is in the way. Give another with DATA_DIR.`,
      );
    }
    throw new StartError(
      `The data folder ${folder} cannot be written by the user "${userInfo().username}" (${String(code)}). Give that user rights to it, or another folder with DATA_DIR.`,
    );
  }
}

/** The fields of Linux' /proc/PID/stat after the name, which may itself hold spaces and brackets. */
const processFields = (pid: number) =>
  readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");

/** What tells a process from a later one with the same number; empty where the system does not say. */
function startMark(pid: number): string {
  try {
    if (process.platform === "linux") {
      return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}:${processFields(pid)[19]}`;
    }
    if (process.platform === "darwin") {
      return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
    }
  } catch {
    // The process is gone, or the system keeps it to itself.
  }
  return "";
}

/** Whether a process with this number lives, whoever owns it. One that ended and waits to be noticed by its parent does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  if (process.platform !== "linux") return true;
  try {
    return processFields(pid)[0] !== "Z";
  } catch {
    return true;
  }
}

async function readHolder(file: string): Promise<Holder | undefined> {
  const text = await readFile(file, "utf8").catch(() => "");
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

async function holds(file: string, holder: Holder): Promise<boolean> {
  if (holder.host !== hostname()) {
    const touched = await stat(file).catch(() => undefined);
    return touched !== undefined && Date.now() - touched.mtimeMs < silence;
  }
  return isAlive(holder.pid) && startMark(holder.pid) === holder.started;
}

/** Removes a dead holder's claim. Two that try it at once are kept apart by a second file, which only one can make. */
async function removeDeadClaim(file: string): Promise<void> {
  const takeover = `${file}.takeover`;
  try {
    await writeFile(takeover, "", { flag: "wx" });
  } catch {
    const age = await stat(takeover).catch(() => undefined);
    if (age && Date.now() - age.mtimeMs > takeoverLimit) await rm(takeover, { force: true });
    await pause(50);
    return;
  }
  const holder = await readHolder(file);
  if (!holder || !(await holds(file, holder))) await rm(file, { force: true });
  await rm(takeover, { force: true });
}

/**
 * Claims the folder for this process until the answered function is called or the process ends.
 * @throws DataFolderInUse naming the process that has it
 */
export async function claimDataFolder(folder: string): Promise<() => void> {
  const file = join(folder, "colloquy.lock");
  const own: Holder = { pid: process.pid, started: startMark(process.pid), host: hostname() };
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(own));
  try {
    for (;;) {
      // A link appears whole or not at all, so nobody ever reads a half-written claim.
      if (
        await link(draft, file).then(
          () => true,
          () => false,
        )
      )
        break;
      const holder = await readHolder(file);
      if (holder && (await holds(file, holder))) {
        const where = holder.host === hostname() ? `process ${holder.pid}` : `process ${holder.pid} on ${holder.host}`;
        throw new DataFolderInUse(
          `The data folder ${folder} is in use by another Colloquy (${where}). Stop that one first, or give this one a folder of its own with DATA_DIR.`,
        );
      }
      await removeDeadClaim(file);
    }
  } finally {
    await rm(draft, { force: true });
  }
  const beat = setInterval(() => {
    try {
      utimesSync(file, new Date(), new Date());
    } catch {
      // Only other machines look at the time; a full disk must not end the server.
    }
  }, heartbeat).unref();
  const release = () => {
    clearInterval(beat);
    process.off("exit", release);
    rmSync(file, { force: true });
  };
  process.on("exit", release);
  return release;
}
