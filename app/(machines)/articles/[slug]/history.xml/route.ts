// What changed in an article, as Atom: an entry for each published text.
import { readHistoryFeed } from "@/lib/services/read-history-feed";
import { articleParams } from "@/lib/web/contract/articles";
import { atomFeed } from "@/lib/web/feed";
import { parsedParams, publicFile } from "@/lib/web/public-file";
import { keys } from "@/lib/web/purge";

export const GET = publicFile(async (ctx, params) => {
  const { slug } = parsedParams(articleParams, params);
  const found = await readHistoryFeed(ctx, { slug });
  if ("moved" in found) return { movedTo: `/articles/${found.moved}/history.xml` };
  return {
    body: atomFeed(found.feed, { origin: ctx.ownOrigin, self: `/articles/${slug}/history.xml` }),
    type: "application/atom+xml; charset=utf-8",
    keys: [keys.article(found.articleId)],
  };
});
