// Waiting for something to become true, never for a duration.
import { setTimeout as pause } from "node:timers/promises";

/** How often to look, in milliseconds. */
const interval = 50;

/**
 * Waits until `holds` answers something true, and answers that.
 * @throws Error that says what was waited for, after `withinMs`
 */
export async function until<T>(what: string, holds: () => T | Promise<T>, withinMs = 120_000): Promise<NonNullable<T>> {
  for (const end = Date.now() + withinMs; ; await pause(interval)) {
    const answer = await holds();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`Waited ${withinMs / 1000} s in vain for ${what}.`);
  }
}
