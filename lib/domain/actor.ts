// Whoever does something here. An actor is made from what the database says at the moment of the request, never from a cookie alone.

export const roles = ["AUTHOR", "EDITOR", "MODERATOR", "ADMIN"] as const;
export type Role = (typeof roles)[number];

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

/** The visitor id to write into a row's author column, or null. */
export function visitorIdOf(actor: Actor): number | null {
  return actor.kind === "visitor" ? actor.visitorId : null;
}
