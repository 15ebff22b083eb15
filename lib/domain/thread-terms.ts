// What holds in one discussion at this moment: as it is set itself, else as the site has it.
import type { DiscussionMode, ModerationSettings } from "@/lib/domain/settings";

export interface ThreadTerms {
  /** By a moderator's hand. */
  locked: boolean;
  /** By its mode or its age: it can be read, and nothing new can be posted. */
  closed: boolean;
  /** When it closes by itself, or has closed; null: never. */
  closesAt: Date | null;
  /** Seconds that everybody waits between two comments; null: none. */
  slowSeconds: number | null;
}

export interface SetThread {
  threadState: "OPEN" | "LOCKED";
  mode: DiscussionMode | null;
  slowSeconds: number | null;
  closesAt: Date | null;
  firstPublishedAt: Date;
}

/** Whether nothing new can be posted. */
export function isShut({ locked, closed }: Pick<ThreadTerms, "locked" | "closed">): boolean {
  return locked || closed;
}

const dayMs = 86_400_000;

/** The terms of a discussion. */
export function termsOf(thread: SetThread, site: ModerationSettings, now: Date): ThreadTerms {
  const bySite =
    site.closeAfterDays > 0 ? new Date(thread.firstPublishedAt.getTime() + site.closeAfterDays * dayMs) : null;
  const closesAt = thread.closesAt ?? bySite;
  const slowSeconds = thread.slowSeconds ?? site.slowSeconds;
  return {
    locked: thread.threadState === "LOCKED",
    closed: (thread.mode ?? site.mode) === "CLOSED" || (closesAt !== null && closesAt <= now),
    closesAt,
    slowSeconds: slowSeconds > 0 ? slowSeconds : null,
  };
}
