// What moderators decide about one comment, in which state they may, and what they must have seen to do so.
import type { CommentStatus } from "@/lib/domain/comment";

export const verdicts = [
  "approve",
  "dismissReports",
  "approveEdit",
  "restore",
  "hold",
  "markSpam",
  "declineEdit",
  "remove",
] as const;
export type Verdict = (typeof verdicts)[number];

/** What a verdict is given on. */
export interface VerdictState {
  status: CommentStatus;
  /** An edit of it waits. */
  editWaits: boolean;
  /** It has reports that nobody decided yet. */
  reported: boolean;
}

/** Why a comment is removed; words in `lib/ui/labels`. Instead of one of them a moderator may write their own. */
export const removalReasons = [
  "SPAM",
  "ABUSE",
  "OFF_TOPIC",
  "PRIVATE_INFORMATION",
  "ILLEGAL",
  "IMPERSONATION",
] as const;
export type RemovalReason = (typeof removalReasons)[number];

const removalPrefix = "removal.";

/** How a reason of the closed list is kept. */
export function removalCode(reason: RemovalReason): string {
  return `${removalPrefix}${reason}`;
}

/** The reason of the closed list that `kept` is; undefined for a moderator's own words. */
export function removalReasonOf(kept: string): RemovalReason | undefined {
  return removalReasons.find((reason) => kept === removalCode(reason));
}

/** The verdicts that can be given in a state: first the one that lets the text stand, last the removal. */
export function verdictsFor({ status, editWaits, reported }: VerdictState): Verdict[] {
  switch (status) {
    case "PENDING":
      return ["approve", "markSpam", "remove"];
    case "SPAM":
      return ["approve", "remove"];
    case "REMOVED":
      return ["restore"];
    // What its author took away stays away.
    case "DELETED":
      return [];
    case "PUBLISHED":
      if (editWaits) return ["approveEdit", "declineEdit", "markSpam", "remove"];
      return reported ? ["dismissReports", "hold", "markSpam", "remove"] : ["hold", "markSpam", "remove"];
  }
}

/** What several comments can be given at once: "approve" is for each what lets it stand. */
export const bulkVerdicts = ["approve", "markSpam", "remove"] as const;
export type BulkVerdict = (typeof bulkVerdicts)[number];

/** What `bulk` is for a comment in this state; undefined when it has no such verdict. */
export function verdictOfBulk(bulk: BulkVerdict, state: VerdictState): Verdict | undefined {
  return bulkVerdictAmong(bulk, verdictsFor(state));
}

/** What `bulk` is among the verdicts that are possible. */
export function bulkVerdictAmong(bulk: BulkVerdict, possible: readonly Verdict[]): Verdict | undefined {
  if (bulk !== "approve") return possible.find((verdict) => verdict === bulk);
  return possible.find((verdict) => verdict === "approve" || verdict === "dismissReports" || verdict === "approveEdit");
}

/** The state of a comment that a moderator looked at; it travels with the decision. */
export interface Seen {
  status: CommentStatus;
  revision: number;
  /** A short digest of the edit that waits; of nothing, when none does. */
  edit: string;
  /** It has reports that nobody decided yet. */
  reported: boolean;
}

/** "PUBLISHED.1.d41d8cd9.1" */
export function printSeen({ status, revision, edit, reported }: Seen): string {
  return `${status}.${revision}.${edit}.${reported ? 1 : 0}`;
}

/** What a line of the log teaches about the text: what a moderator took for spam, and what for good. */
export function taughtBy(
  line: { kind: string; actorId: number | null; reason: string; reversal: boolean; to: CommentStatus | null } | null,
): "spam" | "ham" | null {
  if (!line || line.actorId === null) return null;
  if (line.kind === "MARK_SPAM" || (line.kind === "REMOVE" && line.reason === removalCode("SPAM"))) return "spam";
  return !line.reversal && ["APPROVE", "DISMISS_REPORTS", "RESTORE"].includes(line.kind) ? "ham" : null;
}
