// How the worker's file is made. The start, test and build scripts make it ahead; the pool makes it when it is missing or
// older than its sources, which happens when a single test is run.
// Modules are asked for at run time only, so that Next's bundler does not try to take esbuild along.

const { existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } = process.getBuiltinModule("node:fs");
const { join } = process.getBuiltinModule("node:path");
const { createRequire } = process.getBuiltinModule("node:module");

const sources = "lib/text";
const built = "lib/text/generated/render-worker.mjs";

/** Where the built worker lies below the project's folder. */
export function workerFile(root: string): string {
  return join(root, built);
}

/** Whether the worker must be built first: not there, or a source beside it is newer. */
export function workerIsStale(root: string): boolean {
  const file = workerFile(root);
  if (!existsSync(file)) return true;
  const folder = join(root, sources);
  const madeAt = statSync(file).mtimeMs;
  return readdirSync(folder).some((name) => name.endsWith(".ts") && statSync(join(folder, name)).mtimeMs > madeAt);
}

/**
 * Builds the worker into one file that needs nothing else. Safe when several processes do it at once.
 * @throws when esbuild is missing or a source does not compile
 */
export async function buildRenderWorker(root: string): Promise<void> {
  const { build }: typeof import("esbuild") = createRequire(join(root, "package.json"))("esbuild");
  const result = await build({
    absWorkingDir: root,
    entryPoints: [join(sources, "render-worker.ts")],
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
  const file = workerFile(root);
  mkdirSync(join(root, sources, "generated"), { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, result.outputFiles[0]?.contents ?? "");
  renameSync(unfinished, file);
}
