// Files on disk under DATA_DIR, outside code and web root, in folders of two letters (R64).
import { createReadStream } from "node:fs";
import { mkdir, readdir, rm, stat, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type FileStore, type KeptFile, StoreFull } from "@/lib/media/file-store";
import { writeWhole } from "@/lib/media/whole-file";

/** What stays free for the database and its log, as a part of the disk: without it the whole site stands still (R62). */
const reserve = 0.05;

export function diskStore(folder: string): FileStore {
  const pathOf = ({ kind, name }: KeptFile) => join(folder, kind, name.slice(0, 2), name);
  const size = async (file: KeptFile) => {
    const facts = await stat(pathOf(file)).catch(() => null);
    return facts?.isFile() ? facts.size : null;
  };
  return {
    put: (file, bytes) => put(pathOf(file), bytes),
    size,
    async open(file) {
      const bytes = await size(file);
      return bytes === null ? null : { stream: createReadStream(pathOf(file)), bytes };
    },
    drop: (file) => rm(pathOf(file), { force: true }),
    listOlder: (kind, before) => listOlder(join(folder, kind), before),
  };
}

async function put(path: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { bavail, blocks, bsize } = await statfs(folder);
  if (bavail * bsize - bytes.length < blocks * bsize * reserve) throw new StoreFull("The disk is nearly full.");
  try {
    await writeWhole(path, bytes);
  } catch (error) {
    if (isOutOfRoom(error)) throw new StoreFull("The disk is full.");
    throw error;
  }
}

function isOutOfRoom(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
}

async function* listOlder(folder: string, before: Date): AsyncIterable<string> {
  for (const letters of await readdir(folder).catch(() => [])) {
    for (const name of await readdir(join(folder, letters)).catch(() => [])) {
      const facts = await stat(join(folder, letters, name)).catch(() => null);
      if (facts?.isFile() && facts.mtime < before) yield name;
    }
  }
}
