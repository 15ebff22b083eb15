// What the queue asks the server for while one works on it: verdicts, taking them back, who has what before them.
import type { QueueCounts } from "@/lib/domain/moderation-queue";
import type { Verdict } from "@/lib/domain/verdict";

/** An answer, or the sentence that says why there is none. */
export type Answer<T> = { ok: true; value: T } | { ok: false; sentence: string };

const unreachable = "The server cannot be reached. Nothing was decided; please try again.";

async function ask<T>(path: string, body: object): Promise<Answer<T>> {
  try {
    const response = await fetch(`/api/v1/moderation/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    if (response.ok) return { ok: true, value: answer };
    return { ok: false, sentence: typeof answer.detail === "string" ? answer.detail : unreachable };
  } catch {
    return { ok: false, sentence: unreachable };
  }
}

export interface SentVerdict {
  verdict: Verdict;
  seen: string;
  reason?: string;
  words?: string;
  note?: string;
}

export function sendVerdict(id: string, sent: SentVerdict): Promise<Answer<{ action: number }>> {
  return ask(`comments/${id}/verdicts`, sent);
}

export function sendReversal(action: number): Promise<Answer<{ id: string; seen: string }>> {
  return ask("reversals", { action });
}

export interface Claims {
  claims: { id: string; name: string }[];
  counts: QueueCounts;
}

export function sendClaim(id: string, shown: readonly string[]): Promise<Answer<Claims>> {
  return ask("claims", { id, shown });
}
