// Complaints about comments: one a person and comment, never deleted.
import type { Permit } from "@/lib/domain/permissions";
import type { ReportReason } from "@/lib/domain/report";
import type { Transaction } from "@/lib/store/client";

export interface NewReport {
  commentId: bigint;
  commentRevision: number;
  reason: ReportReason;
  note: string;
  userId: number | null;
  visitorId: number | null;
}

/** Writes a report. The same person's second one about the same comment changes nothing. */
export async function insertReport(
  db: Transaction,
  _permit: Permit<"comment.report">,
  report: NewReport,
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO reports (comment_id, comment_revision, reason, note, user_id, visitor_id)
    VALUES (${report.commentId}, ${report.commentRevision}, ${report.reason}::report_reason, ${report.note},
            ${report.userId}, ${report.visitorId})
    ON CONFLICT DO NOTHING`;
}
