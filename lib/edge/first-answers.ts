// Paths of which nothing is known yet and the first answer is on its way. Whoever comes meanwhile waits to see whether it is for
// everybody, so that a page that nobody has asked for lately is not drawn a hundred times at once.
import { setTimeout as pause } from "node:timers/promises";

/** How long anybody waits for somebody else's answer, in milliseconds; our pages take a tenth of it. */
const patience = 2_000;

export class FirstAnswers {
  readonly #running = new Map<string, Promise<void>>();

  /** Becomes the first at a path, if nobody is. @returns what lets the others go on; undefined: somebody else is the first */
  begin(path: string): (() => void) | undefined {
    if (this.#running.has(path)) return undefined;
    let tell = () => {};
    this.#running.set(
      path,
      new Promise((resolve) => {
        tell = () => {
          this.#running.delete(path);
          resolve();
          tell = () => {};
        };
      }),
    );
    return () => tell();
  }

  /** Waits for the first answer at a path. @returns whether it came in time */
  async wait(path: string): Promise<boolean> {
    const ended = new AbortController();
    const late = pause(patience, false, { signal: ended.signal }).catch(() => false);
    const first = (this.#running.get(path) ?? Promise.resolve()).then(() => true);
    return Promise.race([first, late]).finally(() => ended.abort());
  }
}
