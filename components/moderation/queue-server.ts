// What the queue asks the server for while one works on it: verdicts, taking them back, who has what before them.
import type { QueueCounts } from "@/lib/domain/moderation-queue";
import type { Verdict } from "@/lib/domain/verdict";

/** An answer, or the sentence that says why there is none; `reached`: the server itself refused. */
export type Answer<T> = { ok: true; value: T } | { ok: false; sentence: string; reached: boolean };

const unreachable = "The server cannot be reached, so nothing is sure to be decided. Please try again.";

/** Longer than any answer takes, in milliseconds: a connection that hangs is one that is lost. */
const patience = 20_000;

/** Before a verdict is sent once more, in milliseconds: a server that begins anew is back by then. */
const pauses = [1_000, 4_000];

async function ask<T>(path: string, body: object): Promise<Answer<T>> {
  try {
    const response = await fetch(`/api/v1/moderation/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      // Whoever goes on to another page meanwhile has decided all the same.
      keepalive: true,
      signal: AbortSignal.timeout(patience),
    });
    const answer = await response.json();
    if (response.ok) return { ok: true, value: answer };
    if (typeof answer.detail === "string") return { ok: false, sentence: answer.detail, reached: true };
  } catch {
    // No connection, no answer, or one that is none of ours.
  }
  return { ok: false, sentence: unreachable, reached: false };
}

export interface SentVerdict {
  verdict: Verdict;
  seen: string;
  reason?: string;
  words?: string;
  note?: string;
}

/** Sends a verdict, again while nobody answers: the same one twice is one. Without any connection the moderator knows at once. */
export async function sendVerdict(id: string, sent: SentVerdict): Promise<Answer<{ action: number }>> {
  const send = () => ask<{ action: number }>(`comments/${id}/verdicts`, sent);
  let answer = await send();
  for (const pause of pauses) {
    if (answer.ok || answer.reached || !navigator.onLine) break;
    await new Promise((resolve) => setTimeout(resolve, pause));
    answer = await send();
  }
  return answer;
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
