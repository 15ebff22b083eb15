import "server-only";
// The moderation log as a feed: one entry a line.
import type { FeedView } from "@/lib/services/read-feed";
import type { LogFeedView } from "@/lib/services/read-moderation-log";
import { logDeed, logReason } from "@/lib/ui/log-words";

/** What an empty log says of its age: nothing has ever happened. */
const never = new Date(0);

/** Whoever keeps this can tell later whether the record behind the log was made anew (docs/operations.md). */
const sealWords = (sealed: LogFeedView["sealed"]) =>
  sealed ? ` The whole record so far is sealed as ${sealed.lines}:${sealed.hash}.` : "";

export function logFeed({ site, lines, sealed }: LogFeedView): FeedView {
  return {
    id: "moderation-log",
    siteName: site.name,
    title: `Moderation log · ${site.name}`,
    subtitle: `Every decision about what can be read here, and why.${sealWords(sealed)}`,
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
