// One attempt at something that is counted before its work begins, since the work is dear or must not be tried in parallel.
import { inTransaction } from "@/lib/store/client";
import { type Allowance, consume, refund } from "@/lib/store/rate-limits";

/**
 * Counts an attempt, then does the work. What is refused or fails is no attempt: it is taken back.
 * @param reason the sentence for too many
 * @throws DomainError `rate_limited`; whatever `work` throws
 */
export async function attempt<T>(allowances: readonly Allowance[], reason: string, work: () => Promise<T>): Promise<T> {
  await inTransaction((tx) => consume(tx, allowances, reason));
  try {
    return await work();
  } catch (error) {
    await inTransaction((tx) => refund(tx, allowances));
    throw error;
  }
}
