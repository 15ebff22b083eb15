// What was laid on oneself: what, why and until when, for the person alone; and saying that a warning was read.
import type { Actor } from "@/lib/domain/actor";
import { DomainError } from "@/lib/domain/errors";
import type { SanctionKind } from "@/lib/domain/sanction";
import type { Context } from "@/lib/services/context";
import { networkKeys } from "@/lib/services/network-keys";
import { database } from "@/lib/store/client";
import { acknowledge, limitsOn, sanctionsOf } from "@/lib/store/sanctions";

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
  /** Whom it is laid on: "browser" is what one posts without an account, "network" everybody there who has none. */
  on: "member" | "browser" | "network";
}

/** A member's own, and what their browser left anonymously. */
function idsOf(actor: Actor): { userId: number | null; visitorId: number | null } {
  if (actor.kind === "system") return { userId: null, visitorId: null };
  return { userId: actor.kind === "member" ? actor.userId : null, visitorId: actor.visitorId };
}

/** Everything but moderators' notes, newest first, and what is laid on the network for those without an account. */
export async function readStanding(ctx: Context): Promise<StandingEntry[]> {
  const db = database();
  const guest = ctx.actor.kind === "visitor";
  const [own, network] = await Promise.all([
    sanctionsOf(db, { ...idsOf(ctx.actor), notes: false, limit: shown }),
    guest ? networkKeys(ctx).then(({ all }) => limitsOn(db, all)) : [],
  ]);
  return [...network, ...own].flatMap(({ kind, ...row }) =>
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
            // What a limit on a network is about may be somebody else's.
            commentId: row.commentId === null || (row.userId ?? row.visitorId) === null ? null : String(row.commentId),
            on: row.userId !== null ? "member" : row.visitorId !== null ? "browser" : "network",
          },
        ],
  );
}

/** What counts just now, for programs. */
export async function readSanctionsInForce(ctx: Context): Promise<StandingEntry[]> {
  return (await readStanding(ctx)).filter(({ inForce }) => inForce);
}

/**
 * Says that a warning was read; from then on one may post again.
 * @throws DomainError `not_found` when there is no such unread warning of this person
 */
export async function acknowledgeWarning(ctx: Context, input: { id: number }): Promise<void> {
  const known = await acknowledge(database(), { id: input.id, ...idsOf(ctx.actor) });
  if (!known) throw new DomainError("not_found");
}
