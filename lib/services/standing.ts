// What was laid on oneself: what, why and until when, for the person alone; and saying that a warning was read.
import type { Actor } from "@/lib/domain/actor";
import { DomainError } from "@/lib/domain/errors";
import type { SanctionKind } from "@/lib/domain/sanction";
import type { Context } from "@/lib/services/context";
import { database } from "@/lib/store/client";
import { acknowledge, sanctionsOf } from "@/lib/store/sanctions";

/** Enough for anybody to understand; older ones are over. */
const shown = 50;

export interface StandingEntry {
  id: number;
  kind: Exclude<SanctionKind, "NOTE">;
  reason: string;
  since: Date;
  /** Null: until it is lifted, or read. */
  until: Date | null;
  inForce: boolean;
  acknowledgedAt: Date | null;
  liftedAt: Date | null;
  /** The comment that it is about; null when none was named. */
  commentId: string | null;
  /** It counts for what this browser posts without an account. */
  anonymous: boolean;
}

/** A member's own, and what their browser left anonymously. */
function idsOf(actor: Actor): { userId: number | null; visitorId: number | null } {
  if (actor.kind === "system") return { userId: null, visitorId: null };
  return { userId: actor.kind === "member" ? actor.userId : null, visitorId: actor.visitorId };
}

/** Everything but moderators' notes, newest first. */
export async function readStanding(ctx: Context): Promise<StandingEntry[]> {
  const rows = await sanctionsOf(database(), { ...idsOf(ctx.actor), notes: false, limit: shown });
  return rows.flatMap(({ kind, ...row }) =>
    kind === "NOTE"
      ? []
      : [
          {
            id: row.id,
            kind,
            reason: row.reason,
            since: row.createdAt,
            until: row.endsAt,
            inForce: row.inForce,
            acknowledgedAt: row.acknowledgedAt,
            liftedAt: row.liftedAt,
            commentId: row.commentId === null ? null : String(row.commentId),
            anonymous: row.visitorId !== null,
          },
        ],
  );
}

/**
 * Says that a warning was read; from then on one may post again.
 * @throws DomainError `not_found` when there is no such unread warning of this person
 */
export async function acknowledgeWarning(ctx: Context, input: { id: number }): Promise<void> {
  const known = await acknowledge(database(), { id: input.id, ...idsOf(ctx.actor) });
  if (!known) throw new DomainError("not_found");
}
