// Builds what a start needs: the database client, the workers, the server and its front door, the scripts of public pages, and Next's build.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { buildAssets, watchAssets } from "@/scripts/build-assets";
import { isPartCurrent, rememberBuild, root, wantedBuild } from "@/scripts/build-freshness.mjs";
import { buildProcesses } from "@/scripts/build-server";
import { buildWorker } from "@/scripts/build-worker";
import { claim } from "@/scripts/claim";
import { generateClient } from "@/scripts/generate-client.mjs";
import { shareChunks } from "@/scripts/share-chunks";
import { StartError } from "@/scripts/start-error";

/** Lines of a failed build that are shown. */
const shownLines = 60;

/**
 * Next names forms' actions with this key, and would otherwise take another one for every build: a form that one version drew would be
 * strange to the next, and to an instance that was built on another machine. It hides nothing: no action of ours has bound values.
 */
export const actionKey = createHash("sha256").update("colloquy: the names of its forms").digest("base64");

async function nextBuild(): Promise<void> {
  const program = createRequire(import.meta.url).resolve("next/dist/bin/next");
  const child = spawn(process.execPath, [program, "build"], {
    cwd: root,
    env: {
      NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: actionKey,
      ...process.env,
      ...{ NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = () => child.kill();
  process.once("exit", stop);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (output += chunk.toString("utf8")));
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once("error", reject).once("close", resolve),
  );
  process.off("exit", stop);
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
 * Builds the site, unless another process has just done it. Two at once on one checkout: the second waits and uses it.
 * @returns whether it built
 * @throws StartError with the last lines of a failed build
 */
export async function buildSite(say: (words: string) => void = () => {}): Promise<boolean> {
  const cache = join(root, "node_modules", ".cache");
  await mkdir(cache, { recursive: true });
  let turn = await claim(join(cache, "colloquy-build.lock"));
  while (turn.heldBy !== undefined) {
    say("Waiting for another Colloquy that is building the site");
    await pause(250);
    turn = await claim(join(cache, "colloquy-build.lock"));
  }
  try {
    const wanted = await wantedBuild();
    const [site, server] = [await isPartCurrent("site", wanted), await isPartCurrent("server", wanted)];
    if (site && server) return false;
    if (!site) prepareClient();
    if (!server) {
      await Promise.all([buildWorker(), buildProcesses()]);
      await rememberBuild("server", wanted);
    }
    if (!site) await buildAssets();
    // It compiles in a process of its own, which would stay for as long as the server.
    await (await import("esbuild")).stop();
    if (!site) {
      await nextBuild();
      const chunks = join(root, ".next", "server", "chunks");
      await Promise.all([shareChunks(chunks), shareChunks(join(chunks, "ssr"))]);
      await rememberBuild("site", wanted);
    }
    return true;
  } finally {
    turn.release();
  }
}
