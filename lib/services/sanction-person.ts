// What moderators lay on people without or with an account, and on networks for a short while; and how it is lifted again. Each leaves a line
// in the log, and the person sees what, why and until when (`lib/services/standing`).
import { DomainError } from "@/lib/domain/errors";
import type { DomainEvent } from "@/lib/domain/events";
import { authorize, type Permit } from "@/lib/domain/permissions";
import { lasts, type networkSanctionKinds, type SanctionKind } from "@/lib/domain/sanction";
import type { Context } from "@/lib/services/context";
import { inTransaction, type Transaction } from "@/lib/store/client";
import { type LineTarget, logSanction } from "@/lib/store/moderation-lines";
import { lockPerson } from "@/lib/store/people";
import { insertSanction, liftSanction, lockSanction, networkOf, type SanctionRow } from "@/lib/store/sanctions";
import { lockForVerdict } from "@/lib/store/verdicts";

const day = 24 * 3_600_000;
const hour = 3_600_000;

export interface SanctionWish {
  /** The author of this comment, or somebody by themselves. */
  about: { commentId: string } | { userId: number } | { visitorId: number };
  kind: SanctionKind;
  /** As `sanctionSchema` leaves it. A note is for moderators alone; everything else the person reads. */
  reason: string;
  /** Left out: until it is lifted. */
  days?: number;
}

export interface Sanctioned {
  id: number;
  events: DomainEvent[];
}

const logged: DomainEvent[] = [{ type: "ModerationLogged" }];

interface Subject {
  userId: number | null;
  visitorId: number | null;
  commentId: bigint | null;
}

async function subjectOf(tx: Transaction, about: SanctionWish["about"]): Promise<Subject> {
  if ("userId" in about) return { userId: about.userId, visitorId: null, commentId: null };
  if ("visitorId" in about) return { userId: null, visitorId: about.visitorId, commentId: null };
  const comment = await lockForVerdict(tx, about.commentId);
  if (!comment) throw new DomainError("not_found");
  const { userId, id: commentId } = comment;
  return { userId, visitorId: userId === null ? comment.visitorId : null, commentId };
}

/** The permit to sanction somebody, whose roles are looked at now and stay so until the transaction ends. */
async function permitFor(
  tx: Transaction,
  ctx: Context,
  subject: Omit<Subject, "commentId">,
): Promise<Permit<"person.sanction">> {
  const { userId, visitorId } = subject;
  // Who may moderate nothing learns nothing of who exists.
  authorize(ctx.actor, "moderation.enter");
  const person = userId === null ? null : await lockPerson(tx, userId);
  if (userId !== null && !person) throw new DomainError("not_found");
  return authorize(ctx.actor, "person.sanction", {
    userId,
    visitorId,
    subjectIsStaff: (person?.roles.length ?? 0) > 0,
  });
}

/**
 * Lays something on a person.
 * @throws DomainError `not_found` (or whose comment it was is not known), `forbidden` (staff, or oneself), `invalid`
 */
export async function sanctionPerson(ctx: Context, wish: SanctionWish): Promise<Sanctioned> {
  const { kind, reason, days } = wish;
  if (kind === "BAN" && days === undefined)
    throw new DomainError("invalid", { fields: { days: "sanction.end_missing" } });
  const endsAt = lasts(kind) && days !== undefined ? new Date(ctx.now.getTime() + days * day) : null;
  return inTransaction(async (tx) => {
    const { userId, visitorId, commentId } = await subjectOf(tx, wish.about);
    const permit = await permitFor(tx, ctx, { userId, visitorId });
    const who = userId !== null ? { userId } : visitorId !== null ? { visitorId } : null;
    if (!who) throw new DomainError("not_found");
    const id = await insertSanction(tx, permit, { who, kind, reason, commentId, endsAt });
    const words = kind === "NOTE" ? { reason: "sanction.note", note: reason } : { reason };
    await logSanction(tx, permit, { kind, target: who, ...words });
    return { id, events: logged };
  });
}

export interface NetworkLimitWish {
  /** A guest's comment that came from the network. */
  commentId: string;
  kind: (typeof networkSanctionKinds)[number];
  reason: string;
  hours: number;
}

/**
 * Holds or refuses what guests post from the network that a comment came from, for so many hours, and no longer than its key is known.
 * @throws DomainError `forbidden`, `not_found` (nothing is known of its network any more)
 */
export async function limitNetwork(ctx: Context, wish: NetworkLimitWish): Promise<Sanctioned> {
  const permit = authorize(ctx.actor, "network.limit");
  return inTransaction(async (tx) => {
    const network = await networkOf(tx, wish.commentId);
    if (!network) throw new DomainError("not_found", { reason: "sanction.no_network" });
    const { kind, reason } = wish;
    const target = await networkTarget(tx, wish.commentId);
    const { commentId } = target;
    const endsAt = new Date(Math.min(ctx.now.getTime() + wish.hours * hour, network.endsAt.getTime()));
    const id = await insertSanction(tx, permit, {
      who: { networkKey: network.networkKey },
      kind,
      reason,
      commentId,
      endsAt,
    });
    await logSanction(tx, permit, { kind, target, reason });
    return { id, events: logged };
  });
}

/**
 * Ends a sanction before its time.
 * @throws DomainError `forbidden`, `not_found`, `conflict` when it was lifted already
 */
export async function lift(ctx: Context, input: { id: number }): Promise<Sanctioned> {
  authorize(ctx.actor, "moderation.enter");
  return inTransaction(async (tx) => {
    const sanction = await lockSanction(tx, input.id);
    if (!sanction) throw new DomainError("not_found");
    const { permit, target } = await whoseLimit(tx, ctx, sanction);
    if (sanction.liftedAt) throw new DomainError("conflict", { reason: "sanction.lifted" });
    await liftSanction(tx, permit, sanction.id);
    await logSanction(tx, permit, { kind: "LIFT", target, reason: `sanction.${sanction.kind}` });
    return { id: sanction.id, events: logged };
  });
}

/** A line about a network names the comment that it was known by. */
async function networkTarget(tx: Transaction, id: string): Promise<LineTarget & { commentId: bigint }> {
  const comment = await lockForVerdict(tx, id);
  if (!comment) throw new DomainError("not_found");
  return { commentId: comment.id, fromStatus: comment.status, toStatus: comment.status };
}

async function whoseLimit(
  tx: Transaction,
  ctx: Context,
  { userId, visitorId, commentId }: SanctionRow,
): Promise<{ permit: Permit<"person.sanction"> | Permit<"network.limit">; target: LineTarget }> {
  if (userId !== null) return { permit: await permitFor(tx, ctx, { userId, visitorId }), target: { userId } };
  if (visitorId !== null) return { permit: await permitFor(tx, ctx, { userId, visitorId }), target: { visitorId } };
  const permit = authorize(ctx.actor, "network.limit");
  return { permit, target: await networkTarget(tx, String(commentId ?? 0)) };
}
