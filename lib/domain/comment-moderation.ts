// The states of a comment and what leads from one to another. Posting is not here: screening says where a comment begins.
import type { CommentStatus } from "@/lib/domain/comment";
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
