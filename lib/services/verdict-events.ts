// What readers' pages must be told of a verdict.
import type { CommentStatus } from "@/lib/domain/comment";
import type { DomainEvent } from "@/lib/domain/events";
import type { JudgedComment } from "@/lib/store/verdicts";

/** The events of a comment whose status was `comment.status` and is `to` now. */
export function eventsOfVerdict(
  comment: JudgedComment,
  change: { to: CommentStatus; textChanged?: boolean },
): DomainEvent[] {
  const about = {
    articleId: comment.articleId,
    articleSlug: comment.slug,
    commentId: String(comment.id),
    authorHandle: comment.authorHandle,
  };
  const logged: DomainEvent = { type: "ModerationLogged" };
  if (change.to === comment.status && !change.textChanged) return [logged];
  if (change.to === "PUBLISHED" && comment.status !== "PUBLISHED") {
    return [{ type: "CommentPublished", ...about }, logged];
  }
  // What readers never saw changes nothing that they see, but for the tombstone of what had a place.
  return comment.place === null ? [logged] : [{ type: "CommentChanged", ...about }, logged];
}
