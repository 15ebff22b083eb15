// Builds the files that worker threads run, so that nobody waits for them later. Takes about a quarter of a second.
import { buildWorkerFile } from "@/lib/text/worker-build";

/** Builds what stands in lib/text/generated. Safe to call again, and from several processes at once. */
export async function buildWorker(): Promise<void> {
  await Promise.all([
    buildWorkerFile(process.cwd(), "render-worker"),
    buildWorkerFile(process.cwd(), "difference-worker"),
  ]);
}
