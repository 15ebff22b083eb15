// The record of accounts and powers: lines are added in the transaction of what they record, and never changed.
import type { AuditKind } from "@/lib/domain/audit";
import type { Transaction } from "@/lib/store/client";

export interface AuditLine {
  kind: AuditKind;
  /** Who did it; null when nobody known, or the system. */
  actorId: number | null;
  /** Whose account it is about. */
  subjectId: number | null;
  /** Names and ids only: no addresses, tokens or texts. */
  detail?: Record<string, string | number | boolean>;
}

/** Adds a line. */
export async function audit(db: Transaction, line: AuditLine): Promise<void> {
  await db.auditEvent.create({ data: { ...line, detail: line.detail ?? {} }, select: { id: true } });
}
