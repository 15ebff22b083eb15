// Browsers that are logged in. A session lives as long as its row; every time is judged by the database's clock.
import type { Role } from "@/lib/domain/actor";
import { sessionsPerMember } from "@/lib/domain/session";
import type { Transaction } from "@/lib/store/client";

export interface SessionRow {
  id: number;
  userId: number;
  handle: string;
  displayName: string;
  roles: Role[];
  email: string | null;
  emailVerifiedAt: Date | null;
  /** Milliseconds since the password or provider was last asked for. */
  confirmedAgeMs: number;
  /** Seen long enough ago that its life should be prolonged. */
  stale: boolean;
}

/** A session's life is prolonged at most so often. */
const touchEveryMs = 5 * 60_000;

/** The living session with this token and its member as they are now; null when it ended, or the member may not be here. */
export async function findSession(db: Transaction, tokenHash: Uint8Array): Promise<SessionRow | null> {
  const rows = await db.$queryRaw<SessionRow[]>`
    SELECT s.id, s.user_id AS "userId", u.handle, u.display_name AS "displayName", u.roles::text[] AS roles, u.email,
           u.email_verified_at AS "emailVerifiedAt",
           (extract(epoch FROM now() - s.confirmed_at) * 1000)::float8 AS "confirmedAgeMs",
           s.last_seen_at < now() - ${touchEveryMs} * interval '1 millisecond' AS stale
    FROM sessions s JOIN users u ON u.id = s.user_id
    WHERE s.token_hash = ${tokenHash} AND s.idle_until > now() AND s.ends_at > now()
      AND u.suspended_at IS NULL AND u.deleted_at IS NULL`;
  return rows[0] ?? null;
}

/** Prolongs a session that is used. */
export async function touchSession(db: Transaction, id: number, idleMs: number): Promise<void> {
  await db.$executeRaw`
    UPDATE sessions
    SET last_seen_at = now(), idle_until = least(ends_at, now() + ${idleMs} * interval '1 millisecond')
    WHERE id = ${id}`;
}

export interface NewSession {
  userId: number;
  tokenHash: Uint8Array;
  idleMs: number;
  absoluteMs: number;
  device: string;
}

/** Writes a session; the member's oldest ones beyond the limit end. */
export async function insertSession(db: Transaction, session: NewSession): Promise<{ id: number }> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    INSERT INTO sessions (user_id, token_hash, idle_until, ends_at, device)
    VALUES (${session.userId}, ${session.tokenHash}, now() + ${session.idleMs} * interval '1 millisecond',
            now() + ${session.absoluteMs} * interval '1 millisecond', ${session.device})
    RETURNING id`;
  await db.$executeRaw`
    DELETE FROM sessions WHERE id IN (
      SELECT id FROM sessions WHERE user_id = ${session.userId} ORDER BY last_seen_at DESC, id DESC OFFSET ${sessionsPerMember})`;
  return { id: rows[0]?.id ?? 0 };
}

export interface ListedSession {
  id: number;
  device: string;
  createdAt: Date;
  lastSeenAt: Date;
}

/** A member's living sessions, the latest used first. */
export function listSessions(db: Transaction, userId: number): Promise<ListedSession[]> {
  return db.$queryRaw<ListedSession[]>`
    SELECT id, device, created_at AS "createdAt", last_seen_at AS "lastSeenAt" FROM sessions
    WHERE user_id = ${userId} AND idle_until > now() AND ends_at > now()
    ORDER BY last_seen_at DESC, id DESC`;
}

/** Ends sessions of a member: one of them, all, or all but one. Returns how many ended. */
export async function endSessions(
  db: Transaction,
  which: { userId: number; id?: number; exceptId?: number },
): Promise<number> {
  const { count } = await db.session.deleteMany({
    where: {
      userId: which.userId,
      id: which.id,
      NOT: which.exceptId === undefined ? undefined : { id: which.exceptId },
    },
  });
  return count;
}

/** The password or provider was just asked for. */
export async function confirmSession(db: Transaction, id: number): Promise<void> {
  await db.$executeRaw`UPDATE sessions SET confirmed_at = now() WHERE id = ${id}`;
}

/** Gives a session another token, so that the old one opens nothing (R37). Returns the seconds it has left; null when it is gone. */
export async function renewSessionToken(db: Transaction, id: number, tokenHash: Uint8Array): Promise<number | null> {
  const rows = await db.$queryRaw<{ seconds: number }[]>`
    UPDATE sessions SET token_hash = ${tokenHash}, confirmed_at = now(), last_seen_at = now() WHERE id = ${id}
    RETURNING floor(extract(epoch FROM ends_at - now()))::int AS seconds`;
  return rows[0]?.seconds ?? null;
}

/** From now on no browser is known as this member's. */
export async function forgetDevices(db: Transaction, userId: number): Promise<void> {
  await db.knownDevice.deleteMany({ where: { userId } });
}

/** Whether this browser has logged in as this member before; from now on it has. */
export async function rememberDevice(db: Transaction, userId: number, deviceHash: Uint8Array): Promise<boolean> {
  const rows = await db.$queryRaw<{ known: boolean }[]>`
    INSERT INTO known_devices (user_id, device_hash) VALUES (${userId}, ${deviceHash})
    ON CONFLICT (user_id, device_hash) DO UPDATE SET last_seen_at = now()
    RETURNING (xmax <> 0) AS known`;
  return rows[0]?.known ?? false;
}

/** Whether this browser has logged in as this member before. */
export async function isKnownDevice(db: Transaction, userId: number, deviceHash: Uint8Array): Promise<boolean> {
  const row = await db.knownDevice.findUnique({
    where: { userId_deviceHash: { userId, deviceHash: Uint8Array.from(deviceHash) } },
    select: { userId: true },
  });
  return row !== null;
}

/** Forgets browsers whose cookie has ended: it lives for a year from its last log-in. */
export async function forgetOldDevices(db: Transaction): Promise<void> {
  await db.$executeRaw`DELETE FROM known_devices WHERE last_seen_at < now() - interval '1 year'`;
}

/** Forgets sessions that have ended by themselves. */
export async function forgetEndedSessions(db: Transaction): Promise<void> {
  await db.$executeRaw`DELETE FROM sessions WHERE idle_until <= now() OR ends_at <= now()`;
}
