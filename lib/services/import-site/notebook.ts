// Notes of the first reading that the second one looks things up in: what pictures, addresses and reusable blocks the file
// names. They lie in a folder of small files, so that a file of any size needs little memory.
import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Each is read whole when something in it is asked for. */
const files = 256;
/** Files kept in memory for the next questions, which are often about neighbours. */
const kept = 16;
/** Characters gathered before they are written. */
const gathered = 1_000_000;

type Notes = Map<string, string[]>;

export class Notebook {
  private pending: string[][] = Array.from({ length: files }, () => []);
  private pendingSize = 0;
  private readonly loaded = new Map<number, Notes>();

  private constructor(private readonly folder: string) {}

  static async open(): Promise<Notebook> {
    return new Notebook(await mkdtemp(join(tmpdir(), "colloquy-import-")));
  }

  /** Adds a note under a key; a key may have several. */
  async write(key: string, note: string): Promise<void> {
    const line = `${JSON.stringify([key, note])}\n`;
    this.pending[bucketOf(key)]?.push(line);
    this.pendingSize += line.length;
    if (this.pendingSize > gathered) await this.flush();
  }

  /** The notes under a key, in the order in which they were written. */
  async read(key: string): Promise<string[]> {
    if (this.pendingSize > 0) await this.flush();
    const bucket = bucketOf(key);
    const notes = this.loaded.get(bucket) ?? (await this.load(bucket));
    // The one asked last is dropped last.
    this.loaded.delete(bucket);
    this.loaded.set(bucket, notes);
    return notes.get(key) ?? [];
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  private async flush(): Promise<void> {
    for (const [bucket, lines] of this.pending.entries()) {
      if (lines.length > 0) await appendFile(this.fileOf(bucket), lines.join(""));
    }
    this.pending = Array.from({ length: files }, () => []);
    this.pendingSize = 0;
    this.loaded.clear();
  }

  private async load(bucket: number): Promise<Notes> {
    const notes: Notes = new Map();
    const text = await readFile(this.fileOf(bucket), "utf8").catch(() => "");
    for (const line of text.split("\n")) {
      if (line === "") continue;
      const [key = "", note = ""]: string[] = JSON.parse(line);
      notes.set(key, [...(notes.get(key) ?? []), note]);
    }
    const [oldest] = this.loaded.keys();
    if (this.loaded.size >= kept && oldest !== undefined) this.loaded.delete(oldest);
    this.loaded.set(bucket, notes);
    return notes;
  }

  private fileOf(bucket: number): string {
    return join(this.folder, `${bucket}.jsonl`);
  }
}

/** Spreads keys evenly (FNV-1a). */
function bucketOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  return (hash >>> 0) % files;
}
