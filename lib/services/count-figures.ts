// Counting moderation's figures by year, so that the page which shows them only reads them. Nobody who writes has any part in it.
import { setTimeout as pause } from "node:timers/promises";
import type { DomainEvent } from "@/lib/domain/events";
import { database, inTransaction } from "@/lib/store/client";
import { countMore, figureSources, keepYears, readHeads, whoDrawsIds } from "@/lib/store/figures";

/** Between two looks whether a transaction has ended, in milliseconds. Most last a hundredth of a second. */
const look = 100;

/**
 * Counts what was written since the last time, and again what was decided since, in small pieces. Can be broken off and taken up again;
 * two at once do not disturb each other.
 * @param stopped whether to break off
 * @returns what to tell: that the figures are others now
 * @throws DomainError `unavailable`
 */
export async function countFigures(stopped: () => boolean = () => false): Promise<DomainEvent[]> {
  const heads = await readHeads(database());
  if (!(await settled(stopped))) return [];
  for (const source of figureSources) {
    for (;;) {
      const left = await inTransaction((tx) => countMore(tx, source, heads[source]));
      if (left === "to somebody else" || stopped()) return [];
      if (left === "nothing") break;
    }
  }
  return (await inTransaction((tx) => keepYears(tx, heads))) ? [{ type: "FiguresCounted" }] : [];
}

/**
 * Waits until everybody has ended who had drawn an id and not written the row yet for others to see: below the newest row there is none
 * to come then. False when broken off before.
 */
async function settled(stopped: () => boolean): Promise<boolean> {
  let open = await whoDrawsIds(database());
  while (open.length > 0) {
    if (stopped()) return false;
    await pause(look);
    const now = new Set(await whoDrawsIds(database()));
    open = open.filter((who) => now.has(who));
  }
  return true;
}
