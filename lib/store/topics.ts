// What articles are filed under.
import type { TopicSummary } from "@/lib/domain/topic";
import type { Transaction } from "@/lib/store/client";

const summary = { id: true, slug: true, name: true, description: true, articleCount: true } as const;

/** Topics that have articles, by name; the thousand fullest at most. */
export async function listTopics(db: Transaction): Promise<TopicSummary[]> {
  const rows = await db.topic.findMany({
    where: { articleCount: { gt: 0 } },
    select: summary,
    orderBy: { articleCount: "desc" },
    take: 1_000,
  });
  return rows.map(({ id: _, ...topic }) => topic).sort((a, b) => a.name.localeCompare(b.name, "en"));
}

/** The topic at `slug`; null when there is none. */
export function findTopic(db: Transaction, slug: string): Promise<(TopicSummary & { id: number }) | null> {
  return db.topic.findUnique({ where: { slug }, select: summary });
}
