// Who gets which bytes: a stored page while nothing that it shows has changed, else a new drawing, made once for all who
// wait; on a hot page the bytes before; and the last good bytes when nothing can be drawn.
import { setTimeout as pause } from "node:timers/promises";
import type { Drawing } from "@/lib/edge/drawing";
import { makePage, type Page } from "@/lib/edge/page";
import { canonicalAddress } from "@/lib/edge/page-address";
import type { Finished, Pace, PageStore, StoredPage } from "@/lib/edge/page-store";

/** Drawings of one page in quick succession before it counts as hot: people who talk to each other see every word at once. */
const burst = 4;

/** On a hot page, one drawing each so many milliseconds: four a second look immediate and cost a tenth of a processor. */
const hotPause = 250;

/** A page that takes long to draw is drawn half of the time at most. */
const restFactor = 2;

/** How long after a change readers of a hot page may get the bytes before, in milliseconds. Who wrote never does. */
const previousFor = 1_000;

/** How long readers wait for a drawing when there are good bytes that they could have, in milliseconds. */
const patience = 2_000;

/** After a failed drawing, the next is tried no sooner, in milliseconds. */
const retryPause = 2_000;

/** A page is drawn anew after so long even when nothing purged it, in milliseconds: for what no key names. Nobody waits for it. */
const oldest = 10 * 60_000;

/** While nobody tells this process what others changed, pages are believed for so long, in milliseconds. */
const believedUnsure = 1_000;

/** The clocks of two machines differ by less, in milliseconds. */
const clockSkew = 2_000;

/**
 * What a drawing came to. `other`: not, or no longer, a page to store; `page` is what it is instead, where that is the same for
 * everybody. `failed` says nothing about the page.
 */
export type Drawn =
  | (Omit<Finished, "drawing"> & { kind: "page" })
  | { kind: "other"; page: Page | undefined }
  | { kind: "failed" };

type About = Omit<Finished, "page" | "drawing"> & {
  drawing: Drawing | undefined;
  /** Told when the page lies there for all, or will not. */
  onKept(): void;
};

interface Reader {
  /** Must see all that has been written: a program, or somebody who pressed reload. */
  exact: boolean;
  /** When this reader last wrote something in another process, in milliseconds of the clock. */
  wroteAt: number | undefined;
}

export type Given =
  /** `old`: it could not be drawn anew. */
  { kind: "page"; page: Page; old: boolean } | { kind: "other"; page: Page | undefined } | { kind: "failed" };

interface Running {
  drawing: Drawing;
  since: number;
  outcome: Promise<Drawn>;
}

export class FreshPages {
  readonly #running = new Map<string, Running>();
  /** Drawings that wait for their turn. */
  readonly #next = new Map<string, Promise<Running>>();

  constructor(
    readonly store: PageStore,
    private readonly draw: (address: string) => Promise<Drawn>,
  ) {}

  /** The page at an address if it can be sent as it lies there. */
  lying(address: string, wroteAt?: number): Page | undefined {
    const stored = this.store.find(address);
    return stored && !isStale(stored, this.store.unsureSince) && !isBefore(stored.drawnAt, wroteAt)
      ? stored.page
      : undefined;
  }

  /** The page at a canonical address for one reader. Never throws. */
  async read(address: string, reader: Reader): Promise<Given> {
    const arrival = this.store.purges;
    const arrivedAt = Date.now();
    for (;;) {
      const lying = this.lying(address, reader.wroteAt);
      if (lying) return { kind: "page", page: lying, old: false };
      const stored = this.store.find(address);
      const before = stored && this.#before(stored, reader);
      if (before) return before;
      const running = this.#running.get(address) ?? (await this.#turn(address, stored));
      const outcome = await this.#wait(running, stored, reader);
      if (outcome === "impatient") return this.#lastGood(address);
      if (outcome.kind === "failed") return this.#lastGood(address);
      if (outcome.kind === "other") return outcome;
      const { begunAfter, begunAt } = running.drawing;
      const missed = running.drawing.firstPurge(outcome.keys);
      const begunForMe = begunAfter >= arrival && begunAt >= arrivedAt;
      const complete = (!missed || missed.count > arrival) && !isBefore(begunAt, reader.wroteAt);
      if (begunForMe || complete) return { kind: "page", page: outcome.page, old: false };
      // It had begun before this reader wrote: the next one has not.
    }
  }

  /** Draws a page for nobody in particular, so that the next reader finds it. */
  private async prepare(address: string): Promise<void> {
    await (this.#running.get(address) ?? this.#start(address, this.store.find(address))).outcome;
  }

  /**
   * Keeps the page that a visit has made. Without a drawing it was made for somebody in particular; then it is drawn once more, for all.
   * @returns the page to answer that visit with
   */
  keep(made: Parameters<typeof makePage>[0], about: About): Page {
    const { drawing } = about;
    const address = canonicalAddress(about.path, about.search, about.query);
    if (address === undefined) {
      about.onKept();
      return makePage(made);
    }
    const page: Page = makePage({ ...made, onGrown: (bytes) => this.store.grow(page, address, bytes) });
    if (drawing) {
      this.store.keep({ ...about, page, drawing });
      about.onKept();
    } else {
      void this.prepare(address).then(about.onKept);
    }
    return page;
  }

  /** What a reader gets without waiting although it is stale, if anything. */
  #before(stored: StoredPage, reader: Reader): Given | undefined {
    const now = Date.now();
    const { page } = stored;
    const { address, staleSince, failedAt, drawnAt } = stored;
    if (failedAt !== undefined && now - failedAt < retryPause) return { kind: "page", page, old: true };
    const mustSee = reader.exact || isBefore(drawnAt, reader.wroteAt);
    if (mustSee) return undefined;
    const running = this.#running.get(address);
    if (running && now - running.since > patience) return { kind: "page", page, old: true };
    if (staleSince === undefined && this.store.unsureSince === undefined) {
      // Only its age: drawn anew behind the readers' backs.
      void this.prepare(address);
      return { kind: "page", page, old: false };
    }
    const since = staleSince ?? drawnAt + believedUnsure;
    if (tokensOf(stored.pace, now) < 1 && now - since < previousFor) return { kind: "page", page, old: false };
    return undefined;
  }

  async #wait(running: Running, stored: StoredPage | undefined, reader: Reader): Promise<Drawn | "impatient"> {
    if (!stored || reader.exact || isBefore(stored.drawnAt, reader.wroteAt)) return running.outcome;
    const ended = new AbortController();
    const late = pause(patience, "impatient" as const, { signal: ended.signal, ref: false });
    late.catch(() => {});
    return Promise.race([running.outcome, late]).finally(() => ended.abort());
  }

  #lastGood(address: string): Given {
    const stored = this.store.find(address);
    return stored ? { kind: "page", page: stored.page, old: true } : { kind: "failed" };
  }

  /** The next drawing of an address, as soon as its pace allows. */
  async #turn(address: string, stored: StoredPage | undefined): Promise<Running> {
    const wait = stored ? untilToken(stored.pace, Date.now()) : 0;
    if (wait === 0) return this.#start(address, stored);
    const waiting = this.#next.get(address);
    if (waiting) return waiting;
    const next = pause(wait).then(() => {
      this.#next.delete(address);
      return this.#running.get(address) ?? this.#start(address, stored);
    });
    this.#next.set(address, next);
    return next;
  }

  #start(address: string, stored: StoredPage | undefined): Running {
    const now = Date.now();
    if (stored) Object.assign(stored.pace, { tokens: tokensOf(stored.pace, now) - 1, at: now });
    const drawing = this.store.begin();
    const running: Running = { drawing, since: now, outcome: this.#finish(address, drawing) };
    this.#running.set(address, running);
    return running;
  }

  async #finish(address: string, drawing: Drawing): Promise<Drawn> {
    const began = performance.now();
    const outcome = await this.draw(address).catch((): Drawn => ({ kind: "failed" }));
    this.#running.delete(address);
    if (outcome.kind === "page") this.store.keep({ ...outcome, drawing });
    else if (outcome.kind === "other") this.store.drop(address);
    const stored = this.store.find(address);
    if (stored) stored.pace.took = performance.now() - began;
    if (stored && outcome.kind === "failed") stored.failedAt = Date.now();
    drawing.end();
    return outcome;
  }
}

function isStale(stored: StoredPage, unsureSince: number | undefined): boolean {
  if (stored.staleSince !== undefined) return true;
  const age = Date.now() - stored.drawnAt;
  return age > oldest || (unsureSince !== undefined && age > believedUnsure);
}

/** Whether a drawing may have begun before the reader wrote. */
function isBefore(drawnAt: number, wroteAt: number | undefined): boolean {
  return wroteAt !== undefined && drawnAt < wroteAt + clockSkew;
}

function intervalOf(pace: Pace): number {
  return Math.max(hotPause, pace.took * restFactor);
}

function tokensOf(pace: Pace, now: number): number {
  return Math.min(burst, pace.tokens + (now - pace.at) / intervalOf(pace));
}

/** Milliseconds until the page may be drawn again. */
function untilToken(pace: Pace, now: number): number {
  const tokens = tokensOf(pace, now);
  return tokens >= 1 ? 0 : Math.ceil((1 - tokens) * intervalOf(pace));
}
