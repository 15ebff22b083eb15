// What has happened, said by services after they wrote. `lib/web/purge` turns it into the keys of pages to make anew.

export type DomainEvent =
  | { type: "CommentPublished"; articleId: number; articleSlug: string; commentId: string }
  | { type: "CommentChanged"; articleId: number; articleSlug: string; commentId: string }
  | { type: "CommentHeld"; articleId: number; commentId: string }
  | { type: "CommentReported"; articleId: number; commentId: string }
  | { type: "MemberLeft"; handle: string; articleIds: number[] }
  | { type: "ArticlePublished"; articleId: number; articleSlug: string; topics: string[] };
