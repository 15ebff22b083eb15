// The states of a comment and what leads from one to another. Posting is not here: screening says where a comment begins.
import type { CommentStatus } from "@/lib/domain/comment";
import { DomainError } from "@/lib/domain/errors";
import type { Machine } from "@/lib/domain/state-machine";

export type CommentEvent = "approve" | "hold" | "markSpam" | "remove" | "restore" | "delete";

export const commentMachine: Machine<CommentStatus, CommentEvent> = {
  approve: { from: ["PENDING", "SPAM"], to: "PUBLISHED" },
  hold: { from: ["PUBLISHED"], to: "PENDING" },
  markSpam: { from: ["PENDING", "PUBLISHED"], to: "SPAM" },
  remove: { from: ["PENDING", "PUBLISHED", "SPAM"], to: "REMOVED" },
  restore: { from: ["REMOVED"], to: "PUBLISHED" },
  // Final: a moderator can neither restore nor reveal it.
  delete: { from: ["PENDING", "PUBLISHED"], to: "DELETED" },
};

/** What a line of the log says about a change. */
export interface StatusChange {
  from: CommentStatus;
  to: CommentStatus;
}

/**
 * The status that taking a decision back leads to: the one before, as long as the decision still stands. A deletion is never taken
 * back.
 * @throws DomainError `conflict`
 */
export function takeBack(event: CommentEvent, change: StatusChange, now: CommentStatus): CommentStatus {
  const row = commentMachine[event];
  if (event === "delete" || row.to !== change.to || now !== change.to || !row.from.includes(change.from)) {
    throw new DomainError("conflict", { reason: "state.changed", values: { from: now, event } });
  }
  return change.from;
}
