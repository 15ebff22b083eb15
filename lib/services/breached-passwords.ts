// Passwords known from breaches, from a list that the operator may put into the data folder: no password ever leaves this house (R27).
// A line is a password, or a SHA-1 in hexadecimal as breach collections have it, with or without ":count". Read once, when first asked
// for; of each line 48 bits of hash are kept, eight bytes in memory.
import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { foldPassword } from "@/lib/domain/weak-password";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { once } from "@/lib/once";

const fileName = "breached-passwords.txt";

/** 80 MB in memory; the most frequent come first in such lists. */
const longestList = 10_000_000;

/** 48 bits: exact as a number, and a chance of one in millions that a good password is refused for another's. */
const hashBytes = 6;

const sha1Line = /^([0-9a-f]{40})(?::\d+)?$/i;

const keyOf = (text: string) => createHash("sha1").update(text).digest().readUIntBE(0, hashBytes);

/** Whether the local list has this password: as written, or without regard to case where the list has it in clear. */
export async function isBreached(password: string): Promise<boolean> {
  const list = await once("breached-passwords", () => readList().catch(withoutList));
  return list.length > 0 && (has(list, keyOf(password)) || has(list, keyOf(foldPassword(password))));
}

async function readList(): Promise<Float64Array> {
  const path = join(/* turbopackIgnore: true */ env().dataDir, fileName);
  if (!existsSync(path)) return new Float64Array(0);
  let keys = new Float64Array(1 << 16);
  let count = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line === "") continue;
    if (count === longestList) {
      log().warn({ lines: longestList }, `${fileName} is longer than can be kept; the rest is left out`);
      break;
    }
    if (count === keys.length) {
      const longer = new Float64Array(keys.length * 2);
      longer.set(keys);
      keys = longer;
    }
    const hash = sha1Line.exec(line)?.[1];
    keys[count++] = hash ? Number.parseInt(hash.slice(0, hashBytes * 2), 16) : keyOf(foldPassword(line));
  }
  return keys.slice(0, count).sort();
}

/** A list that cannot be read must not keep everybody out; the operator hears of it. */
function withoutList(error: unknown): Float64Array {
  log().error({ err: error }, `${fileName} cannot be read, so new passwords are not compared with it`);
  return new Float64Array(0);
}

function has(sorted: Float64Array, key: number): boolean {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < key) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === key;
}
