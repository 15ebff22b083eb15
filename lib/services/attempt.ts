// One attempt at something that is counted before its work begins, since the work is dear or must not be tried in parallel.
import { consumeOrProve, type Suspected } from "@/lib/services/proof-of-work";
import { inTransaction } from "@/lib/store/client";
import { type Allowance, consume, refund } from "@/lib/store/rate-limits";

export interface Attempt {
  allowances: readonly Allowance[];
  /** The sentence for too many. */
  reason: string;
  /** What is free until a proof of work is asked for. */
  suspected?: Omit<Suspected, "reason">;
}

/**
 * Counts an attempt, then does the work. What is refused or fails is no attempt: it is taken back, and its proof of work is still good.
 * @throws DomainError `rate_limited`, perhaps with a challenge; whatever `work` throws
 */
export async function attempt<T>({ reason, suspected, ...made }: Attempt, work: () => Promise<T>): Promise<T> {
  const allowances = await inTransaction(async (tx) => {
    await consume(tx, made.allowances, reason);
    if (!suspected) return made.allowances;
    return [...made.allowances, ...(await consumeOrProve(tx, { ...suspected, reason }))];
  });
  try {
    return await work();
  } catch (error) {
    await inTransaction((tx) => refund(tx, allowances));
    throw error;
  }
}
