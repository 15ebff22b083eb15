// Builds the file that the front door's process runs, so that it starts in a tenth of a second and loads nothing that it does not need.
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { root } from "@/scripts/build-freshness";

/** What the process runs. */
export const doorFile = join(root, "lib", "edge", "generated", "door.mjs");

/** Builds it. Safe when several processes do it at once. */
export async function buildDoor(): Promise<void> {
  const { build } = await import("esbuild");
  const result = await build({
    absWorkingDir: root,
    entryPoints: [join("lib", "edge", "door-process.ts")],
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    format: "esm",
    write: false,
    logLevel: "silent",
  });
  await mkdir(dirname(doorFile), { recursive: true });
  const unfinished = `${doorFile}.${process.pid}`;
  await writeFile(unfinished, result.outputFiles[0]?.contents ?? "");
  await rename(unfinished, doorFile);
}
