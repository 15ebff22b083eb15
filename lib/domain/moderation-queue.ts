// The queue as moderators see it: items with all that one needs to decide, and the people who wrote them.
import type { Role } from "@/lib/domain/actor";
import type { CommentStatus } from "@/lib/domain/comment";
import type { ReportReason } from "@/lib/domain/report";
import type { Verdict } from "@/lib/domain/verdict";
import type { SafeHtml } from "@/lib/text/markdown";

/** The queue's lists of comments; appeals are a list of their own. */
export const commentTabs = ["held", "reported", "spam"] as const;
export type CommentTab = (typeof commentTabs)[number];
export type QueueTab = CommentTab | "appeals";

/** How much each tab holds; no further than one more than `limits.queueCounted`. */
export type QueueCounts = Record<QueueTab, number>;

/** Why something is in the queue; sentences in `lib/ui/moderation-words`. */
export type Cause =
  | { kind: "held" | "editHeld"; reason: string | null }
  | { kind: "reported"; count: number; weight: number }
  | { kind: "spam" | "removed"; reason: string | null };

/** What stands above a comment that it answers. */
export interface Answered {
  id: string;
  status: CommentStatus;
  authorName: string;
  /** Plain, cut; empty for what its author deleted. */
  text: string;
}

export interface ReportView {
  reason: ReportReason;
  note: string;
  weight: number;
  state: "OPEN" | "UPHELD" | "DISMISSED";
  /** It was about an earlier text. */
  earlierText: boolean;
  createdAt: Date;
  /** Of a member; null for a guest. */
  handle: string | null;
}

export interface Decision {
  kind: string;
  /** Null: the site itself. */
  actorName: string | null;
  reason: string;
  note: string;
  reversal: boolean;
  createdAt: Date;
}

export interface QueueItem {
  id: string;
  /** The state that is shown; it travels with the verdict. */
  seen: string;
  status: CommentStatus;
  /** The verdicts that can be given; none on one's own. */
  verdicts: Verdict[];
  /** The moderator's own: another one decides. */
  own: boolean;
  html: SafeHtml;
  /** The edit that waits. */
  editHtml: SafeHtml | null;
  /** The beginning of what is to be judged, plain, for a list. */
  opening: string;
  authorName: string;
  /** Under which `people` has them, and their page its address. */
  person: string;
  createdAt: Date;
  editedAt: Date | null;
  since: Date;
  causes: Cause[];
  /** From 0 (good) to 1 (spam). */
  spamScore: number | null;
  article: { slug: string; title: string };
  answers: Answered[];
  reports: ReportView[];
  decisions: Decision[];
  /** Another moderator who has it before them. */
  claimedBy: string | null;
}

export interface SanctionView {
  id: number;
  kind: "NOTE" | "WARN" | "MUTE" | "PREMODERATE" | "BAN";
  reason: string;
  commentId: string | null;
  actorName: string | null;
  createdAt: Date;
  endsAt: Date | null;
  acknowledgedAt: Date | null;
  liftedAt: Date | null;
}

export interface LastComment {
  id: string;
  status: CommentStatus;
  removalReason: string | null;
  text: string;
  createdAt: Date;
}

/** Somebody whose comments are judged: a member, or a visitor without an account, known by a number alone. */
export interface PersonHistory {
  /** A handle, or "guest-33". */
  key: string;
  handle: string | null;
  /** A member's. */
  name: string | null;
  roles: Role[];
  since: Date;
  suspended: boolean;
  /** What became of their newest comments, at most `limits.historyCounted`. */
  counts: { published: number; pending: number; spam: number; removed: number; deleted: number };
  last: LastComment[];
  sanctions: SanctionView[];
}

/** Handles have no hyphens, so a visitor's key is nobody's handle. */
export function personKey(who: { handle: string | null; visitorId: number | null }): string {
  return who.handle ?? `guest-${who.visitorId ?? 0}`;
}

/** What a person's key stands for: a member's handle or a visitor's id; undefined when it is none. */
export function parsePersonKey(key: string): { handle: string } | { visitorId: number } | undefined {
  const visitor = /^guest-([1-9]\d{0,8})$/.exec(key)?.[1];
  if (visitor) return { visitorId: Number(visitor) };
  return /^[a-z0-9_]{1,30}$/.test(key) ? { handle: key } : undefined;
}
