// Whether the build is one of exactly the files that are there. Apart from the builders, so that a start that builds nothing does
// not load them.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
const marker = join(root, ".next", "colloquy-build");

/** Everything the build is made from. */
const sources = [
  "app",
  "components",
  "lib",
  "prisma/schema",
  "public",
  "package-lock.json",
  "next.config.mjs",
  "postcss.config.mjs",
  "tsconfig.json",
  "scripts/share-chunks.ts",
];

/** Made by the build itself. */
const products = /^(lib\/.*\/generated|public\/assets)$/;

async function listFiles(path: string): Promise<string[]> {
  const entries = await readdir(join(root, path), { withFileTypes: true }).catch(() => undefined);
  if (!entries) return existsSync(join(root, path)) ? [path] : [];
  const inside = entries
    .map((entry) => ({ entry, child: `${path}/${entry.name}` }))
    .filter(({ child }) => !products.test(child))
    .map(({ entry, child }) => (entry.isDirectory() ? listFiles(child) : [child]));
  return (await Promise.all(inside)).flat().sort();
}

/** One hash over the names and contents of `paths` and the version of Node. */
async function fingerprint(paths: string[]): Promise<string> {
  const files = (await Promise.all(paths.map(listFiles))).flat();
  const hash = createHash("sha256").update(process.version);
  const contents = await Promise.all(files.map((file) => readFile(join(root, file))));
  for (const [index, content] of contents.entries()) {
    hash.update(`\0${files[index]}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/** The mark of the files as they are now. */
export function wantedBuild(): Promise<string> {
  return fingerprint(sources);
}

/** Notes that the build in place is the one of `wanted`. */
export async function rememberBuild(wanted: string): Promise<void> {
  await writeFile(marker, wanted);
}

/** Whether the build in place is the one of `wanted`, and whole. */
export async function isCurrent(wanted: string): Promise<boolean> {
  const text = await readFile(marker, "utf8").catch(() => "");
  const parts = [
    join(root, ".next", "BUILD_ID"),
    join(root, "lib", "store", "generated"),
    join(root, "lib", "text", "generated", "render-worker.mjs"),
    join(root, "lib", "text", "generated", "difference-worker.mjs"),
    join(root, "lib", "edge", "generated", "door.mjs"),
    join(root, "public", "assets", "manifest.json"),
  ];
  return text === wanted && parts.every(existsSync);
}
