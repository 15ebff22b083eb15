// Complaints about comments: one a person and comment, never deleted.
import type { Permit } from "@/lib/domain/permissions";
import type { ReportReason, ReportRecord } from "@/lib/domain/report";
import type { Transaction } from "@/lib/store/client";

export interface NewReport {
  commentId: bigint;
  commentRevision: number;
  reason: ReportReason;
  note: string;
  userId: number | null;
  visitorId: number | null;
  /** How much it counts. */
  weight: number;
}

/**
 * Writes a report and adds its weight to the comment's. The same person's second one about the same comment changes nothing.
 * @returns the weight of all open reports about the comment; null when the report was not new
 */
export async function insertReport(
  db: Transaction,
  _permit: Permit<"comment.report">,
  report: NewReport,
): Promise<number | null> {
  const rows = await db.$queryRaw<{ weight: number }[]>`
    WITH added AS (
      INSERT INTO reports (comment_id, comment_revision, reason, note, user_id, visitor_id, weight)
      VALUES (${report.commentId}, ${report.commentRevision}, ${report.reason}::report_reason, ${report.note},
              ${report.userId}, ${report.visitorId}, ${report.weight}::real)
      ON CONFLICT DO NOTHING
      RETURNING comment_id, weight)
    UPDATE comments c SET report_weight = c.report_weight + added.weight FROM added WHERE c.id = added.comment_id
    RETURNING c.report_weight AS weight`;
  return rows[0]?.weight ?? null;
}

/** What became of a person's reports. */
export async function reportRecord(
  db: Transaction,
  who: { userId: number | null; visitorId: number | null },
): Promise<ReportRecord> {
  const rows = await db.$queryRaw<ReportRecord[]>`
    SELECT count(*) FILTER (WHERE state = 'UPHELD')::int AS upheld, count(*) FILTER (WHERE state = 'DISMISSED')::int AS dismissed
    FROM reports WHERE user_id = ${who.userId} OR visitor_id = ${who.visitorId}`;
  return rows[0] ?? { upheld: 0, dismissed: 0 };
}

/**
 * Whether a moderator looked at this very text and let it stand: then reports call one, and hold nothing by themselves. Known of a text whose
 * reports were dismissed, and of one that was approved and never edited.
 */
export async function wasLetStand(db: Transaction, comment: { id: bigint; revision: number }): Promise<boolean> {
  const rows = await db.$queryRaw<{ stands: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM reports r WHERE r.comment_id = ${comment.id} AND r.comment_revision = ${comment.revision} AND r.state = 'DISMISSED'
    ) OR (${comment.revision} = 1 AND EXISTS (
      SELECT 1 FROM moderation_actions m
      WHERE m.comment_id = ${comment.id} AND m.actor_id IS NOT NULL AND m.kind IN ('APPROVE', 'RESTORE')
    )) AS stands`;
  return rows[0]?.stands ?? false;
}
