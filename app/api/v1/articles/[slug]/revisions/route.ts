// The published texts of an article.
import { readRevisions } from "@/lib/services/read-revisions";
import { api, doors } from "@/lib/web/api";
import { toRevisionSummaryJson } from "@/lib/web/contract/article-json";
import { listRevisionsOperation } from "@/lib/web/contract/articles";
import { keys } from "@/lib/web/purge";

const list = api(listRevisionsOperation, async (ctx, { params, input }) => {
  const found = await readRevisions(ctx, { slug: params.slug, before: input.cursor, limit: input.limit });
  if ("moved" in found) return { movedTo: `/api/v1/articles/${found.moved}/revisions` };
  return {
    body: {
      article: found.slug,
      items: found.revisions.map(toRevisionSummaryJson),
      nextCursor: found.older === null ? null : String(found.older),
    },
    keys: [keys.article(found.articleId)],
  };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = doors({ GET: list });
