import "server-only";
// The mark that a browser carries while it is away at another service: that its member asked, with their password, to link it.
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Actor } from "@/lib/domain/actor";
import { keyFor } from "@/lib/env";

/** How long somebody may be away, in milliseconds: as long as next-auth lets them. */
const awayMs = 15 * 60_000;

function signatureOf(facts: string): Buffer {
  return createHmac("sha256", keyFor("provider-link")).update(facts).digest();
}

/** The mark for this log-in and this service; good for nobody else and nothing else. */
export function linkMark(sessionId: number, provider: string, now: Date): string {
  const facts = `${provider}.${sessionId}.${now.getTime() + awayMs}`;
  return `${facts}.${signatureOf(facts).toString("base64url")}`;
}

/** Whether `mark` says that `actor`, in the log-in they are in now, asked to link this service. */
export function isMarked(mark: string | undefined, who: { actor: Actor; provider: string; now: Date }): boolean {
  const [provider, sessionId, until, signature, ...rest] = mark?.split(".") ?? [];
  if (!provider || !sessionId || !until || !signature || rest.length > 0) return false;
  const given = Buffer.from(signature, "base64url");
  const right = signatureOf(`${provider}.${sessionId}.${until}`);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return false;
  const session = who.actor.kind === "member" ? who.actor.session : null;
  return provider === who.provider && sessionId === String(session?.id) && Number(until) > who.now.getTime();
}
