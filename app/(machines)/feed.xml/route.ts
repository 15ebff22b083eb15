// The newest articles, as Atom.
import { readSiteFeed } from "@/lib/services/read-feed";
import { atomFeed } from "@/lib/web/feed";
import { publicFile } from "@/lib/web/public-file";
import { keys } from "@/lib/web/purge";

export const GET = publicFile(async (ctx) => {
  const feed = await readSiteFeed(ctx);
  return {
    body: atomFeed(feed, { origin: ctx.ownOrigin, self: "/feed.xml" }),
    type: "application/atom+xml; charset=utf-8",
    keys: [keys.feeds],
  };
});
