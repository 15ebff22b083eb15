// The one way to make stored pages stale: in this process at once, in all others by the bus. Both module worlds reach the same stores.
import type { PageStore } from "@/lib/edge/page-store";
import { once } from "@/lib/once";

interface Purging {
  stores: Set<PageStore>;
  /** Since when the others are not heard, in milliseconds of the clock. */
  unsureSince: number | undefined;
  /** Tells the other processes. Never rejects. */
  announce: (keys: readonly string[]) => Promise<void>;
}

function purging(): Purging {
  return once("purging", (): Purging => ({ stores: new Set(), unsureSince: undefined, announce: async () => {} }));
}

/** Lets a store hear of purges. @returns what ends that */
export function listenForPurges(store: PageStore): () => void {
  const { stores, unsureSince } = purging();
  stores.add(store);
  store.unsureSince = unsureSince;
  return () => stores.delete(store);
}

/** Names the bus to the other processes. */
export function announcePurgesBy(announce: Purging["announce"]): void {
  purging().announce = announce;
}

/** Makes every page under these keys be drawn anew. When it resolves, the others have been told, or cannot be reached. */
export async function purgePages(keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  purgeHere(keys);
  await purging().announce(keys);
}

/** What another process purged, or "all" when some of it was missed. */
export function purgeHere(keys: readonly string[] | "all"): void {
  for (const store of purging().stores) {
    if (keys === "all") store.purgeAll();
    else store.purge(keys);
  }
}

/** Whether what others purge is heard. While it is not, stored pages are believed for a moment only. */
export function hearOthers(isHeard: boolean): void {
  const { stores } = purging();
  const unsureSince = isHeard ? undefined : Date.now();
  purging().unsureSince = unsureSince;
  for (const store of stores) store.unsureSince = unsureSince;
}
