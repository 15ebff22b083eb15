// The newest articles, as JSON Feed.
import { readSiteFeed } from "@/lib/services/read-feed";
import { jsonFeed } from "@/lib/web/feed";
import { publicFile } from "@/lib/web/public-file";
import { keys } from "@/lib/web/purge";

export const GET = publicFile(async (ctx) => {
  const feed = await readSiteFeed(ctx);
  return {
    body: jsonFeed(feed, { origin: ctx.ownOrigin, self: "/feed.json" }),
    type: "application/feed+json; charset=utf-8",
    keys: [keys.feeds],
  };
});
