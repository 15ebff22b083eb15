// The front door, seen from the process behind it: started, told what is stale, started again should it ever break, closed.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FromDoor, ToDoor } from "@/lib/edge/door-messages";
import type { PurgeListener } from "@/lib/edge/purge-pages";
import { doorFile } from "@/scripts/build-freshness.mjs";
import { explainListening } from "@/scripts/listening";

/** A writer waits no longer for the front door to have heard, in milliseconds. It takes less than one; longer means that it is gone. */
const purgePatience = 1_000;

/** A front door that breaks so soon after it was opened will break again … in milliseconds. */
const tooSoon = 10_000;

/** … and is opened no more after so many times in a row. */
const mostInARow = 5;

/**
 * Packing takes memory for a moment in several threads. glibc would keep what each of them had for the next time; two shares are enough.
 * Other systems do not know the name.
 */
const sparing = { MALLOC_ARENA_MAX: "2" };

interface DoorOptions {
  /** What answers behind it; not listening yet. */
  inside: Server;
  place: { host: string; port: number };
  processName: string;
  openPosts: readonly string[];
  /** Told when it broke and is being opened again. */
  onTrouble(words: string): void;
  /** It cannot be kept open. */
  onEnd(): void;
}

interface Door extends PurgeListener {
  /** Lets who is inside finish, for `graceMs` at most. */
  close(graceMs: number): Promise<void>;
}

/** Opens the site to visitors. @throws StartError with a sentence when the port or host cannot be had */
export async function openDoor(options: DoorOptions): Promise<Door> {
  const { inside, place, processName, openPosts } = options;
  // In a folder that only this user may enter; and short, as the names of sockets must be.
  const folder = process.platform === "win32" ? undefined : await mkdtemp(join(tmpdir(), "colloquy-"));
  const socketPath = folder ? join(folder, "inside") : `\\\\.\\pipe\\colloquy-${processName}`;
  inside.listen(socketPath);
  await once(inside, "listening");

  const waiting = new Map<number, () => void>();
  let count = 0;
  let inARow = 0;
  let closing = false;
  let unsureSince: number | undefined;
  let child: ChildProcess;

  const tell = (message: ToDoor) => {
    if (child.connected) child.send(message, () => {});
  };

  const start = async (): Promise<void> => {
    const began = Date.now();
    child = fork(doorFile, { execArgv: [], env: { ...sparing, ...process.env }, stdio: "inherit" });
    tell({ kind: "open", socketPath, folder, processName, openPosts });
    tell({ kind: "unsure", since: unsureSince });
    await new Promise<void>((resolve, reject) => {
      child.on("message", (message: FromDoor) => {
        if (message.kind === "listening") resolve();
        else if (message.kind === "refused") {
          reject(explainListening(place, Object.assign(new Error(message.message), { code: message.code })));
        } else waiting.get(message.number)?.();
      });
      child.once("error", reject);
      child.once("exit", (code, signal) => {
        reject(new Error(`The front door ended with ${signal ?? code}.`));
        // It has forgotten all pages, so none of them is stale.
        for (const goOn of waiting.values()) goOn();
        if (closing) return;
        inARow = Date.now() - began < tooSoon ? inARow + 1 : 1;
        if (inARow > mostInARow) return options.onEnd();
        options.onTrouble(`The front door ended with ${signal ?? code} and is opened again.`);
        start().catch(() => {});
      });
    });
  };
  await start().catch((error: unknown) => {
    closing = true;
    child.kill();
    throw error;
  });

  return {
    async purge(keys) {
      const number = ++count;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, purgePatience);
        const goOn = () => {
          clearTimeout(timer);
          resolve();
        };
        if (!child.connected) return goOn();
        waiting.set(number, goOn);
        tell({ kind: "purge", number, keys });
      });
      waiting.delete(number);
    },
    unsure(since) {
      unsureSince = since;
      tell({ kind: "unsure", since });
    },
    async close(graceMs) {
      closing = true;
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, "exit");
        tell({ kind: "close", graceMs });
        await ended;
      }
      inside.close();
      inside.closeAllConnections();
      if (folder) await rm(folder, { recursive: true, force: true });
    },
  };
}
