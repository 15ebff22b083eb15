// Next's build writes the same code once more for every route that needs it, in files of different names: thirty times what all routes
// of the API have in common. Each would be kept in memory as a text of its own. Here the copies become references to one of them.
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** The last line of a chunk, which alone tells copies apart: it names their source maps. */
const mapLine = /\n\/\/# sourceMappingURL=[^\n]*\s*$/;

/** A reference takes a line; shorter chunks are left alone, in characters. */
const worthwhile = 1_000;

/**
 * Makes of all equal chunks in a folder of a finished build one, and of the others a line that loads it.
 * @returns how many became references
 */
export async function shareChunks(folder: string): Promise<number> {
  const first = new Map<string, string>();
  let shared = 0;
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".js")).sort();
  for (const name of names) {
    const code = (await readFile(join(folder, name), "utf8")).replace(mapLine, "");
    // A list of modules and what makes them. Next's own runtime looks around where it stands, and stays.
    if (code.length < worthwhile || !code.startsWith("module.exports=[")) continue;
    const hash = createHash("sha256").update(code).digest("hex");
    const same = first.get(hash);
    if (same === undefined) {
      first.set(hash, name);
      continue;
    }
    await writeFile(join(folder, name), `module.exports=require(${JSON.stringify(`./${same}`)});\n`);
    shared += 1;
  }
  return shared;
}
