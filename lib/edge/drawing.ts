// One page being drawn, seen from the store: what was purged in the meantime, which the drawing may or may not have seen.

/** A purge: the how-manieth of this process, and when. */
export interface Purge {
  count: number;
  /** Milliseconds of the clock. */
  at: number;
}

/** Keys remembered for one drawing. When a storm purges more, all count as purged. */
const keysRemembered = 1_000;

export class Drawing {
  readonly begunAt = Date.now();
  readonly #purged = new Map<string, Purge>();
  #all: Purge | undefined;

  /** @param begunAfter purges before it began */
  constructor(
    readonly begunAfter: number,
    private readonly onEnd: (drawing: Drawing) => void,
  ) {}

  note(keys: readonly string[], purge: Purge): void {
    if (this.#purged.size + keys.length > keysRemembered) this.noteAll(purge);
    else for (const key of keys) if (!this.#purged.has(key)) this.#purged.set(key, purge);
  }

  noteAll(purge: Purge): void {
    this.#all ??= purge;
  }

  /** The first purge of any of `keys` since it began. */
  firstPurge(keys: readonly string[]): Purge | undefined {
    return keys.reduce((first, key) => {
      const purge = this.#purged.get(key);
      return purge && (!first || purge.count < first.count) ? purge : first;
    }, this.#all);
  }

  end(): void {
    this.onEnd(this);
  }
}
