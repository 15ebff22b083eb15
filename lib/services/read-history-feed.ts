// What changed in one article, for feed readers: an entry for each published text, with its note and who wrote in it.
import { limits } from "@/lib/domain/limits";
import type { Context } from "@/lib/services/context";
import type { Moved } from "@/lib/services/find-moved";
import type { FeedEntry, FeedView } from "@/lib/services/read-feed";
import { readRevisions } from "@/lib/services/read-revisions";
import { readSite } from "@/lib/services/read-site";

/**
 * The newest published texts of an article.
 * @throws DomainError `not_found`
 */
export async function readHistoryFeed(
  ctx: Context,
  input: { slug: string },
): Promise<Moved | { articleId: number; feed: FeedView }> {
  const [site, list] = await Promise.all([
    readSite(ctx),
    readRevisions(ctx, { slug: input.slug, limit: limits.feedEntries }),
  ]);
  if ("moved" in list) return list;
  const path = `/articles/${list.slug}`;
  const entries = list.revisions.map((revision): FeedEntry => {
    const { number, note, publishedAt } = revision;
    const kind = revision.class?.toLowerCase();
    return {
      kind: "revision",
      id: `${list.articleId}-${number}`,
      path: `${path}/revisions/${number}`,
      title: `${revision.title} (revision ${number})`,
      summary: note,
      html: null,
      publishedAt,
      updatedAt: publishedAt,
      authors: revision.contributors,
      topics: kind ? [{ slug: kind, name: kind }] : [],
      inReplyTo: null,
    };
  });
  const feed = {
    id: `article-${list.articleId}-history`,
    siteName: site.name,
    title: `History: ${list.title}`,
    subtitle: site.name,
    path: `${path}/history`,
    updatedAt: entries[0]?.updatedAt ?? new Date(0),
    entries,
  };
  return { articleId: list.articleId, feed };
}
