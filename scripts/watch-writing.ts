// Sees to it that the site is closed for writing while it must be (R99): READ_ONLY=1, a file named `read-only` in the data folder, or a
// disk that is nearly full, because a Postgres without room for its log stops, and then nobody can read either.
import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { join } from "node:path";
import { type ReadOnlyCause, setReadOnly } from "@/lib/edge/read-only";

/** How often to look, in milliseconds: a second's worth of posts is a few megabytes. */
const lookEvery = 1_000;

/** Of the disk that must stay free … */
const reserveShare = 0.05;

/** … but no more than this, in bytes: room for Postgres' log, a checkpoint and a person who tidies up. */
const reserveMost = 1024 ** 3;

/** Once closed, so many times the reserve must be free before it opens again, so that it does not open and close with every post. */
const openAgainAt = 1.5;

export interface Space {
  /** Bytes of the whole disk. */
  size: number;
  /** Bytes free for us. */
  free: number;
}

/** Whether the disk's reserve is gone. @param wasGone at the last look */
export function reserveIsGone({ size, free }: Space, wasGone: boolean): boolean {
  const reserve = Math.min(size * reserveShare, reserveMost);
  return free < reserve * (wasGone ? openAgainAt : 1);
}

interface Watch {
  dataDir: string;
  /** The environment's own word. */
  readOnly: boolean;
  /** Told at every change. */
  onChange(cause: ReadOnlyCause | undefined): void;
}

/** Looks now and every second. @returns what ends that */
export async function watchWriting({ dataDir, readOnly, onChange }: Watch): Promise<() => void> {
  let before: ReadOnlyCause | undefined;
  const look = async () => {
    const cause = readOnly || existsSync(join(dataDir, "read-only")) ? "switch" : await diskCause(dataDir, before);
    if (cause === before) return;
    before = cause;
    setReadOnly(cause);
    onChange(cause);
  };
  await look();
  const timer = setInterval(() => void look(), lookEvery);
  timer.unref();
  return () => clearInterval(timer);
}

async function diskCause(dataDir: string, before: ReadOnlyCause | undefined): Promise<ReadOnlyCause | undefined> {
  try {
    const { blocks, bavail, bsize } = await statfs(dataDir);
    return reserveIsGone({ size: blocks * bsize, free: bavail * bsize }, before === "disk") ? "disk" : undefined;
  } catch {
    // A file system that does not say is no reason to close.
    return undefined;
  }
}
