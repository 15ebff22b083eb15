// Mail about a reply, for whoever wrote the comment that is answered. Many at once become one mail that says how many (R73).

import { replyMails } from "@/lib/domain/mail";
import { env } from "@/lib/env";
import { keyedHash } from "@/lib/services/tokens";
import { enqueue, enqueueOnce, priorities } from "@/lib/store/jobs";
import type { Questions } from "@/lib/store/plain-transaction";
import { type Allowance, roomOrWait } from "@/lib/store/rate-limits";
import { receiverOfReply } from "@/lib/store/replies";

/**
 * Call in the transaction that publishes a comment: when it is posted, when a moderator approves it, when its member's address is
 * confirmed. What answers nobody, or nobody who wants to hear of it, needs no mail. A comment is told of once: call it when it becomes
 * visible for the first time.
 */
export async function tellOfReply(tx: Questions, commentId: string | bigint): Promise<void> {
  const receiver = await receiverOfReply(tx, BigInt(commentId));
  if (!receiver) return;
  const { userId, threadId, place } = receiver;
  const wait = await roomOrWait(tx, singleMails(userId, threadId));
  if (wait === 0) {
    await enqueue(tx, { task: "send-mail", payload: { kind: "reply", userId, commentId: String(commentId) } });
    return;
  }
  // What comes until then is counted when it is sent.
  const payload = { kind: "moreReplies", userId, threadId, from: place } as const;
  const runAt = new Date(Date.now() + wait * 1_000);
  const key = `replies:${userId}:${threadId}`;
  await enqueueOnce(tx, { task: "send-mail", payload }, { key, runAt, priority: priorities.bulk });
}

/** How many replies have a mail of their own. */
function singleMails(userId: number, threadId: number): Allowance[] {
  const counted = (who: string, { max, windowMs }: { max: number; windowMs: number }) => ({
    key: `mail.reply:${windowMs}:${keyedHash("limit", "reply", who).toString("base64url")}`,
    max: Math.max(1, Math.floor(max * env().rateLimitFactor)),
    windowMs,
  });
  return [counted(`${userId} ${threadId}`, replyMails.ofThread), counted(String(userId), replyMails.ofPerson)];
}
