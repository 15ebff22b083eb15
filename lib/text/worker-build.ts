// How the files of workers are made. The start, test and build scripts make them ahead; a pool makes its own when it is missing or
// older than its sources, which happens when a single test is run.
// Modules are asked for at run time only, so that Next's bundler does not try to take esbuild along.

const { existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } = process.getBuiltinModule("node:fs");
const { join } = process.getBuiltinModule("node:path");
const { createRequire } = process.getBuiltinModule("node:module");

const sources = "lib/text";

/** Each has its source beside this file, and its pool. */
export type WorkerName = "render-worker" | "difference-worker";

/** Where a built worker lies below the project's folder. */
export function workerFile(root: string, name: WorkerName): string {
  return join(root, sources, "generated", `${name}.mjs`);
}

/** Whether the worker must be built first: not there, or a source beside it is newer. */
export function workerIsStale(root: string, name: WorkerName): boolean {
  const file = workerFile(root, name);
  if (!existsSync(file)) return true;
  const folder = join(root, sources);
  const madeAt = statSync(file).mtimeMs;
  const found = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return found.some((source) => source.endsWith(".ts") && statSync(join(folder, source)).mtimeMs > madeAt);
}

/**
 * Builds the worker into one file that needs nothing else. Safe when several processes do it at once.
 * @throws when esbuild is missing or a source does not compile
 */
export async function buildWorkerFile(root: string, name: WorkerName): Promise<void> {
  const { build }: typeof import("esbuild") = createRequire(join(root, "package.json"))("esbuild");
  const result = await build({
    absWorkingDir: root,
    entryPoints: [join(sources, `${name}.ts`)],
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    legalComments: "none",
    minifySyntax: true,
    // sanitize-html and its parts are CommonJS and ask for Node's own modules.
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    write: false,
    logLevel: "silent",
  });
  const file = workerFile(root, name);
  mkdirSync(join(root, sources, "generated"), { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, result.outputFiles[0]?.contents ?? "");
  renameSync(unfinished, file);
}
