// What stands in the place of a comment that cannot be read.
import { type CommentView, tombstoneStatuses } from "@/lib/domain/comment";
import { removalWords } from "@/lib/ui/labels";

/** Whether there is nothing to read: it is gone, or it waits for a moderator and somebody else is looking. */
export function isGone(comment: CommentView): boolean {
  return tombstoneStatuses.includes(comment.status) || comment.author.name === "";
}

/** `who` stands where the name stood, `what` where the text was. */
export function removedWords(comment: CommentView): { who: string; what: string } {
  if (comment.status === "DELETED") return { who: "Deleted comment", what: "Its author took this comment back." };
  if (comment.status !== "REMOVED") {
    return { who: "Comment under review", what: "A moderator is having a look at this comment." };
  }
  return {
    who: "Removed comment",
    what: comment.removalReason
      ? `A moderator removed this comment: ${removalWords(comment.removalReason)}`
      : "A moderator removed this comment.",
  };
}
