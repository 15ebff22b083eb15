// Builds the file that the render workers run, so that nobody waits for it later. Takes about a quarter of a second.
import { buildRenderWorker } from "@/lib/text/render-worker-build";

/** Builds lib/text/generated/render-worker.mjs. Safe to call again, and from several processes at once. */
export async function buildWorker(): Promise<void> {
  await buildRenderWorker(process.cwd());
}
