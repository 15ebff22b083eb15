// Where the bytes of kept files lie: on disk, or in an S3 store when the environment names one. The one way to them.
import { randomBytes } from "node:crypto";
import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { env } from "@/lib/env";
import { diskStore } from "@/lib/media/disk-store";
import type { FileKind, FileStore } from "@/lib/media/file-store";
import { s3Store } from "@/lib/media/s3-store";

/** 128 bits: nobody guesses the address of a file that was not shown to them. */
const idBytes = 16;

/** A new name for a file: 22 characters of base64url. */
export function newFileId(): string {
  return randomBytes(idBytes).toString("base64url");
}

/** Whether it is the name of a file of ours, or of its smaller picture: the id, or the id, a hyphen and the width. */
export function isFileName(name: string): boolean {
  return /^[A-Za-z0-9_-]{22}(?:-[1-9][0-9]{1,3})?$/.test(name);
}

/** The name under which a picture is kept at a smaller width, in pixels. */
export function smallerName(id: string, width: number): string {
  return `${id}-${width}`;
}

function store(): FileStore {
  const { s3, dataDir } = env();
  return s3 ? s3Store(s3) : diskStore(dataDir);
}

/** Only a name of ours ever becomes a path. */
function named(name: string, kind: FileKind) {
  if (!isFileName(name)) throw new RangeError("This is not the name of a kept file.");
  return { kind, name };
}

/** Keeps bytes under a name: the file is there whole or not at all (R65). @throws StoreFull when there is no room */
export async function putFile(name: string, bytes: Uint8Array, kind: FileKind = "files"): Promise<void> {
  await store().put(named(name, kind), bytes);
}

/** The size of a kept file in bytes; null when there is none of this name. */
export async function fileSize(name: string, kind: FileKind = "files"): Promise<number | null> {
  return isFileName(name) ? store().size(named(name, kind)) : null;
}

/** The bytes of a kept file, as a stream; null when there is none of this name. */
export async function openFile(
  name: string,
  kind: FileKind = "files",
): Promise<{ stream: Readable; bytes: number } | null> {
  return isFileName(name) ? store().open(named(name, kind)) : null;
}

/** Takes a picture that is not what it was out of readers' way, to where whoever runs the site can look at it. */
export async function setAside(name: string): Promise<void> {
  const found = await openFile(name);
  if (found === null) return;
  await putFile(name, await buffer(found.stream), "damaged");
  await dropFile(name, "files");
}

/** Deletes a kept file, or what was left over from keeping one; one that is gone already is no fault. */
export async function dropFile(name: string, kind: FileKind): Promise<void> {
  await store().drop(isLeftOver(name) ? { kind, name } : named(name, kind));
}

/** The names of all files that were kept before a time, and of what was left over from keeping. */
export function listFiles(kind: FileKind, before: Date): AsyncIterable<string> {
  return store().listOlder(kind, before);
}

/** Whether it is what an interrupted writing of a file left behind. */
export function isLeftOver(name: string): boolean {
  return /\.[0-9a-f]{8}\.part$/.test(name) && isFileName(name.slice(0, -".01234567.part".length));
}
