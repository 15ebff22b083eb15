// The browser's storage, which may be full, forbidden or missing: asking it never throws.

export type Place = "localStorage" | "sessionStorage";

/** Unsent texts are kept under this, with the place where they were begun (`draftPlace`). */
export const UNSENT = "colloquy-draft:";

/** Names the composer under an article, or under one of its comments. */
export function draftPlace(slug: string, parentId: string): string {
  return `${slug}:${parentId}`;
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** What stands under `key`, or null. */
export function read(place: Place, key: string): string | null {
  return attempt(() => window[place].getItem(key)) ?? null;
}

/** Whether `value` was really stored. */
export function write(place: Place, key: string, value: string): boolean {
  return (
    attempt(() => {
      window[place].setItem(key, value);
      return true;
    }) ?? false
  );
}

export function erase(place: Place, key: string): void {
  attempt(() => window[place].removeItem(key));
}

/** All stored keys that begin with `prefix`. */
export function keysWith(place: Place, prefix: string): string[] {
  return attempt(() => Object.keys(window[place]).filter((key) => key.startsWith(prefix))) ?? [];
}
