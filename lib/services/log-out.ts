// Ending log-ins: this one, another one, or all; the next request of an ended one is a visitor's (R38, R39).
import { DomainError } from "@/lib/domain/errors";
import type { Context } from "@/lib/services/context";
import { self } from "@/lib/services/own-account";
import { audit } from "@/lib/store/audit";
import { database, inTransaction } from "@/lib/store/client";
import { endSessions, type ListedSession, listSessions } from "@/lib/store/sessions";

/** Ends the session of this request; without one there is nothing to do. */
export async function logOut(ctx: Context): Promise<void> {
  const { actor } = ctx;
  if (actor.kind !== "member" || actor.session === null) return;
  const { userId, session } = actor;
  await inTransaction(async (tx) => {
    const ended = await endSessions(tx, { userId, id: session.id });
    if (ended > 0) await audit(tx, { kind: "loggedOut", actorId: userId, subjectId: userId });
  });
}

/**
 * Ends all of one's sessions; with `keepThis` all others. Returns how many.
 * @throws DomainError `unauthenticated`, `forbidden` for programs
 */
export async function logOutEverywhere(ctx: Context, input: { keepThis?: boolean } = {}): Promise<number> {
  const { actor } = self(ctx);
  const exceptId = input.keepThis ? actor.session?.id : undefined;
  return endOwn(ctx, { exceptId });
}

/**
 * Ends one of one's own sessions.
 * @throws DomainError `unauthenticated`, `forbidden` for programs, `not_found` when it has ended or is somebody else's
 */
export async function endOneSession(ctx: Context, input: { id: number }): Promise<void> {
  if ((await endOwn(ctx, { id: input.id })) === 0) throw new DomainError("not_found");
}

async function endOwn(ctx: Context, which: { id?: number; exceptId?: number }): Promise<number> {
  const { userId } = self(ctx).actor;
  return inTransaction(async (tx) => {
    const ended = await endSessions(tx, { userId, ...which });
    if (ended > 0) await audit(tx, { kind: "sessionEnded", actorId: userId, subjectId: userId, detail: { ended } });
    return ended;
  });
}

export interface OwnSession extends ListedSession {
  /** The one of this request. */
  current: boolean;
}

/**
 * One's living sessions, the latest used first.
 * @throws DomainError `unauthenticated`, `forbidden` for programs
 */
export async function listOwnSessions(ctx: Context): Promise<OwnSession[]> {
  const { actor } = self(ctx);
  const sessions = await listSessions(database(), actor.userId);
  return sessions.map((session) => ({ ...session, current: session.id === actor.session?.id }));
}
