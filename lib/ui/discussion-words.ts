// The words for how discussions are held.
import type { DiscussionMode } from "@/lib/domain/settings";

export const discussionModeLabels: Record<DiscussionMode, string> = {
  OPEN: "Open: comments are seen at once",
  HOLD_FIRST: "First comments of a person wait for a moderator",
  HOLD_LINKS: "Comments with links wait for a moderator",
  HOLD_ALL: "Every comment waits for a moderator",
  CLOSED: "Closed: nothing new can be posted",
};
