// One published text of an article.
import { readRevision } from "@/lib/services/read-revisions";
import { api, doors } from "@/lib/web/api";
import { toRevisionJson } from "@/lib/web/contract/article-json";
import { readRevisionOperation } from "@/lib/web/contract/articles";
import { keys } from "@/lib/web/purge";

const read = api(readRevisionOperation, async (ctx, { params }) => {
  const found = await readRevision(ctx, params);
  if ("moved" in found) return { movedTo: `/api/v1/articles/${found.moved}/revisions/${params.number}` };
  return { body: toRevisionJson(found.revision), keys: [keys.article(found.articleId)] };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = doors({ GET: read });
