// The name that a comment carries: a member's own, a guest's choice, or an automatic one that stays the same in this thread and
// tells nothing in the next.
import { createHash } from "node:crypto";
import type { Actor } from "@/lib/domain/actor";
import { DomainError } from "@/lib/domain/errors";
import { keyedHash } from "@/lib/services/tokens";
import type { Transaction } from "@/lib/store/client";
import { takePseudonym } from "@/lib/store/visitors";
import { pseudonymFrom } from "@/lib/text/pseudonym";

/** Tries for a name that nobody in the thread has; after them the last one gets a number. */
const tries = 8;

/** The author name for a new comment in a thread. */
export async function nameInThread(
  tx: Transaction,
  actor: Actor,
  where: { threadId: number; visitorId: number | null; chosen: string | undefined },
): Promise<string> {
  if (actor.kind === "member") return actor.displayName;
  if (where.chosen !== undefined) return where.chosen;
  if (where.visitorId === null) throw new DomainError("unauthenticated");
  const who = { threadId: where.threadId, visitorId: where.visitorId };
  const seed = keyedHash("pseudonym", String(who.threadId), String(who.visitorId));
  const names = Array.from({ length: tries }, (_, nth) =>
    pseudonymFrom(createHash("sha256").update(seed).update(String(nth)).digest()),
  );
  const fallback = `${names[0]} ${who.visitorId}`;
  return (await takePseudonym(tx, who, [...names, fallback])) ?? fallback;
}
