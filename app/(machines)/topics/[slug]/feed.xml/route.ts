// The newest articles of a topic, as Atom.
import { readTopicFeed } from "@/lib/services/read-feed";
import { articleParams } from "@/lib/web/contract/articles";
import { atomFeed } from "@/lib/web/feed";
import { parsedParams, publicFile } from "@/lib/web/public-file";
import { keys } from "@/lib/web/purge";

export const GET = publicFile(async (ctx, params) => {
  const { slug } = parsedParams(articleParams, params);
  const feed = await readTopicFeed(ctx, { slug });
  return {
    body: atomFeed(feed, { origin: ctx.ownOrigin, self: `/topics/${slug}/feed.xml` }),
    type: "application/atom+xml; charset=utf-8",
    keys: [keys.feeds, keys.topic(slug)],
  };
});
