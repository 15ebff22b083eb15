// The name that a comment carries: a member's own, a guest's choice, or an automatic one that stays the same in this thread and
// tells nothing in the next.
import { createHash } from "node:crypto";
import type { Actor } from "@/lib/domain/actor";
import { DomainError } from "@/lib/domain/errors";
import { keyedHash } from "@/lib/services/tokens";
import type { Questions } from "@/lib/store/plain-transaction";
import { insertNamedVisitor, insertVisitor, takePseudonym } from "@/lib/store/visitors";
import { pseudonymFrom } from "@/lib/text/pseudonym";

/** Tries for a name that nobody in the thread has; after them the last one gets a number. */
const tries = 8;

/** A name in a thread, and the visitor it belongs to; null for a member. */
interface NamedAuthor {
  authorName: string;
  visitorId: number | null;
}

/**
 * The author name for a new comment in a thread.
 * @param where.newcomer the hash of the token of a visitor who is to be written with the name
 */
export async function nameInThread(
  tx: Questions,
  actor: Actor,
  where: { threadId: number; visitorId: number | null; newcomer: Uint8Array | undefined; chosen: string | undefined },
): Promise<NamedAuthor> {
  const { threadId, visitorId, newcomer, chosen } = where;
  if (actor.kind === "member") return { authorName: actor.displayName, visitorId };
  if (newcomer) return newcomerInThread(tx, { threadId, newcomer, chosen });
  if (visitorId === null) throw new DomainError("unauthenticated");
  return { authorName: chosen ?? (await freeName(tx, { threadId, visitorId })), visitorId };
}

async function newcomerInThread(
  tx: Questions,
  where: { threadId: number; newcomer: Uint8Array; chosen: string | undefined },
): Promise<NamedAuthor> {
  const { threadId, newcomer: tokenHash, chosen } = where;
  if (chosen !== undefined) return { authorName: chosen, visitorId: (await insertVisitor(tx, tokenHash)).id };
  // Nobody knows their number yet, and who they will be in the next thread is another matter anyway.
  const name = nameFrom(keyedHash("pseudonym", String(threadId), Buffer.from(tokenHash).toString("hex")), 0);
  const visitor = await insertNamedVisitor(tx, { tokenHash, threadId, name });
  const visitorId = visitor.id;
  return { authorName: visitor.name ?? (await freeName(tx, { threadId, visitorId })), visitorId };
}

/** The name that a visitor has here, or the first of theirs that nobody has. */
async function freeName(tx: Questions, who: { threadId: number; visitorId: number }): Promise<string> {
  const seed = keyedHash("pseudonym", String(who.threadId), String(who.visitorId));
  const names = Array.from({ length: tries }, (_, nth) => nameFrom(seed, nth));
  const fallback = `${names[0]} ${who.visitorId}`;
  return (await takePseudonym(tx, who, [...names, fallback])) ?? fallback;
}

const nameFrom = (seed: Uint8Array, nth: number) =>
  pseudonymFrom(createHash("sha256").update(seed).update(String(nth)).digest());
