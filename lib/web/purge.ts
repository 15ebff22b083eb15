import "server-only";
// From what has happened to the keys of the pages that show it: the one place that knows both.
import type { DomainEvent } from "@/lib/domain/events";

/** The keys of stored pages. */
export const keys = {
  /** On every stored page: for what may stand anywhere. */
  everything: "everything",
  front: "front",
  topics: "topics",
  feeds: "feeds",
  moderationLog: "moderation-log",
  /** What only a new release changes. */
  release: "release",
  article: (id: number) => `article-${id}`,
  topic: (slug: string) => `topic-${slug}`,
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
    case "MemberChanged":
      return [keys.everything];
    case "MemberLeft":
      return [keys.person(event.handle), keys.front, ...event.articleIds.map(keys.article)];
    case "ArticlePublished":
    case "ArticleUnpublished":
      return [keys.article(event.articleId), keys.front, keys.topics, keys.feeds, ...event.topics.map(keys.topic)];
    case "ThreadChanged":
      return [keys.article(event.articleId), keys.front];
    case "ModerationLogged":
      return [keys.moderationLog];
    case "CommentHeld":
    case "CommentReported":
      return [];
  }
}

/** Makes every page that shows these events be drawn anew, before the one who caused them gets their answer. */
export async function purge(events: readonly DomainEvent[]): Promise<void> {
  // The page store comes with "As fast as a file"; until then every page is drawn for every reader.
  new Set(events.flatMap(staleKeys));
}
