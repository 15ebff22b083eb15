// Letters to members about their comments: that one was removed, and why; what became of their appeal. A guest finds the same on the
// comment's page and on their standing.

import type { Transaction } from "@/lib/store/client";
import { enqueue } from "@/lib/store/jobs";
import { commentForLetter } from "@/lib/store/letters";
import { excerptOfHtml } from "@/lib/text/excerpt";

/** As much of the text as one needs to know which it was, in code points. */
const excerptLength = 300;

/** Call in the transaction that removes a comment. */
export async function tellOfRemoval(tx: Transaction, removed: { commentId: bigint; reason: string }): Promise<void> {
  const comment = await commentForLetter(tx, removed.commentId);
  if (!comment) return;
  const { userId, title, html } = comment;
  const excerpt = excerptOfHtml(html, excerptLength);
  const commentId = String(removed.commentId);
  await enqueue(tx, {
    task: "send-mail",
    payload: { kind: "removed", userId, commentId, title, excerpt, reason: removed.reason },
  });
}

/** Call in the transaction that decides an appeal. */
export async function tellOfAppeal(
  tx: Transaction,
  decided: { commentId: bigint; granted: boolean; answer: string },
): Promise<void> {
  const comment = await commentForLetter(tx, decided.commentId);
  if (!comment) return;
  const { userId, title } = comment;
  const { granted, answer } = decided;
  const commentId = String(decided.commentId);
  await enqueue(tx, {
    task: "send-mail",
    payload: { kind: "appealDecided", userId, commentId, title, granted, answer },
  });
}
