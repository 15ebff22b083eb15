// Who else hears what this process says on the bus, and who has not said yet that they have: a writer's answer waits for them. One who
// does not answer is waited for once, and again only after a word of theirs.

export class BusHearers {
  readonly #present = new Set<string>();
  /** By number of the message: who has not acknowledged it yet. */
  readonly #missing = new Map<number, Set<string>>();
  #waiting: (() => void)[] = [];
  #count = 0;

  /** Numbers a message that all who are present must acknowledge. Call it before the message is sent. */
  next(): number {
    this.#count++;
    if (this.#present.size > 0) this.#missing.set(this.#count, new Set(this.#present));
    return this.#count;
  }

  /** A word of somebody who acknowledges what they hear. @param numbers of this process's messages, which they have heard */
  hear(name: string, numbers: readonly number[] = []): void {
    this.#present.add(name);
    for (const number of numbers) {
      const missing = this.#missing.get(number);
      missing?.delete(name);
      if (missing?.size === 0) this.#missing.delete(number);
    }
    this.#settle();
  }

  /** Somebody goes. */
  leave(name: string): void {
    this.#present.delete(name);
    for (const [number, missing] of this.#missing) {
      missing.delete(name);
      if (missing.size === 0) this.#missing.delete(number);
    }
    this.#settle();
  }

  /** Resolves when everything that was said until now is acknowledged. */
  async all(): Promise<void> {
    const upTo = this.#count;
    while (this.#oldest() <= upTo) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Waits no longer for those who have not acknowledged what was said up to `number`. */
  giveUp(number = this.#count): void {
    for (const [own, missing] of [...this.#missing]) if (own <= number) for (const name of missing) this.leave(name);
  }

  /** The number of the last message. */
  get count(): number {
    return this.#count;
  }

  #oldest(): number {
    for (const number of this.#missing.keys()) return number;
    return Number.POSITIVE_INFINITY;
  }

  #settle(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
