// A row of the queue as a moderator sees it.
import type { Cause, QueueItem } from "@/lib/domain/moderation-queue";
import { personKey } from "@/lib/domain/moderation-queue";
import { printSeen, verdictsFor } from "@/lib/domain/verdict";
import type { AnsweredRow, DecisionRow, ReportRow } from "@/lib/store/moderation-context";
import type { QueueRow } from "@/lib/store/moderation-queue";
import { excerptOfHtml } from "@/lib/text/excerpt";
import type { SafeHtml } from "@/lib/text/markdown";

/** Characters of an item's text in a list, and of what it answers. */
const openingShown = 140;
const answeredShown = 280;

interface ItemContext {
  own: boolean;
  answers: AnsweredRow[];
  reports: ReportRow[];
  decisions: DecisionRow[];
  claimedBy: string | null;
}

export function toQueueItem(row: QueueRow, context: ItemContext): QueueItem {
  const { own, claimedBy } = context;
  const state = { status: row.status, editWaits: row.pendingHtml !== null, reported: row.reported };
  const deleted = row.status === "DELETED";
  return {
    id: String(row.id),
    seen: printSeen(row),
    status: row.status,
    verdicts: own ? [] : verdictsFor(state),
    own,
    html: (deleted ? "" : row.html) as SafeHtml,
    editHtml: row.pendingHtml as SafeHtml | null,
    opening: excerptOfHtml(row.pendingHtml ?? row.html, openingShown),
    authorName: row.authorName,
    person: personKey(row),
    createdAt: row.createdAt,
    editedAt: row.editedAt,
    since: row.since,
    causes: causesOf(row, context.reports),
    spamScore: row.spamScore,
    article: row.article,
    answers: context.answers.map(({ id, status, authorName, html }) => ({
      id: String(id),
      status,
      authorName,
      text: excerptOfHtml(html, answeredShown),
    })),
    reports: context.reports.map(({ reason, note, weight, state, revision, createdAt, handle }) => ({
      reason,
      note,
      weight,
      state,
      earlierText: revision < row.revision,
      createdAt,
      handle,
    })),
    decisions: context.decisions.map(({ kind, actorName, reason, note, reversal, createdAt }) => ({
      kind,
      actorName,
      reason,
      note,
      reversal,
      createdAt,
    })),
    claimedBy,
  };
}

/** Why it is here, the weightiest cause first. */
function causesOf(row: QueueRow, reports: readonly ReportRow[]): Cause[] {
  const causes: Cause[] = [];
  if (row.status === "PENDING") causes.push({ kind: "held", reason: row.heldReason });
  if (row.status === "SPAM") causes.push({ kind: "spam", reason: row.heldReason });
  if (row.status === "REMOVED") causes.push({ kind: "removed", reason: row.removalReason });
  if (row.pendingHtml !== null) causes.push({ kind: "editHeld", reason: row.heldReason });
  const open = reports.filter(({ state }) => state === "OPEN");
  if (open.length > 0) causes.push({ kind: "reported", count: open.length, weight: row.reportWeight });
  return causes;
}
