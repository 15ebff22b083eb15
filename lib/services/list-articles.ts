// Published articles for programs: all, or those of one topic, newest first, a page at a time.
import type { ArticleSummary, Page } from "@/lib/domain/article";
import { DomainError } from "@/lib/domain/errors";
import type { Context } from "@/lib/services/context";
import { listPublished } from "@/lib/store/articles";
import { database } from "@/lib/store/client";
import { findTopic } from "@/lib/store/topics";

export interface ListArticles {
  /** A topic's slug. */
  topic?: string;
  /** The `older` of the page before. */
  before?: string;
  limit: number;
}

/** @throws DomainError `not_found` when there is no such topic */
export async function listArticles(_ctx: Context, input: ListArticles): Promise<Page<ArticleSummary & { id: number }>> {
  const db = database();
  const topic = input.topic === undefined ? undefined : await findTopic(db, input.topic);
  if (topic === null) throw new DomainError("not_found");
  return listPublished(db, { topicId: topic?.id, before: input.before, limit: input.limit });
}
