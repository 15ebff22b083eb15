// A trial's surroundings: the built product with a first-run site, on a database that the trial can stop. All of it is gone afterwards.
import "@/scripts/node-env.mjs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Running, startProduct } from "@/bench/processes";
import { type OwnDatabase, startOwnDatabase } from "@/bench/trouble/database";
import { isCurrent } from "@/scripts/build-freshness.mjs";
import { buildSite } from "@/scripts/build-site";

export interface Surroundings {
  product: Running & { dataDir: string };
  database: OwnDatabase;
  /** The status of an address like /readyz; 0 without an answer. */
  statusOf(path: string): Promise<number>;
}

/** Does `trial` in surroundings of its own. */
export async function onOwnDatabase(trial: (around: Surroundings) => Promise<void>): Promise<void> {
  if (!(await isCurrent())) await buildSite();
  const dataDir = await mkdtemp(join(tmpdir(), "colloquy-trouble-data-"));
  const database = await startOwnDatabase();
  try {
    const product = await startProduct(dataDir, { environment: database.environment });
    const statusOf = (path: string) =>
      fetch(product.origin + path, { signal: AbortSignal.timeout(10_000) }).then(
        ({ status }) => status,
        () => 0,
      );
    try {
      await trial({ product, database, statusOf });
    } finally {
      await product.stop();
    }
  } finally {
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}
