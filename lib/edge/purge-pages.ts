// The one way to make stored pages stale: in this site's front door at once, in all other processes by the bus. Both module worlds
// reach the same listeners. The store may be in this process, or in that of the front door.
import type { PageStore } from "@/lib/edge/page-store";
import { once } from "@/lib/once";

/** Whoever keeps pages. */
export interface PurgeListener {
  /** These pages are stale; resolves when nobody gets them any more. */
  purge(keys: readonly string[] | "all"): Promise<void> | void;
  /** Since when the others are not heard, in milliseconds of the clock. */
  unsure(since: number | undefined): void;
}

interface Purging {
  listeners: Set<PurgeListener>;
  unsureSince: number | undefined;
  /** Tells the other processes. Never rejects. */
  announce: (keys: readonly string[]) => Promise<void>;
}

function purging(): Purging {
  return once("purging", (): Purging => ({ listeners: new Set(), unsureSince: undefined, announce: async () => {} }));
}

/** Lets somebody hear of purges. @returns what ends that */
export function listenForPurges(listener: PurgeListener): () => void {
  const { listeners, unsureSince } = purging();
  listeners.add(listener);
  listener.unsure(unsureSince);
  return () => listeners.delete(listener);
}

/** What a store of this process does about purges: it has done it when it returns. */
export function purgesOf(store: PageStore): PurgeListener {
  return {
    purge: (keys) => (keys === "all" ? store.purgeAll() : store.purge(keys)),
    unsure: (since) => {
      store.unsureSince = since;
    },
  };
}

/** Names the bus to the other processes. */
export function announcePurgesBy(announce: Purging["announce"]): void {
  purging().announce = announce;
}

/** Makes every page under these keys be drawn anew. When it resolves, the others have been told, or cannot be reached. */
export async function purgePages(keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await Promise.all([purgeHere(keys), purging().announce(keys)]);
}

/** What another process purged, or "all" when some of it was missed. */
export async function purgeHere(keys: readonly string[] | "all"): Promise<void> {
  await Promise.all([...purging().listeners].map((listener) => listener.purge(keys)));
}

/**
 * Whether what others purge is heard. While it is not, stored pages are believed for a moment only.
 * @param unsureSince since when it is not, in milliseconds of the clock
 */
export function hearOthers(unsureSince: number | undefined): void {
  purging().unsureSince = unsureSince;
  for (const listener of purging().listeners) listener.unsure(unsureSince);
}
