// Builds what a start needs and does not find current: the database client, the render worker, the scripts of public pages, and
// Next's build. What it was made from is remembered in .next, so that a start on a prepared checkout builds nothing.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { buildAssets, watchAssets } from "@/scripts/build-assets";
import { buildWorker } from "@/scripts/build-worker";
import { claim } from "@/scripts/claim";
import { generateClient } from "@/scripts/generate-client.mjs";
import { StartError } from "@/scripts/start-error";

const root = fileURLToPath(new URL("..", import.meta.url));
const marker = join(root, ".next", "colloquy-build.json");

/** Everything the build is made from. */
const sources = [
  "app",
  "components",
  "lib",
  "prisma/schema",
  "public",
  "package-lock.json",
  "next.config.ts",
  "postcss.config.mjs",
  "tsconfig.json",
];

/** Made by the build itself. */
const products = /^(lib\/.*\/generated|public\/assets)$/;

/** Lines of a failed build that are shown. */
const shownLines = 60;

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
    hash.update(`\0${relative(root, join(root, files[index] ?? ""))}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

async function isCurrent(wanted: string): Promise<boolean> {
  const text = await readFile(marker, "utf8").catch(() => "{}");
  const products = [
    join(root, ".next", "BUILD_ID"),
    join(root, "lib", "store", "generated"),
    join(root, "public", "assets", "manifest.json"),
  ];
  return JSON.parse(text).fingerprint === wanted && products.every(existsSync);
}

async function nextBuild(): Promise<void> {
  const program = createRequire(import.meta.url).resolve("next/dist/bin/next");
  const child = spawn(process.execPath, [program, "build"], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (output += chunk.toString("utf8")));
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once("error", reject).once("close", resolve),
  );
  if (code === 0) return;
  throw new StartError(
    `The site could not be built. Next said:\n\n${output.trim().split("\n").slice(-shownLines).join("\n")}`,
  );
}

function prepareClient(): void {
  if (!generateClient()) throw new StartError("The database client could not be made; the lines above say why.");
}

/** What development needs before Next compiles pages one by one. */
export async function prepareDevelopment(): Promise<void> {
  prepareClient();
  await buildWorker();
  await watchAssets();
}

/**
 * Builds the site unless there is a build of exactly these files. Two at once on one checkout: the second waits and uses it.
 * @returns whether it built
 * @throws StartError with the last lines of a failed build
 */
export async function buildIfStale(say: (words: string) => void = () => {}): Promise<boolean> {
  if (await isCurrent(await fingerprint(sources))) return false;
  const cache = join(root, "node_modules", ".cache");
  await mkdir(cache, { recursive: true });
  let turn = await claim(join(cache, "colloquy-build.lock"));
  while (turn.heldBy !== undefined) {
    say("Waiting for another Colloquy that is building the site");
    await pause(250);
    turn = await claim(join(cache, "colloquy-build.lock"));
  }
  try {
    const wanted = await fingerprint(sources);
    if (await isCurrent(wanted)) return false;
    prepareClient();
    await buildWorker();
    await buildAssets();
    await nextBuild();
    await writeFile(marker, JSON.stringify({ fingerprint: wanted }));
    return true;
  } finally {
    turn.release();
  }
}
