// Notices when the process could do nothing for a while, because some piece of code did not let go (F33). It can only tell
// afterwards; a balancer learns it by `/readyz` and asks another process meanwhile.

/** How often it shows that it lives, in milliseconds. */
const every = 250;

/** A drawing takes tens of milliseconds. This long, something is wrong. */
const tolerated = 2_000;

/** After a stall the process says for so long that it is not ready, in milliseconds: what has piled up must first be answered. */
const afterwards = 3_000;

export interface Watchdog {
  /** Whether the process stalled just now. */
  stalled(): boolean;
  stop(): void;
}

/** Watches from now on. @param onStall told how long the process stood still, in milliseconds */
export function startWatchdog(onStall: (ms: number) => void, limits = { every, tolerated, afterwards }): Watchdog {
  let last = performance.now();
  let until = 0;
  const look = () => {
    const now = performance.now();
    const lost = now - last - limits.every;
    last = now;
    if (lost < limits.tolerated) return;
    until = now + limits.afterwards;
    onStall(Math.round(lost));
  };
  const timer = setInterval(look, limits.every);
  timer.unref();
  return {
    stalled() {
      look();
      return performance.now() < until;
    },
    stop: () => clearInterval(timer),
  };
}
