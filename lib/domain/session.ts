// How long a log-in lasts, and when the password is asked for again.
import type { Role } from "@/lib/domain/actor";

const hour = 3_600_000;
const day = 24 * hour;

export interface SessionLife {
  /** Unused for so long, it ends; milliseconds. */
  idleMs: number;
  /** It ends after so long in any case. */
  absoluteMs: number;
}

/** Staff have more to lose (R36). */
const lives: Record<"member" | "staff", SessionLife> = {
  member: { idleMs: 14 * day, absoluteMs: 30 * day },
  staff: { idleMs: 12 * hour, absoluteMs: 7 * day },
};

/** Whether these roles carry power over what others wrote. */
export function isStaff(roles: readonly Role[]): boolean {
  return roles.some((role) => role !== "AUTHOR");
}

/** The life of a session of somebody with these roles. */
export function sessionLife(roles: readonly Role[]): SessionLife {
  return isStaff(roles) ? lives.staff : lives.member;
}

/** Sensitive acts ask for the password again after so long (R41). */
export const confirmationMs = 15 * 60_000;

/** Logged-in browsers of one member; one more ends the oldest (R39). */
export const sessionsPerMember = 20;
