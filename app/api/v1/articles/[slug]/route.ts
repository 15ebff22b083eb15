// One article with its published revision.
import { readPublishedText } from "@/lib/services/read-revisions";
import { api, doors } from "@/lib/web/api";
import { toArticleJson } from "@/lib/web/contract/article-json";
import { readArticleOperation } from "@/lib/web/contract/articles";
import { keys } from "@/lib/web/purge";

const read = api(readArticleOperation, async (ctx, { params }) => {
  const article = await readPublishedText(ctx, params);
  if ("moved" in article) return { movedTo: `/api/v1/articles/${article.moved}` };
  return { body: toArticleJson(article, ctx.ownOrigin), keys: [keys.article(article.id)] };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = doors({ GET: read });
