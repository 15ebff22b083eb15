// Published articles.
import { listArticles } from "@/lib/services/list-articles";
import { api, doors } from "@/lib/web/api";
import { toArticleSummaryJson } from "@/lib/web/contract/article-json";
import { listArticlesOperation } from "@/lib/web/contract/articles";
import { keys } from "@/lib/web/purge";

const list = api(listArticlesOperation, async (ctx, { input }) => {
  const page = await listArticles(ctx, { topic: input.topic, before: input.cursor, limit: input.limit });
  return {
    body: { items: page.items.map((item) => toArticleSummaryJson(item, ctx.ownOrigin)), nextCursor: page.older },
    // Each line counts its article's comments.
    keys: [keys.feeds, ...page.items.map((item) => keys.article(item.id))],
  };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = doors({ GET: list });
