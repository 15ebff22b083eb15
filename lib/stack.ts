// Where an error comes from, told in the files as they were written. Node could map every position by itself, but keeps all maps in memory
// from the moment their files are loaded: more than the site itself needs. Here a map is read when an error is told, and forgotten.
import { existsSync, readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { fileURLToPath } from "node:url";

/** A position in a built file, as a line of a stack says it. */
const position = /((?:file:\/\/)?(?:\/|[A-Za-z]:\\)[^()\n]*?\.m?js):(\d+):(\d+)/g;

/** Lines of one stack that are looked up: reading a map takes some ten milliseconds. */
const mostLines = 12;

/** Positions that are remembered, so that an error that comes again costs nothing. */
const mostRemembered = 500;
const remembered = new Map<string, string>();

function mapOf(file: string): SourceMap | null {
  const map = `${file.startsWith("file:") ? fileURLToPath(file) : file}.map`;
  return existsSync(map) ? new SourceMap(JSON.parse(readFileSync(map, "utf8"))) : null;
}

function written(map: SourceMap | null, line: number, column: number): string | undefined {
  const entry = map?.findEntry(line - 1, column - 1);
  if (!entry || !("originalSource" in entry) || !entry.originalSource) return undefined;
  const source = entry.originalSource.replace(/^.*\[project\]\//, "").replace(/^(?:\.\.\/)+/, "");
  return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
}

/** The stack of an error with its positions in the files as they were written, where that is known; of anything else, its words. */
export function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  let lines = 0;
  const maps = new Map<string, SourceMap | null>();
  return (error.stack ?? String(error)).replace(
    position,
    (built: string, file: string, line: string, column: string) => {
      const known = remembered.get(built);
      if (known !== undefined) return known;
      if (lines++ >= mostLines) return built;
      let found = built;
      try {
        const map = maps.get(file) ?? mapOf(file);
        maps.set(file, map);
        found = written(map, Number(line), Number(column)) ?? built;
      } catch {
        // A map that is broken, or being written anew by a build, must not hide the error.
      }
      if (remembered.size >= mostRemembered) remembered.clear();
      remembered.set(built, found);
      return found;
    },
  );
}
