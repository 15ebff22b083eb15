// Files on disk under DATA_DIR, outside code and web root, in folders of two letters (R64).
import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type FileStore, type KeptFile, StoreFull } from "@/lib/media/file-store";

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

/** Written beside its place, made durable, then renamed (R65). */
async function put(path: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { bavail, blocks, bsize } = await statfs(folder);
  if (bavail * bsize - bytes.length < blocks * bsize * reserve) throw new StoreFull("The disk is nearly full.");
  const beside = `${path}.${randomBytes(4).toString("hex")}.part`;
  try {
    const file = await open(beside, "wx", 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    if (isOutOfRoom(error)) throw new StoreFull("The disk is full.");
    throw error;
  }
  const directory = await open(folder, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
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
