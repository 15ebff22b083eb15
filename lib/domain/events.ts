// What has happened, said by services after they wrote. `page-keys` turns it into the keys of pages to make anew.

interface CommentSeen {
  articleId: number;
  articleSlug: string;
  commentId: string;
  /** A member's handle; null for a guest. */
  authorHandle: string | null;
}

export type DomainEvent =
  | ({ type: "CommentPublished" } & CommentSeen)
  | ({ type: "CommentChanged" } & CommentSeen)
  | { type: "CommentHeld"; articleId: number; commentId: string }
  | { type: "CommentReported"; articleId: number; commentId: string }
  /** A name, a handle or a profile: it stands wherever they wrote. */
  | { type: "MemberChanged" }
  | { type: "MemberLeft"; handle: string; articleIds: number[] }
  /** Also a new revision: `topics` are the slugs that it had before or has now. */
  | { type: "ArticlePublished"; articleId: number; articleSlug: string; topics: string[] }
  | { type: "ArticleUnpublished"; articleId: number; articleSlug: string; topics: string[] }
  /** A setting of the whole site that readers see. */
  | { type: "SiteChanged" }
  /** What posts are screened by: no page shows it, but all instances act by it. */
  | { type: "ScreeningChanged" }
  /** Locked, closed, slowed down; a comment pinned or moved. */
  | { type: "ThreadChanged"; articleId: number; articleSlug: string }
  /** A line of the public moderation log. */
  | { type: "ModerationLogged" }
  /** Others than before, or for the first time. */
  | { type: "FiguresCounted" };
