// The newest lines of the moderation log, as Atom.
import { keys } from "@/lib/domain/page-keys";
import { readModerationFeed } from "@/lib/services/read-moderation-log";
import { atomFeed } from "@/lib/web/feed";
import { logFeed } from "@/lib/web/log-feed";
import { publicFile } from "@/lib/web/public-file";

export const GET = publicFile(async (ctx) => ({
  body: atomFeed(logFeed(await readModerationFeed(ctx)), { origin: ctx.ownOrigin, self: "/moderation-log.xml" }),
  type: "application/atom+xml; charset=utf-8",
  keys: [keys.moderationLog],
}));
