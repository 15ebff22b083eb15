// Lines of the moderation log that are about no single comment's state: people, networks, rules, the site's settings.
import { userIdOf } from "@/lib/domain/actor";
import type { CommentStatus } from "@/lib/domain/comment";
import type { Permit } from "@/lib/domain/permissions";
import type { SanctionKind } from "@/lib/domain/sanction";
import type { Transaction } from "@/lib/store/client";

/** What a line is about: a person, or the comment that stands for a network, whose status stays as it is. */
export type LineTarget =
  | { userId: number }
  | { visitorId: number }
  | { commentId: bigint; fromStatus: CommentStatus; toStatus: CommentStatus };

export interface PersonLine {
  kind: SanctionKind | "LIFT";
  target: LineTarget;
  /** For everybody. */
  reason: string;
  /** For moderators alone. */
  note?: string;
}

/** Adds the line of a sanction. */
export async function logSanction(
  db: Transaction,
  permit: Permit<"person.sanction"> | Permit<"network.limit">,
  line: PersonLine,
): Promise<void> {
  const { target, ...what } = line;
  await db.moderationAction.create({
    data: { ...what, ...target, actorId: userIdOf(permit.actor) },
    select: { id: true },
  });
}

export interface SiteLine {
  kind: "SET_RULE" | "SET_SITE";
  reason: string;
  note: string;
}

/** Adds a line about a rule or the settings; null is the system. */
export async function logSiteChange(
  db: Transaction,
  permit: Permit<"rules.manage"> | Permit<"moderationSettings.manage"> | null,
  line: SiteLine,
): Promise<void> {
  await db.moderationAction.create({
    data: { ...line, actorId: permit && userIdOf(permit.actor) },
    select: { id: true },
  });
}
