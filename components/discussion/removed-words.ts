// What stands in the place of a comment that is gone.
import type { CommentView } from "@/lib/domain/comment";

/** `who` stands where the name stood, `what` where the text was. */
export function removedWords(comment: CommentView): { who: string; what: string } {
  if (comment.status === "DELETED") return { who: "Deleted comment", what: "Its author took this comment back." };
  return {
    who: "Removed comment",
    what: comment.removalReason
      ? `A moderator removed this comment: ${comment.removalReason}`
      : "A moderator removed this comment.",
  };
}
