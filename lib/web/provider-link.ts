import "server-only";
// The mark that a browser carries while it is away at another service: what its member went there for, besides coming in. To link it to
// their account, which they asked for with their password, or to confirm that it is them.
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Actor } from "@/lib/domain/actor";
import { keyFor } from "@/lib/env";
import type { EntryPurpose } from "@/lib/services/enter-by-provider";

/** How long somebody may be away, in milliseconds: as long as next-auth lets them. */
const awayMs = 15 * 60_000;

const marked = ["link", "confirm"] as const satisfies readonly EntryPurpose[];

function signatureOf(facts: string): Buffer {
  return createHmac("sha256", keyFor("provider-link")).update(facts).digest();
}

/** The mark for this purpose, this log-in and this service; good for nobody else and nothing else. "" where none is needed. */
export function markOf(going: { purpose: EntryPurpose; actor: Actor; provider: string; now: Date }): string {
  const { purpose, actor, provider, now } = going;
  const session = actor.kind === "member" ? actor.session : null;
  if (purpose === "enter" || !session) return "";
  const facts = `${purpose}.${provider}.${session.id}.${now.getTime() + awayMs}`;
  return `${facts}.${signatureOf(facts).toString("base64url")}`;
}

/** What `actor`, in the log-in they are in now, went to this service for; "enter" when the mark is none of theirs. */
export function purposeOf(mark: string | undefined, who: { actor: Actor; provider: string; now: Date }): EntryPurpose {
  const [purpose, provider, sessionId, until, signature, ...rest] = mark?.split(".") ?? [];
  if (!purpose || !provider || !sessionId || !until || !signature || rest.length > 0) return "enter";
  const given = Buffer.from(signature, "base64url");
  const right = signatureOf(`${purpose}.${provider}.${sessionId}.${until}`);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return "enter";
  const session = who.actor.kind === "member" ? who.actor.session : null;
  const isTheirs = provider === who.provider && sessionId === String(session?.id) && Number(until) > who.now.getTime();
  return (isTheirs && marked.find((one) => one === purpose)) || "enter";
}
