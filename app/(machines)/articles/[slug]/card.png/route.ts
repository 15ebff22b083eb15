// The share image of an article.
import { readCard } from "@/lib/services/read-card";
import { drawCard } from "@/lib/web/card";
import { articleParams } from "@/lib/web/contract/articles";
import { parsedParams, publicFile } from "@/lib/web/public-file";
import { keys } from "@/lib/web/purge";

export const GET = publicFile(async (ctx, params) => {
  const found = await readCard(ctx, parsedParams(articleParams, params));
  if ("moved" in found) return { movedTo: `/articles/${found.moved}/card.png` };
  return {
    body: await drawCard(found.card),
    type: "image/png",
    keys: [keys.article(found.articleId)],
    // Made to be shown elsewhere.
    headers: { "Cross-Origin-Resource-Policy": "cross-origin" },
  };
});
