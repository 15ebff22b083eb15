// The memory of the whole product: the server's processes and the embedded database's, each page counted once, however many of them share
// it, and in full, however many strangers do (another Node has the same program in memory). As Linux tells; elsewhere NaN.
import { readdir, readFile } from "node:fs/promises";

/** In bytes. What several processes have of one file is with the first of them. */
export interface Memory {
  /** Draws, writes, does the jobs. */
  server: number;
  /** The front door. */
  door: number;
  /** What else the server started: the compiler that tsx keeps. */
  others: number;
  /** All processes of the embedded Postgres, and what they share. */
  database: number;
}

type Part = keyof Memory;

/** The first line of each mapping: addresses, rights, place in the file, device, number, and the file if there is one. */
const mapping = /^[0-9a-f]+-[0-9a-f]+ \S+ ([0-9a-f]+) \S+ \d+ *(.*)$/;

/** Memory without a file of its own, although it has a name: `[heap]`, and what Postgres' processes share. */
const nameless = /^(?:\[|\/dev\/|\/SYSV|\/memfd:|$)/;

/** What the product with its first process `root` has in memory. */
export async function memoryOf(root: number): Promise<Memory> {
  const memory: Memory = { server: 0, door: 0, others: 0, database: 0 };
  const files = new Map<string, number>();
  for (const { pid, part } of await processesOf(root)) {
    const text = await readFile(`/proc/${pid}/smaps`, "utf8").catch(() => undefined);
    if (text === undefined) memory[part] = Number.NaN;
    for (const { file, own, fromFile } of mappingsIn(text ?? "")) {
      const before = files.get(file) ?? 0;
      files.set(file, Math.max(before, fromFile));
      memory[part] += own + Math.max(0, fromFile - before);
    }
  }
  return memory;
}

/** Of each mapping: what is no file's content, by the share that each process has of it, and what is. Bytes. */
function mappingsIn(text: string): { file: string; own: number; fromFile: number }[] {
  const found: { file: string; own: number; fromFile: number }[] = [];
  for (const part of text.split(/\n(?=[0-9a-f]+-[0-9a-f]+ )/)) {
    const [, offset = "", name = ""] = mapping.exec(part.slice(0, part.indexOf("\n"))) ?? [];
    const bytes = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(part)?.[1] ?? 0) * 1024;
    if (nameless.test(name)) found.push({ file: "", own: bytes("Pss"), fromFile: 0 });
    else {
      const changed = bytes("Anonymous");
      found.push({ file: `${name} ${offset}`, own: changed, fromFile: bytes("Rss") - changed });
    }
  }
  return found;
}

/** The process and all below it, each with what it counts for. */
async function processesOf(root: number): Promise<{ pid: number; part: Part }[]> {
  const parents = new Map<number, number>();
  for (const name of await readdir("/proc").catch(() => [])) {
    const stat = /^\d+$/.test(name) ? await readFile(`/proc/${name}/stat`, "utf8").catch(() => "") : "";
    if (stat) parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
  }
  const all: { pid: number; part: Part }[] = [{ pid: root, part: "server" }];
  for (const { pid: parent, part } of all) {
    for (const [pid, its] of parents) {
      if (its === parent) all.push({ pid, part: part === "server" ? await partOf(pid) : part });
    }
  }
  return all;
}

async function partOf(pid: number): Promise<Part> {
  const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  if (command.includes("door.mjs")) return "door";
  return /postgres\0/.test(command) ? "database" : "others";
}
