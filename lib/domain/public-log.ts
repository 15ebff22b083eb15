// The moderation log as everybody may read it: what was decided, where, why and by whom, and nothing that would shame a person.
import { z } from "zod";
import { slugSchema } from "@/lib/domain/article";

/** Kinds of lines that everybody sees, by what one may look for. Notes about people are for moderators alone. */
export const logGroups = {
  removals: ["REMOVE", "MARK_SPAM", "RESTORE"],
  holds: ["HOLD", "APPROVE", "APPROVE_EDIT", "DECLINE_EDIT", "DISMISS_REPORTS"],
  appeals: ["GRANT_APPEAL", "DENY_APPEAL"],
  discussions: ["LOCK", "UNLOCK", "SET_THREAD", "PIN", "UNPIN", "MOVE"],
  people: ["WARN", "MUTE", "PREMODERATE", "BAN", "LIFT"],
  site: ["SET_RULE", "SET_SITE"],
} as const;

export type LogGroup = keyof typeof logGroups;
export type LogKind = (typeof logGroups)[LogGroup][number];

export const logGroupNames = Object.keys(logGroups) as [LogGroup, ...LogGroup[]];
export const publicKinds: readonly LogKind[] = logGroupNames.flatMap((group) => [...logGroups[group]]);

/** Which part of the log is wanted. Nonsense in an address is no filter, and not an error. */
export const logQuery = z.object({
  show: z.enum(logGroupNames).optional().catch(undefined),
  article: slugSchema.optional().catch(undefined),
  /** Lines before this one. */
  before: z.coerce.number().int().positive().max(2_147_483_647).optional().catch(undefined),
});
export type LogWish = z.infer<typeof logQuery>;

export interface LogLine {
  id: number;
  kind: LogKind;
  at: Date;
  /** The lasting public name of a moderator, or their own name where the site shows it; null for the system. */
  by: { name: string; handle: string | null } | null;
  /** Where, as far as it can be read. */
  article: { id: number; slug: string; title: string } | null;
  /** The comment's id, when its place can be looked at. */
  commentId: string | null;
  /** What it is about. */
  about: "comment" | "article" | "member" | "guest" | "network";
  /** A code, or a moderator's words for everybody; empty when there is nothing to say, or it is told to the person alone. */
  reason: string;
  /** It takes an earlier line back. */
  reversal: boolean;
}

/** What moderation came to in one year, UTC. Reports and appeals belong to the year in which they were made, whenever they were decided. */
export interface YearFigures {
  year: number;
  comments: number;
  /** Held by the software before a moderator looked. */
  heldBySystem: number;
  approved: number;
  removed: number;
  spam: number;
  restored: number;
  reports: number;
  reportsUpheld: number;
  reportsDismissed: number;
  appeals: number;
  appealsGranted: number;
  appealsDenied: number;
  sanctions: number;
  /**
   * Seconds from being held or reported to the decision, for the one in the middle, as exactly as `spanOf` says it: to the second, the
   * minute, the hour or the day. Null when nothing was decided.
   */
  medianSeconds: number | null;
}
