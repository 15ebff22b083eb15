// What keeping files means, whoever does it: whole or not there, under names that nobody guesses.
import type { Readable } from "node:stream";

/** Pictures for everybody, archives for one person each, and pictures that are not what they were, for whoever runs the site. */
export type FileKind = "files" | "exports" | "damaged";

export interface KeptFile {
  kind: FileKind;
  /** A name as `isFileName` knows it. */
  name: string;
}

export interface FileStore {
  /** Keeps bytes: afterwards the file is there whole, or not at all. @throws StoreFull when there is no room */
  put(file: KeptFile, bytes: Uint8Array): Promise<void>;
  /** The size in bytes; null when there is no such file. */
  size(file: KeptFile): Promise<number | null>;
  /** The bytes as a stream; null when there is no such file. */
  open(file: KeptFile): Promise<{ stream: Readable; bytes: number } | null>;
  /** Deletes it; one that is gone already is no fault. */
  drop(file: KeptFile): Promise<void>;
  /** All files of a kind that were written before `before`, and what was left of writing others. */
  listOlder(kind: FileKind, before: Date): AsyncIterable<string>;
}

/** There is no room for another file. */
export class StoreFull extends Error {
  override readonly name = "StoreFull";
}
