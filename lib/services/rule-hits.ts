// How often rules fit, and what becomes of one that suddenly fits too much: it loses its power to reject, and moderators are called.
// Counted outside of any post's transaction, since a rejected post leaves nothing behind, and in this process first, so that all posts of a
// site do not wait for one row.
import type { RuleHit } from "@/lib/domain/screening-rule";
import { log } from "@/lib/log";
import { once } from "@/lib/once";
import { forgetScreening } from "@/lib/services/screening";
import { inTransaction } from "@/lib/store/client";
import { enqueue } from "@/lib/store/jobs";
import { logSiteChange } from "@/lib/store/moderation-lines";
import { moderatorIds } from "@/lib/store/moderators";
import { addHits, tameRules } from "@/lib/store/screening-rules";

/** "Suddenly": within so many hours, the present one included, and often enough to be no accident. */
const hours = 3;
const leastHits = 10;

/** Comments that fit no rule are written down together, so seldom, in milliseconds. */
const flushMs = 10_000;

interface Tally {
  comments: number;
  hits: Map<number, number>;
  since: number;
}

const tally = () => once("rule-hits", (): Tally => ({ comments: 0, hits: new Map(), since: 0 }));

/** Counts one screened comment. Never throws: whoever posts has nothing to do with it. @param share from 0 to 1 */
export async function countScreened(now: Date, hits: readonly RuleHit[], share: number): Promise<void> {
  const counted = tally();
  counted.comments++;
  for (const { ruleId } of hits) counted.hits.set(ruleId, (counted.hits.get(ruleId) ?? 0) + 1);
  if (counted.hits.size === 0 && now.getTime() - counted.since < flushMs) return;
  const { comments, hits: rules } = counted;
  Object.assign(counted, { comments: 0, hits: new Map(), since: now.getTime() });
  try {
    await write({ comments, hits: rules }, share);
  } catch (error) {
    log().warn({ reason: String(error) }, "What rules fitted could not be counted.");
  }
}

async function write(counted: { comments: number; hits: Map<number, number> }, share: number): Promise<void> {
  const tamed = await inTransaction(async (tx) => {
    await addHits(tx, counted);
    const ids = counted.hits.size > 0 ? await tameRules(tx, { hours, leastHits, share }) : [];
    if (ids.length === 0) return ids;
    const moderators = await moderatorIds(tx);
    for (const ruleId of ids) {
      await logSiteChange(tx, null, { kind: "SET_RULE", reason: "rule.tamed", note: `#${ruleId}` });
      for (const userId of moderators) {
        await enqueue(tx, { task: "send-mail", payload: { kind: "ruleTamed", userId, ruleId } });
      }
    }
    return ids;
  });
  if (tamed.length > 0) forgetScreening();
}
