// Who holds these tokens: a member through their session, a visitor through their cookie, or both in one browser.
import type { Actor, VisitorActor } from "@/lib/domain/actor";
import { sessionLife } from "@/lib/domain/session";
import { sha256 } from "@/lib/services/tokens";
import { database } from "@/lib/store/client";
import { findSession, touchSession } from "@/lib/store/sessions";
import { findVisitor } from "@/lib/store/visitors";

export interface Tokens {
  session: string | undefined;
  visitor: string | undefined;
}

/** The actor behind a request. A session that has ended leaves a visitor. */
export async function identify(tokens: Tokens): Promise<Actor> {
  const db = database();
  const [visitor, session] = await Promise.all([
    identifyVisitor(tokens.visitor),
    tokens.session ? findSession(db, sha256(tokens.session)) : null,
  ]);
  if (!session) return visitor;
  if (session.stale) await touchSession(db, session.id, sessionLife(session.roles).idleMs);
  return {
    kind: "member",
    userId: session.userId,
    handle: session.handle,
    displayName: session.displayName,
    roles: session.roles,
    verified: session.email === null || session.emailVerifiedAt !== null,
    visitorId: visitor.visitorId,
    // The age is the database's; as a time it is told by this server's clock, with which it will be compared.
    session: { id: session.id, confirmedAt: new Date(Date.now() - session.confirmedAgeMs) },
    scopes: null,
  };
}

async function identifyVisitor(token: string | undefined): Promise<VisitorActor> {
  const found = token ? await findVisitor(database(), sha256(token)) : null;
  return { kind: "visitor", visitorId: found?.id ?? null };
}
