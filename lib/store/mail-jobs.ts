// Mail in the queue, as an admin sees it: what waits, what was given up, and what it was that kept it.
import type { Transaction } from "@/lib/store/client";
import { Prisma } from "@/lib/store/generated/client";

const mails = Prisma.sql`
  graphile_worker._private_jobs j JOIN graphile_worker._private_tasks k ON k.id = j.task_id AND k.identifier = 'send-mail'`;

/** Nothing tries it any more. */
const parked = Prisma.sql`j.attempts >= j.max_attempts AND j.locked_at IS NULL`;

export interface ParkedMail {
  id: string;
  kind: string;
  /** Whom it is for; null for somebody who has left. */
  handle: string | null;
  displayName: string | null;
  tries: number;
  /** What the last try said; without addresses and tokens. */
  reason: string | null;
  askedAt: Date;
  lastTriedAt: Date;
}

/** Mails that were given up, newest first. */
export function parkedMails(db: Transaction, limit: number): Promise<ParkedMail[]> {
  return db.$queryRaw<ParkedMail[]>`
    SELECT j.id::text AS id, j.payload->>'kind' AS kind, u.handle, u.display_name AS "displayName", j.attempts::int AS tries,
           j.last_error AS reason, j.created_at AS "askedAt", j.updated_at AS "lastTriedAt"
    FROM ${mails} LEFT JOIN users u ON u.id = (j.payload->>'userId')::int AND u.deleted_at IS NULL
    WHERE ${parked} ORDER BY j.updated_at DESC, j.id DESC LIMIT ${limit}`;
}

export interface WaitingMails {
  /** Due, or tried in vain and due again later; what is planned for later is not among them. */
  count: number;
  /** When the first of them was asked for; null when none waits. */
  since: Date | null;
  /** What the last try of any of them said. */
  reason: string | null;
}

/** What is not sent yet, as one line. */
export async function waitingMails(db: Transaction): Promise<WaitingMails> {
  const rows = await db.$queryRaw<WaitingMails[]>`
    SELECT count(*)::int AS count, min(j.created_at) AS since,
           (array_agg(j.last_error ORDER BY j.updated_at DESC) FILTER (WHERE j.last_error IS NOT NULL))[1] AS reason
    FROM ${mails} WHERE j.attempts < j.max_attempts AND (j.attempts > 0 OR j.run_at <= now())`;
  return rows[0] ?? { count: 0, since: null, reason: null };
}

/** Lets given-up mails be tried from the beginning. Answers how many. */
export async function tryAgain(db: Transaction, ids: readonly string[], attempts: number): Promise<number> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT r.id FROM graphile_worker.reschedule_jobs(
      ARRAY(SELECT j.id FROM ${mails} WHERE ${parked} AND j.id = ANY(${ids.map(BigInt)}::bigint[])),
      run_at => now(), attempts => 0, max_attempts => ${attempts}::int) r`;
  return rows.length;
}

/** Forgets given-up mails. Answers how many. */
export function giveUp(db: Transaction, ids: readonly string[]): Promise<number> {
  return db.$executeRaw`
    DELETE FROM graphile_worker._private_jobs WHERE id IN (
      SELECT j.id FROM ${mails} WHERE ${parked} AND j.id = ANY(${ids.map(BigInt)}::bigint[]))`;
}

/**
 * Whether mail lies there that nobody takes: of security for so many minutes, any for so many hours. What is taken and cannot be sent is
 * put off by each try, and so is not meant.
 */
export async function mailIsStuck(
  db: Transaction,
  patience: { securityMinutes: number; anyHours: number },
): Promise<boolean> {
  const { securityMinutes, anyHours } = patience;
  const rows = await db.$queryRaw<{ stuck: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM ${mails}
      WHERE j.attempts < j.max_attempts AND j.locked_at IS NULL
        AND j.run_at < now() - CASE WHEN j.priority < 0 THEN ${securityMinutes} * interval '1 minute'
                                    ELSE ${anyHours} * interval '1 hour' END) AS stuck`;
  return rows[0]?.stuck ?? false;
}
