// The finished pages of this process, kept ready to send: found by address, made stale by key, bounded by bytes. It knows
// nothing of requests; who waits for a new drawing and who gets the bytes before is decided in `fresh-pages`.

import { Drawing } from "@/lib/edge/drawing";
import type { Page } from "@/lib/edge/page";
import { canonicalAddress, isCanonicalPath, type KnownQuery } from "@/lib/edge/page-address";

export interface PageStoreLimits {
  /** For all pages together. An article with 100 comments takes about 100 KB in all its packings: 64 MiB are 600 of them. */
  bytes: number;
  /** The share that one page may take: a sitemap of 50,000 addresses still fits, and never pushes out all others. */
  largestShare: number;
  /** Addresses below one path that differ in their query alone: the pages of a very long discussion. More push each other out. */
  variants: number;
}

export const pageStoreLimits: PageStoreLimits = { bytes: 64 * 1024 * 1024, largestShare: 1 / 8, variants: 200 };

/** What an entry takes besides its bodies: header lines in three variants, keys, its places in the indexes. */
const overhead = 4 * 1024;

/** Paths remembered as not stored, so that nobody waits for the first answer there; forgotten all at once when full. */
const personalPaths = 2_000;

/** How often a page may be drawn anew; goes on from one drawing to the next. */
export interface Pace {
  tokens: number;
  /** When `tokens` was right, in milliseconds. */
  at: number;
  /** How long the last drawing took, in milliseconds. */
  took: number;
}

export interface StoredPage {
  readonly address: string;
  readonly path: string;
  readonly page: Page;
  readonly keys: readonly string[];
  /** When its drawing began: what it shows was true then. Milliseconds of the clock. */
  readonly drawnAt: number;
  readonly pace: Pace;
  /** Since when something that it shows has changed. */
  staleSince: number | undefined;
  /** When it last could not be drawn anew. */
  failedAt: number | undefined;
  bytes: number;
}

/** A finished drawing that says it may be stored. */
export interface Finished {
  /** The path without the query. */
  path: string;
  /** The query as it came, with its question mark, or nothing. */
  search: string;
  page: Page;
  keys: readonly string[];
  query: KnownQuery;
  drawing: Drawing;
}

export class PageStore {
  /** Oldest use first. */
  readonly #pages = new Map<string, StoredPage>();
  readonly #byKey = new Map<string, Set<StoredPage>>();
  readonly #paths = new Map<string, { query: KnownQuery; pages: Set<StoredPage> }>();
  readonly #drawings = new Set<Drawing>();
  readonly #personal = new Set<string>();
  readonly #limits: PageStoreLimits;
  #bytes = 0;
  #purges = 0;
  /** Since when nobody tells this process what others changed; pages are then believed for a moment only. */
  unsureSince: number | undefined;

  constructor(limits: Partial<PageStoreLimits> = {}) {
    this.#limits = { ...pageStoreLimits, ...limits };
  }

  /** Bytes that all pages take, by this store's own account. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Pages held, stale ones included. */
  get size(): number {
    return this.#pages.size;
  }

  /** Purges so far: the time by which drawings and readers are compared. */
  get purges(): number {
    return this.#purges;
  }

  /** The page at a canonical address, fresh or stale. Counts as a use. */
  find(address: string): StoredPage | undefined {
    const found = this.#pages.get(address);
    if (found) {
      this.#pages.delete(address);
      this.#pages.set(address, found);
    }
    return found;
  }

  /** The address under which a request's target is stored, or undefined when nothing is known of its path. */
  addressOf(path: string, search: string): string | undefined {
    const known = this.#paths.get(path);
    return known && canonicalAddress(path, search, known.query);
  }

  /** Whether the answers of a path are known to be one person's. */
  isPersonal(path: string): boolean {
    return this.#personal.has(path);
  }

  /** Remembers that a path's answers are not stored. */
  markPersonal(path: string): void {
    if (this.#personal.size >= personalPaths) this.#personal.clear();
    this.#personal.add(path);
  }

  /** A drawing begins: whatever is purged before it ends, it may not have seen. The caller ends it. */
  begin(): Drawing {
    const drawing = new Drawing(this.#purges, (ended) => this.#drawings.delete(ended));
    this.#drawings.add(drawing);
    return drawing;
  }

  /**
   * Keeps a page. One whose keys were purged while it was drawn is kept as stale: newer than what was there, not to be
   * trusted.
   * @returns whether there was room
   */
  keep({ path, search, page, keys, query, drawing }: Finished): boolean {
    if (!isCanonicalPath(path)) return false;
    const address = canonicalAddress(path, search, query);
    if (address === undefined) return false;
    const before = this.#pages.get(address);
    if (before && before.drawnAt > drawing.begunAt) return true;
    if (before) this.#remove(before);
    const bytes = page.identity.length + overhead;
    if (bytes > this.#limits.bytes * this.#limits.largestShare) return false;
    const stored: StoredPage = {
      ...{ address, path, page, keys, bytes },
      drawnAt: drawing.begunAt,
      staleSince: drawing.firstPurge(keys)?.at,
      failedAt: undefined,
      // Without end: whoever reads it takes the most that may be there.
      pace: before?.pace ?? { tokens: Number.POSITIVE_INFINITY, at: 0, took: 0 },
    };
    this.#insert(stored, query);
    if (before) page.inherit(before.page);
    this.#makeRoom();
    return true;
  }

  /** A packing has been made of a page: it counts, if the page is still here. */
  grow(page: Page, address: string, bytes: number): void {
    const stored = this.#pages.get(address);
    if (stored?.page !== page) return;
    stored.bytes += bytes;
    this.#bytes += bytes;
    if (stored.bytes > this.#limits.bytes * this.#limits.largestShare) this.#remove(stored);
    this.#makeRoom();
  }

  /** There is no such page any more. */
  drop(address: string): void {
    const stored = this.#pages.get(address);
    if (stored) this.#remove(stored);
  }

  /** Makes stale what stands under these keys, in the store and on its way there. */
  purge(keys: readonly string[], now = Date.now()): void {
    this.#purges++;
    for (const drawing of this.#drawings) drawing.note(keys, { count: this.#purges, at: now });
    for (const key of keys) for (const stored of this.#byKey.get(key) ?? []) stored.staleSince ??= now;
  }

  /** Makes everything stale: something was changed, and nobody knows what. */
  purgeAll(now = Date.now()): void {
    this.#purges++;
    for (const drawing of this.#drawings) drawing.noteAll({ count: this.#purges, at: now });
    for (const stored of this.#pages.values()) stored.staleSince ??= now;
  }

  #insert(stored: StoredPage, query: KnownQuery): void {
    this.#pages.set(stored.address, stored);
    this.#bytes += stored.bytes;
    for (const key of stored.keys) {
      const under = this.#byKey.get(key) ?? new Set();
      this.#byKey.set(key, under.add(stored));
    }
    const siblings = this.#paths.get(stored.path)?.pages ?? new Set();
    this.#paths.set(stored.path, { query, pages: siblings.add(stored) });
    this.#personal.delete(stored.path);
    if (siblings.size <= this.#limits.variants) return;
    const [oldest] = siblings;
    if (oldest) this.#remove(oldest);
  }

  #remove(stored: StoredPage): void {
    if (!this.#pages.delete(stored.address)) return;
    this.#bytes -= stored.bytes;
    for (const key of stored.keys) {
      const under = this.#byKey.get(key);
      under?.delete(stored);
      if (under?.size === 0) this.#byKey.delete(key);
    }
    const siblings = this.#paths.get(stored.path)?.pages;
    siblings?.delete(stored);
    if (siblings?.size === 0) this.#paths.delete(stored.path);
  }

  #makeRoom(): void {
    for (const stored of this.#pages.values()) {
      if (this.#bytes <= this.#limits.bytes) return;
      this.#remove(stored);
    }
  }
}
