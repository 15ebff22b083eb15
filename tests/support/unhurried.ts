// How long tests wait for a database. A site gives up soon on one that does not answer, so that nobody waits in vain; on a machine that is
// busy with other things it answers late and is in no trouble.
import { patience } from "@/lib/store/pool";

const asBuilt = { ...patience };

/** In milliseconds, as in lib/store/pool. */
const unhurried: Record<keyof typeof patience, number> = {
  connect: 60_000,
  statement: 60_000,
  lock: 60_000,
  idleInTransaction: 120_000,
  transaction: 120_000,
  answer: 66_000,
  ready: 60_000,
};

/** From here on this process gives up late; `hurried`: as soon as a site does. */
export function waitForDatabase(options: { hurried?: boolean | undefined } = {}): void {
  Object.assign(patience, options.hurried ? asBuilt : unhurried);
}
