// What moderators laid on people and networks: rows are added, lifted and acknowledged, never deleted.
import { userIdOf } from "@/lib/domain/actor";
import type { Permit } from "@/lib/domain/permissions";
import type { SanctionKind } from "@/lib/domain/sanction";
import type { Transaction } from "@/lib/store/client";
import { Prisma } from "@/lib/store/generated/client";

/** Whom a sanction is about: exactly one of them. */
export type Sanctioned = { userId: number } | { visitorId: number } | { networkKey: Uint8Array };

export interface NewSanction {
  who: Sanctioned;
  kind: SanctionKind;
  reason: string;
  commentId: bigint | null;
  /** Null: until it is lifted. */
  endsAt: Date | null;
}

/** Adds one; answers its id. */
export async function insertSanction(
  db: Transaction,
  permit: Permit<"person.sanction"> | Permit<"network.limit">,
  sanction: NewSanction,
): Promise<number> {
  const { who, ...what } = sanction;
  const target = "networkKey" in who ? { networkKey: Uint8Array.from(who.networkKey) } : who;
  const row = await db.sanction.create({
    data: { ...what, ...target, actorId: userIdOf(permit.actor) },
    select: { id: true },
  });
  return row.id;
}

export interface SanctionRow {
  id: number;
  kind: SanctionKind;
  userId: number | null;
  visitorId: number | null;
  reason: string;
  commentId: bigint | null;
  actorId: number | null;
  createdAt: Date;
  endsAt: Date | null;
  acknowledgedAt: Date | null;
  liftedAt: Date | null;
  /** It counts just now: not lifted, not over, and if a warning not read. */
  inForce: boolean;
}

/** From `sanctions s`. */
export const countsNow = Prisma.sql`(s.kind <> 'NOTE' AND s.lifted_at IS NULL AND s.acknowledged_at IS NULL
  AND (s.ends_at IS NULL OR s.ends_at > now()))`;

const columns = Prisma.sql`s.id, s.kind, s.user_id AS "userId", s.visitor_id AS "visitorId", s.reason, s.comment_id AS "commentId",
  s.actor_id AS "actorId", s.created_at AS "createdAt", s.ends_at AS "endsAt", s.acknowledged_at AS "acknowledgedAt",
  s.lifted_at AS "liftedAt", ${countsNow} AS "inForce"`;

/** Condition on `sanctions s` for whoever is known of a person; nobody known matches nothing. */
export function laidOn(who: { userId: number | null; visitorId: number | null }): Prisma.Sql {
  if (who.userId !== null && who.visitorId !== null) {
    return Prisma.sql`(s.user_id = ${who.userId} OR s.visitor_id = ${who.visitorId})`;
  }
  if (who.userId !== null) return Prisma.sql`s.user_id = ${who.userId}`;
  return who.visitorId === null ? Prisma.sql`false` : Prisma.sql`s.visitor_id = ${who.visitorId}`;
}

/** Everything ever laid on a person, newest first; notes only for moderators. */
export function sanctionsOf(
  db: Transaction,
  who: { userId: number | null; visitorId: number | null; notes: boolean; limit: number },
): Promise<SanctionRow[]> {
  return db.$queryRaw<SanctionRow[]>`
    SELECT ${columns} FROM sanctions s
    WHERE ${laidOn(who)} AND (${who.notes} OR s.kind <> 'NOTE')
    ORDER BY s.id DESC LIMIT ${who.limit}`;
}

/** One, locked until the transaction ends; null when there is none. */
export async function lockSanction(db: Transaction, id: number): Promise<SanctionRow | null> {
  const rows = await db.$queryRaw<SanctionRow[]>`
    SELECT ${columns} FROM sanctions s WHERE s.id = ${id} FOR NO KEY UPDATE`;
  return rows[0] ?? null;
}

/** Ends one before its time. */
export async function liftSanction(
  db: Transaction,
  permit: Permit<"person.sanction"> | Permit<"network.limit">,
  id: number,
): Promise<void> {
  await db.$executeRaw`
    UPDATE sanctions SET lifted_at = now(), lifted_by_id = ${userIdOf(permit.actor)} WHERE id = ${id} AND lifted_at IS NULL`;
}

/** The person says that they have read a warning; whether it was theirs and still unread. */
export async function acknowledge(
  db: Transaction,
  warning: { id: number; userId: number | null; visitorId: number | null },
): Promise<boolean> {
  const changed = await db.$executeRaw`
    UPDATE sanctions s SET acknowledged_at = now()
    WHERE s.id = ${warning.id} AND s.kind = 'WARN' AND s.acknowledged_at IS NULL AND s.lifted_at IS NULL AND ${laidOn(warning)}`;
  return changed === 1;
}

/** Whether anything but a note counts against this person just now. */
export async function isSanctioned(
  db: Transaction,
  who: { userId: number | null; visitorId: number | null },
): Promise<boolean> {
  const rows = await db.$queryRaw<{ any: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM sanctions s WHERE ${laidOn(who)} AND ${countsNow}) AS any`;
  return rows[0]?.any ?? false;
}

/** What counts just now against networks with these keys. */
export function limitsOn(db: Transaction, networkKeys: readonly Uint8Array[]): Promise<SanctionRow[]> {
  if (networkKeys.length === 0) return Promise.resolve([]);
  return db.$queryRaw<SanctionRow[]>`
    SELECT ${columns} FROM sanctions s
    WHERE s.network_key IN (${Prisma.join([...networkKeys])}) AND ${countsNow} ORDER BY s.id DESC`;
}

/** The network that a comment came from; null when it is not known any more, or its author has an account. */
export async function networkOf(
  db: Transaction,
  commentId: string,
): Promise<{ networkKey: Uint8Array; endsAt: Date } | null> {
  const rows = await db.$queryRaw<{ networkKey: Uint8Array; endsAt: Date }[]>`
    SELECT network_key AS "networkKey", ends_at AS "endsAt" FROM comment_networks
    WHERE comment_id = ${BigInt(commentId)} AND ends_at > now()`;
  return rows[0] ?? null;
}

/** A visitor's newest comment whose network is still known; null when there is none. */
export async function lastFromNetwork(
  db: Transaction,
  visitorId: number,
): Promise<{ commentId: bigint; networkKey: Uint8Array } | null> {
  const rows = await db.$queryRaw<{ commentId: bigint; networkKey: Uint8Array }[]>`
    SELECT n.comment_id AS "commentId", n.network_key AS "networkKey"
    FROM comment_networks n JOIN comments c ON c.id = n.comment_id
    WHERE c.visitor_id = ${visitorId} AND n.ends_at > now() ORDER BY n.comment_id DESC LIMIT 1`;
  return rows[0] ?? null;
}

/** Forgets networks whose salt is gone. */
export async function forgetNetworks(db: Transaction): Promise<void> {
  await db.$executeRaw`DELETE FROM comment_networks WHERE ends_at <= now()`;
}
