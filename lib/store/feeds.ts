// Articles and comments as feeds carry them: the newest few with their whole text.
import { limits } from "@/lib/domain/limits";
import type { Transaction } from "@/lib/store/client";
import { Prisma } from "@/lib/store/generated/client";
import type { SafeHtml } from "@/lib/text/safe-html";

export interface FeedArticle {
  id: number;
  slug: string;
  title: string;
  summary: string;
  html: SafeHtml;
  publishedAt: Date;
  lastModifiedAt: Date;
}

/** The newest published articles with their texts, of one topic when given. */
export function newestArticles(db: Transaction, topicId?: number): Promise<FeedArticle[]> {
  const newest =
    topicId === undefined
      ? Prisma.sql`
          SELECT id FROM articles WHERE published_revision_id IS NOT NULL
          ORDER BY first_published_at DESC, id DESC LIMIT ${limits.feedEntries}`
      : Prisma.sql`
          SELECT article_id AS id FROM article_topics WHERE topic_id = ${topicId} AND listed_at IS NOT NULL
          ORDER BY listed_at DESC, article_id DESC LIMIT ${limits.feedEntries}`;
  return db.$queryRaw<FeedArticle[]>`
    SELECT a.id, a.slug, r.title, r.summary, r.html, a.first_published_at AS "publishedAt",
           a.last_modified_at AS "lastModifiedAt"
    FROM (${newest}) listed
    JOIN articles a ON a.id = listed.id
    JOIN revisions r ON r.id = a.published_revision_id
    ORDER BY a.first_published_at DESC, a.id DESC`;
}
