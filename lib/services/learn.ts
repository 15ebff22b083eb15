// The classifier learns from what moderators decide, and unlearns what they take back.
import type { Transaction } from "@/lib/store/client";
import { addToTokens } from "@/lib/store/spam-tokens";
import { spamTokens } from "@/lib/text/spam-score";

/** What a text turned out to be. */
export type Learnt = "spam" | "ham";

export interface Lesson {
  /** Rendered, as readers would see it. */
  html: string;
  /** What a moderator says now; null when a verdict is taken back and nothing is said any more. */
  verdict: Learnt | null;
  /** What was learnt of this text before; null when nothing was. */
  before: Learnt | null;
}

/** Learns from one verdict, in its transaction. The same verdict once more teaches nothing. */
export async function learn(tx: Transaction, { html, verdict, before }: Lesson): Promise<void> {
  if (verdict === before) return;
  const change = (kind: Learnt) => (verdict === kind ? 1 : 0) - (before === kind ? 1 : 0);
  await addToTokens(tx, spamTokens(html), { spam: change("spam"), ham: change("ham") });
}
