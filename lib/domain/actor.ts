// Whoever does something here. An actor is made from what the database says at the moment of the request, never from a cookie alone.

export const roles = ["AUTHOR", "EDITOR", "MODERATOR", "ADMIN"] as const;
export type Role = (typeof roles)[number];

/** What a token for a program may be good for. */
export const scopes = ["read", "comment", "write"] as const;
export type Scope = (typeof scopes)[number];

export interface VisitorActor {
  kind: "visitor";
  /** Null until the first thing they leave here. */
  visitorId: number | null;
}

export interface MemberActor {
  kind: "member";
  userId: number;
  handle: string;
  displayName: string;
  roles: readonly Role[];
  /** The address is confirmed, or there is none to confirm. */
  verified: boolean;
  /** What this browser left anonymously; nothing public ties the two together. */
  visitorId: number | null;
  /** The log-in this request comes with; null for a program's token. */
  session: { id: number; confirmedAt: Date } | null;
  /** Null for a person; a program may do only this. */
  scopes: readonly Scope[] | null;
}

/** The software itself: screening, schedules, imports, the first-run site. */
export interface SystemActor {
  kind: "system";
}

export type Actor = VisitorActor | MemberActor | SystemActor;

/** The user id to write into a row's author column, or null. */
export function userIdOf(actor: Actor): number | null {
  return actor.kind === "member" ? actor.userId : null;
}

/** The visitor id to write into a row's author column; null for a member, whose rows carry the user id. */
export function visitorIdOf(actor: Actor): number | null {
  return actor.kind === "visitor" ? actor.visitorId : null;
}

/** A member who has not shown yet that their address is theirs. */
export function isUnverified(actor: Actor): boolean {
  return actor.kind === "member" && !actor.verified;
}

/** A member's handle; null for everybody else. */
export function handleOf(actor: Actor): string | null {
  return actor.kind === "member" ? actor.handle : null;
}

/** The same person without their account: what they do now is a visitor's. */
export function anonymously(actor: Actor): VisitorActor {
  return { kind: "visitor", visitorId: actor.kind === "system" ? null : actor.visitorId };
}
