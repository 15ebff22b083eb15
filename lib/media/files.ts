// Where the bytes of kept files lie: on disk under DATA_DIR, outside code and web root, under their random names (R64).
// The one interface for them; a store elsewhere would have the same functions.
import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { env } from "@/lib/env";
import { writeWhole } from "@/lib/media/whole-file";

/** 128 bits: nobody guesses the address of a file that was not shown to them. */
const idBytes = 16;

/** Pictures for everybody, and archives for one person each. */
export type FileKind = "files" | "exports";

/** A new name for a file: 22 characters of base64url. */
export function newFileId(): string {
  return randomBytes(idBytes).toString("base64url");
}

export function isFileId(id: string): boolean {
  return /^[A-Za-z0-9_-]{22}$/.test(id);
}

/** Folders of two letters keep each one small. Only a name of ours ever becomes a path. */
function pathOf(id: string, kind: FileKind): string {
  if (!isFileId(id)) throw new RangeError("This is not the name of a kept file.");
  return join(env().dataDir, kind, id.slice(0, 2), id);
}

/** Keeps bytes under a name; the file is there whole or not at all (R65). */
export async function putFile(id: string, bytes: Uint8Array, kind: FileKind = "files"): Promise<void> {
  await writeWhole(pathOf(id, kind), bytes);
}

/** The size of a kept file in bytes; null when there is none of this name. */
export async function fileSize(id: string, kind: FileKind = "files"): Promise<number | null> {
  if (!isFileId(id)) return null;
  const facts = await stat(pathOf(id, kind)).catch(() => null);
  return facts?.isFile() ? facts.size : null;
}

/** The bytes of a kept file, as a stream; null when there is none of this name. */
export async function openFile(
  id: string,
  kind: FileKind = "files",
): Promise<{ stream: Readable; bytes: number } | null> {
  const bytes = await fileSize(id, kind);
  return bytes === null ? null : { stream: createReadStream(pathOf(id, kind)), bytes };
}

/** Deletes a kept file; one that is gone already is no fault. */
export async function dropFile(id: string, kind: FileKind): Promise<void> {
  await rm(pathOf(id, kind), { force: true });
}
