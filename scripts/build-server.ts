// Builds the files that the processes around Next run, so that a start compiles nothing: the server and its front door.
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import type { BuildOptions, Plugin } from "esbuild";
import { doorFile, root, serverFile } from "@/scripts/build-freshness.mjs";

const common = {
  absWorkingDir: root,
  bundle: true,
  packages: "external",
  platform: "node",
  target: "node20",
  format: "esm",
  logLevel: "silent",
} satisfies BuildOptions;

const place = /\bimport\.meta\.url\b/g;

/** Files that look for others beside them find them from where they were written, not from where they are built. */
const fromTheirPlace: Plugin = {
  name: "from their place",
  setup(build) {
    // Who builds runs as it was written: nobody asks for it here.
    build.onResolve({ filter: /^@\/scripts\/build-site$/ }, ({ path }) => ({ path, external: true }));
    build.onLoad({ filter: /\.m?ts$|\.mjs$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      if (text.search(place) < 0) return undefined;
      const way = relative(dirname(serverFile), path).replaceAll("\\", "/");
      const contents = text.replace(place, `new URL(${JSON.stringify(way)}, import.meta.url).href`);
      return { contents, loader: path.endsWith(".mjs") ? "js" : "ts" };
    });
  },
};

/** Builds the front door: one small file. Safe when several processes do it at once. */
async function buildDoor(): Promise<void> {
  const { build } = await import("esbuild");
  const result = await build({ ...common, entryPoints: [join("lib", "edge", "door-process.ts")], write: false });
  await mkdir(dirname(doorFile), { recursive: true });
  const unfinished = `${doorFile}.${process.pid}`;
  await writeFile(unfinished, result.outputFiles[0]?.contents ?? "");
  await rename(unfinished, doorFile);
}

/** Builds the server: what it always needs in one file, what it asks for later in files beside it. */
async function buildServer(): Promise<void> {
  const { build } = await import("esbuild");
  const folder = dirname(serverFile);
  await rm(folder, { recursive: true, force: true });
  await build({
    ...common,
    entryPoints: { [basename(serverFile, ".mjs")]: "server.ts" },
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    splitting: true,
    // For lib/stack, which reads it when an error is told.
    sourcemap: "external",
    sourcesContent: false,
    plugins: [fromTheirPlace],
  });
}

/** Builds both. */
export async function buildProcesses(): Promise<void> {
  await Promise.all([buildDoor(), buildServer()]);
}
