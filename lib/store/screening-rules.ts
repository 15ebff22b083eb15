// A site's rules for screening: added, retired, tamed, never changed in place; and how often each fits.
import { userIdOf } from "@/lib/domain/actor";
import type { Permit } from "@/lib/domain/permissions";
import type { Rule, RuleEffect, RuleKind, WrittenRule } from "@/lib/domain/screening-rule";
import type { Transaction } from "@/lib/store/client";
import { Prisma } from "@/lib/store/generated/client";

/** The rules that act, in the order in which they were made; one that was tamed holds. */
export async function liveRules(db: Transaction): Promise<Rule[]> {
  const rows = await db.screeningRule.findMany({
    where: { retiredAt: null },
    select: { id: true, kind: true, pattern: true, language: true, effect: true, tamedAt: true },
    orderBy: { id: "asc" },
  });
  return rows.map(({ tamedAt, ...rule }) => ({ ...rule, effect: tamedAt ? "HOLD" : rule.effect }));
}

export interface RuleRow {
  id: number;
  kind: RuleKind;
  pattern: string;
  language: string;
  /** As it was meant. */
  effect: RuleEffect;
  note: string;
  createdAt: Date;
  createdBy: string | null;
  tamedAt: Date | null;
  /** Comments that fitted within the last thirty days. */
  hits: number;
}

/** The rules that act, with what an admin wants to know of them. */
export function listRules(db: Transaction): Promise<RuleRow[]> {
  return db.$queryRaw<RuleRow[]>`
    SELECT r.id, r.kind, r.pattern, r.language, r.effect, r.note, r.created_at AS "createdAt", u.display_name AS "createdBy",
           r.tamed_at AS "tamedAt",
           (SELECT coalesce(sum(h.hits), 0)::int FROM rule_hits h
            WHERE h.rule_id = r.id AND h.hour > now() - interval '30 days') AS hits
    FROM screening_rules r LEFT JOIN users u ON u.id = r.created_by_id
    WHERE r.retired_at IS NULL ORDER BY r.id`;
}

/** Adds a rule that acts from now on; answers its id. */
export async function insertRule(db: Transaction, permit: Permit<"rules.manage">, rule: WrittenRule): Promise<number> {
  const row = await db.screeningRule.create({
    data: { ...rule, createdById: userIdOf(permit.actor) },
    select: { id: true },
  });
  return row.id;
}

/** Takes a rule out of force; whether it was in force. */
export async function retireRule(db: Transaction, _permit: Permit<"rules.manage">, id: number): Promise<boolean> {
  const changed = await db.$executeRaw`
    UPDATE screening_rules SET retired_at = now() WHERE id = ${id} AND retired_at IS NULL`;
  return changed === 1;
}

/** Counts screened comments, and which rules they fitted, in the hour of the database's clock. */
export async function addHits(
  db: Transaction,
  counted: { comments: number; hits: ReadonlyMap<number, number> },
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO screened_hours AS h (hour, comments) VALUES (date_trunc('hour', now()), ${counted.comments})
    ON CONFLICT (hour) DO UPDATE SET comments = h.comments + excluded.comments`;
  const pairs = [...counted.hits].sort(([one], [other]) => one - other);
  if (pairs.length === 0) return;
  const values = pairs.map(([ruleId, hits]) => Prisma.sql`(${ruleId}::int, date_trunc('hour', now()), ${hits}::int)`);
  await db.$executeRaw`
    INSERT INTO rule_hits AS h (rule_id, hour, hits) VALUES ${Prisma.join(values)}
    ON CONFLICT (rule_id, hour) DO UPDATE SET hits = h.hits + excluded.hits`;
}

/**
 * Takes the power to reject from rules that fitted too large a share of what was screened of late.
 * @returns the ids of those that had it until now
 */
export async function tameRules(
  db: Transaction,
  limit: { hours: number; leastHits: number; share: number },
): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>`
    WITH lately AS (SELECT date_trunc('hour', now()) - ${limit.hours - 1} * interval '1 hour' AS since),
    screened AS (SELECT sum(comments) AS comments FROM screened_hours, lately WHERE hour >= since),
    fitted AS (SELECT rule_id, sum(hits) AS hits FROM rule_hits, lately WHERE hour >= since GROUP BY rule_id)
    UPDATE screening_rules r SET tamed_at = now()
    FROM fitted, screened
    WHERE r.id = fitted.rule_id AND r.effect = 'REJECT' AND r.tamed_at IS NULL AND r.retired_at IS NULL
      AND fitted.hits >= ${limit.leastHits} AND fitted.hits > ${limit.share}::float8 * screened.comments
    RETURNING r.id`;
  return rows.map(({ id }) => id);
}

/** Rules that lost their power to reject and wait for an admin. */
export async function tamedRules(db: Transaction): Promise<{ id: number; tamedAt: Date }[]> {
  return db.$queryRaw<{ id: number; tamedAt: Date }[]>`
    SELECT id, tamed_at AS "tamedAt" FROM screening_rules WHERE retired_at IS NULL AND tamed_at IS NOT NULL ORDER BY id`;
}

/** Forgets counts that nobody looks at any more. */
export async function forgetOldHits(db: Transaction): Promise<void> {
  await db.$executeRaw`DELETE FROM rule_hits WHERE hour < now() - interval '60 days'`;
  await db.$executeRaw`DELETE FROM screened_hours WHERE hour < now() - interval '60 days'`;
}

export interface PastComment {
  id: bigint;
  html: string;
  status: "PUBLISHED" | "PENDING" | "SPAM" | "REMOVED";
  authorName: string;
  createdAt: Date;
  /** What a moderator decided last; null when none did. */
  verdict: string | null;
}

/** The last comments whose text is still there, newest first, with what moderators decided about each. */
export function pastComments(db: Transaction, limit: number): Promise<PastComment[]> {
  return db.$queryRaw<PastComment[]>`
    SELECT c.id, c.html, c.status, c.author_name AS "authorName", c.created_at AS "createdAt",
           (SELECT m.kind::text FROM moderation_actions m
            WHERE m.comment_id = c.id AND m.actor_id IS NOT NULL AND m.kind IN ('APPROVE', 'MARK_SPAM', 'REMOVE', 'RESTORE', 'DISMISS_REPORTS')
            ORDER BY m.id DESC LIMIT 1) AS verdict
    FROM (SELECT * FROM comments WHERE status <> 'DELETED' ORDER BY id DESC LIMIT ${limit}) c
    ORDER BY c.id DESC`;
}
