// Which answers are right while something is wrong: what was asked for, or a plain sentence with when to try again.
import type { Answer } from "@/bench/client";

/** Counts answers by their status, and remembers the wrong ones with what they said. */
export class Tally {
  readonly statuses = new Map<number, number>();
  readonly wrong: string[] = [];
  readonly ms: number[] = [];

  /** @param fault what was wrong with it, if anything */
  count(status: number, fault: string | undefined, ms: number): void {
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    this.ms.push(ms);
    if (fault !== undefined) this.wrong.push(fault);
  }

  /** `200: 1204, 503: 17, cut off: 1` */
  toString(): string {
    const counts = [...this.statuses].sort(([a], [b]) => a - b);
    return counts.map(([status, count]) => `${status || "cut off"}: ${count}`).join(", ") || "none";
  }
}

/** Of what went wrong, so much is printed. */
const shownLetters = 160;

/**
 * What is wrong with an answer: nothing with a status that was hoped for, nothing with a refusal that says what to do and when.
 * @param hoped statuses that are what was asked for
 * @returns undefined when it is right
 */
export function faultOf(what: string, { status, headers, body }: Answer, hoped: readonly number[]): string | undefined {
  if (hoped.includes(status)) return undefined;
  const text = body.toString("utf8");
  const waits = /^\d+$/.test(headers["retry-after"] ?? "");
  if (status === 503 && waits && /try again/i.test(text)) return undefined;
  const said = text.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
  return `${what}: ${status}${status === 503 && !waits ? " without Retry-After" : ""} ${said.slice(0, shownLetters)}`;
}

/** Does `work`, judges its answer and counts it. Never throws. */
export async function counted(
  { into, what, hoped }: { into: Tally; what: string; hoped: readonly number[] },
  work: () => Promise<Answer>,
): Promise<Answer | undefined> {
  const began = performance.now();
  try {
    const answer = await work();
    into.count(answer.status, faultOf(what, answer, hoped), performance.now() - began);
    return answer;
  } catch (error) {
    into.count(0, `${what}: ${error instanceof Error ? error.message : String(error)}`, performance.now() - began);
    return undefined;
  }
}
