// A disk that is really full: a small file system in memory, mounted where that is allowed; elsewhere the machine's own small one for
// shared memory, as containers have it.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A file system beyond this would take a machine's memory to fill. */
const largestShared = 512 * 1024 * 1024;

export interface SmallDisk {
  folder: string;
  /** Leaves so many bytes free, or a little less. */
  fillUpTo(free: number): void;
  /** Takes away what filled it. */
  makeRoom(): void;
  remove(): void;
}

/** @throws when the machine has neither: such a test must not pass for that */
export function smallDisk(): SmallDisk {
  const { folder, unmount } = mounted() ?? shared();
  const ballast = join(folder, "ballast");
  return {
    folder,
    fillUpTo: (free) => {
      const { bavail, bsize } = statfsSync(folder);
      const chunk = Buffer.alloc(64 * 1024);
      let left = bavail * bsize - free;
      for (; left > 0; left -= chunk.length) {
        writeFileSync(ballast, chunk.subarray(0, Math.min(left, chunk.length)), { flag: "a" });
      }
    },
    makeRoom: () => rmSync(ballast, { force: true }),
    remove: () => {
      unmount();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function mounted(): { folder: string; unmount: () => void } | undefined {
  const folder = mkdtempSync(join(tmpdir(), "colloquy-small-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], { stdio: "ignore" });
    return { folder, unmount: () => execFileSync("umount", ["--lazy", folder]) };
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
}

function shared(): { folder: string; unmount: () => void } {
  const { blocks, bsize } = statfsSync("/dev/shm");
  if (blocks * bsize > largestShared) throw new Error("No small disk: mounting is not allowed, and /dev/shm is large.");
  return { folder: mkdtempSync("/dev/shm/colloquy-small-"), unmount: () => {} };
}
