import "server-only";
// The moderation log as a feed: one entry a line.
import type { LogLine } from "@/lib/domain/public-log";
import type { FeedView } from "@/lib/services/read-feed";
import type { SiteView } from "@/lib/services/read-site";
import { logDeed, logReason } from "@/lib/ui/log-words";

/** What an empty log says of its age: nothing has ever happened. */
const never = new Date(0);

export function logFeed({ site, lines }: { site: SiteView; lines: readonly LogLine[] }): FeedView {
  return {
    id: "moderation-log",
    siteName: site.name,
    title: `Moderation log · ${site.name}`,
    subtitle: "Every decision about what can be read here, and why.",
    path: "/moderation-log",
    updatedAt: lines[0]?.at ?? never,
    entries: lines.map((line) => {
      const by = line.by?.name ?? "The system";
      const where = line.article ? ` on “${line.article.title}”` : "";
      return {
        kind: "decision",
        id: String(line.id),
        path: `/moderation-log?before=${line.id + 1}#line-${line.id}`,
        title: `${by} ${logDeed(line)}${where}`,
        summary: logReason(line),
        html: null,
        publishedAt: line.at,
        updatedAt: line.at,
        authors: line.by ? [line.by] : [],
        topics: [],
        inReplyTo: null,
      };
    }),
  };
}
