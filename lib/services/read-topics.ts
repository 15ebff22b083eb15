// Topics, and the articles of one.
import type { ArticleSummary, Page } from "@/lib/domain/article";
import { DomainError } from "@/lib/domain/errors";
import type { TopicSummary } from "@/lib/domain/topic";
import type { Context } from "@/lib/services/context";
import { listPublished } from "@/lib/store/articles";
import { database } from "@/lib/store/client";
import { findTopic, listTopics } from "@/lib/store/topics";

/** All topics that have articles. */
export function readTopics(_ctx: Context): Promise<TopicSummary[]> {
  return listTopics(database());
}

/**
 * One topic and a page of its articles, newest first.
 * @throws DomainError `not_found`
 */
export async function readTopic(
  _ctx: Context,
  input: { slug: string; before?: string },
): Promise<{ topic: TopicSummary; articles: Page<ArticleSummary> }> {
  const db = database();
  const found = await findTopic(db, input.slug);
  if (!found) throw new DomainError("not_found");
  const { id, ...topic } = found;
  return { topic, articles: await listPublished(db, { topicId: id, before: input.before }) };
}
