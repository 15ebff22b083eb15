// A claim: one process has something to itself until it lets go or ends, even by kill -9. It is a file saying who holds it; a dead
// holder is recognised and replaced.
import { randomUUID } from "node:crypto";
import { rmSync, utimesSync } from "node:fs";
import { link, readFile, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { isAlive, startMark } from "@/scripts/processes";

/** How often a living holder touches its claim, in milliseconds. */
const heartbeat = 5_000;

/** A claim from another machine or container, whose processes cannot be seen from here, counts as dead when untouched this long. */
const silence = 4 * heartbeat;

/** A takeover lasts milliseconds; one that is older was killed in the middle. */
const takeoverLimit = 5_000;

const holderSchema = z.object({ pid: z.number().int(), started: z.string(), host: z.string() });
type Holder = z.infer<typeof holderSchema>;

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

/** What a claim came to: ours, with the function that lets go, or somebody else's. */
export type Claim = { release: () => void; heldBy?: undefined } | { release?: undefined; heldBy: string };

/** Claims `file` for this process until it lets go or ends. `heldBy` says who has it otherwise, like "process 123". */
export async function claim(file: string): Promise<Claim> {
  const own: Holder = { pid: process.pid, started: startMark(process.pid), host: hostname() };
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(own));
  try {
    // A link appears whole or not at all, so nobody ever reads a half-written claim.
    while (!(await linked(draft, file))) {
      const holder = await readHolder(file);
      if (holder && (await holds(file, holder))) {
        return { heldBy: `process ${holder.pid}${holder.host === hostname() ? "" : ` on ${holder.host}`}` };
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
      // Only other machines look at the time; a full disk must not end the process.
    }
  }, heartbeat).unref();
  const release = () => {
    clearInterval(beat);
    process.off("exit", release);
    rmSync(file, { force: true });
  };
  process.on("exit", release);
  return { release };
}

const linked = (draft: string, file: string) =>
  link(draft, file).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return false;
      throw error;
    },
  );
