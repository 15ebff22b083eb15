// From what has happened to the keys of the stored pages that show it: the one place that knows both. A key too few is a page that
// lies; a key too many is a page drawn once more.
import type { DomainEvent } from "@/lib/domain/events";

/** The keys of stored pages. */
export const keys = {
  /** On every stored page: for what may stand anywhere. */
  everything: "everything",
  front: "front",
  topics: "topics",
  feeds: "feeds",
  /** On every member's page: they list articles, and name those that were commented on. */
  people: "people",
  moderationLog: "moderation-log",
  figures: "figures",
  /** On no page: tells all instances to ask for the rules of screening again. */
  screening: "screening",
  /** What only a new release changes. */
  release: "release",
  /** What shows the article, its discussion or the number of its comments. */
  article: (id: number) => `article-${id}`,
  topic: (slug: string) => `topic-${slug}`,
  /** What names articles of the same topic as further reading. */
  neighbours: (slug: string) => `neighbours-${slug}`,
  person: (handle: string) => `person-${handle}`,
} as const;

/** The keys that `event` makes stale. */
export function staleKeys(event: DomainEvent): string[] {
  switch (event.type) {
    case "CommentPublished":
    case "CommentChanged":
      return [
        keys.article(event.articleId),
        keys.front,
        ...(event.authorHandle ? [keys.person(event.authorHandle)] : []),
      ];
    case "SiteChanged":
    case "MemberChanged":
    case "MemberLeft":
      // A name stands wherever they wrote.
      return [keys.everything];
    case "ArticlePublished":
    case "ArticleUnpublished":
      return [
        ...[keys.article(event.articleId), keys.front, keys.topics, keys.feeds, keys.people],
        ...event.topics.flatMap((slug) => [keys.topic(slug), keys.neighbours(slug)]),
      ];
    case "ScreeningChanged":
      return [keys.screening];
    case "ThreadChanged":
      return [keys.article(event.articleId), keys.front];
    case "ModerationLogged":
      return [keys.moderationLog];
    case "FiguresCounted":
      return [keys.figures];
    case "CommentHeld":
    case "CommentReported":
      return [];
  }
}
