// The words of the moderators' desk: verdicts, why something waits, what was decided, how long ago.
import type { CommentStatus } from "@/lib/domain/comment";
import type { Cause, CommentTab, Decision, PersonHistory, QueueTab, SanctionView } from "@/lib/domain/moderation-queue";
import type { BulkVerdict, Verdict } from "@/lib/domain/verdict";
import { countOf, removalWords } from "@/lib/ui/labels";

export const tabLabels: Record<QueueTab, string> = {
  held: "Held",
  reported: "Reported",
  appeals: "Appeals",
  spam: "Spam",
};

/** What an empty list says. */
export const emptyWords: Record<CommentTab, string> = {
  held: "Nothing waits for a decision. All is read.",
  reported: "No report is open.",
  spam: "Nothing has been put aside as spam.",
};

/** On the button; with the key that does the same. */
export const verdictLabels: Record<Verdict, { label: string; key: string; done: string }> = {
  approve: { label: "Approve", key: "a", done: "Approved" },
  dismissReports: { label: "Keep it", key: "a", done: "Kept; the reports are dismissed" },
  approveEdit: { label: "Approve the edit", key: "a", done: "Edit approved" },
  restore: { label: "Restore", key: "a", done: "Restored" },
  hold: { label: "Hold", key: "h", done: "Held" },
  markSpam: { label: "Spam", key: "s", done: "Marked as spam" },
  declineEdit: { label: "Decline the edit", key: "d", done: "Edit declined" },
  remove: { label: "Remove", key: "r", done: "Removed" },
};

/** What a line of the log did, by its kind, in a list of one's own. */
export const kindLabels = new Map<string, string>([
  ["APPROVE", verdictLabels.approve.done],
  ["HOLD", verdictLabels.hold.done],
  ["MARK_SPAM", verdictLabels.markSpam.done],
  ["REMOVE", verdictLabels.remove.done],
  ["RESTORE", verdictLabels.restore.done],
  ["DISMISS_REPORTS", "Reports dismissed"],
]);

export const bulkLabels: Record<BulkVerdict, { label: string; done: string }> = {
  approve: { label: "Approve", done: "approved" },
  markSpam: { label: "Spam", done: "marked as spam" },
  remove: { label: "Remove", done: "removed" },
};

/** The keys, for the list that "?" opens. */
export const queueKeys: readonly (readonly [keys: string, meaning: string])[] = [
  ["a", "Approve: let it stand"],
  ["s", "Spam"],
  ["r", "Remove, then the number of a reason"],
  ["h", "Hold what can be read already"],
  ["d", "Decline the edit"],
  ["u", "Take your last verdict back"],
  ["j  k", "Next, previous"],
  ["x", "Choose, for several at once"],
  ["?", "These keys"],
];

/** Why screening holds, for moderators. */
const heldBecause = new Map<string, string>([
  ["links", "Several links, by somebody without an account"],
  ["suspicion", "Sent like a robot sends"],
  ["renderer", "Could not be laid out as written"],
  ["unverified", "Its author’s address is not confirmed"],
  ["reports", "Enough people have reported it"],
  ["muted", "Its author is muted"],
  ["premoderated", "Its author’s comments are looked at first"],
  ["all", "Every comment is looked at first here"],
  ["first", "First comments are looked at first"],
  ["host", "Links to a site on the list"],
  ["words", "Has words on the list"],
  ["pattern", "Fits a rule of the site"],
  ["spam", "Reads like spam"],
  ["opinion", "The outside check asked for a look"],
  ["moderator", "A moderator held it"],
]);

function heldWords(reason: string | null): string {
  const code = (reason ?? "").replace(/^edit\./, "");
  const [name = "", detail] = code.split(":");
  const words = heldBecause.get(name);
  if (!words) return "Held by screening";
  return detail ? `${words}: ${detail}` : words;
}

/** Why something is in the queue, as one reads it first. */
export function causeWords(cause: Cause): string {
  switch (cause.kind) {
    case "held":
      return heldWords(cause.reason);
    case "editHeld":
      return `An edit waits. ${heldWords(cause.reason)}`;
    case "reported":
      return `${countOf(cause.count, "report")}, weighing ${cause.weight.toFixed(1)}`;
    case "spam":
      return "Put aside as spam";
    case "removed":
      return `Removed: ${removalWords(cause.reason ?? "")}`;
  }
}

/** What was decided, after the name of whoever did it. */
const deeds = new Map<string, string>([
  ["APPROVE", "approved it"],
  ["HOLD", "held it"],
  ["MARK_SPAM", "marked it as spam"],
  ["REMOVE", "removed it"],
  ["RESTORE", "restored it"],
  ["DISMISS_REPORTS", "dismissed the reports"],
  ["APPROVE_EDIT", "approved an edit"],
  ["DECLINE_EDIT", "declined an edit"],
  ["GRANT_APPEAL", "granted an appeal"],
  ["DENY_APPEAL", "denied an appeal"],
  ["PIN", "pinned it"],
  ["UNPIN", "unpinned it"],
  ["MOVE", "moved it"],
]);

/** "Maria removed it: It insults or harasses somebody." */
export function decisionWords({ kind, actorName, reason, reversal }: Decision): string {
  const who = actorName ?? "The site";
  const deed = deeds.get(kind) ?? "decided";
  if (reversal) return `${who} took a verdict back and ${deed}`;
  if (kind === "REMOVE") return `${who} ${deed}: ${removalWords(reason)}`;
  return actorName === null && kind === "HOLD" ? `${who} ${deed}: ${heldWords(reason)}` : `${who} ${deed}`;
}

export const statusLabels: Record<CommentStatus, string> = {
  PUBLISHED: "Published",
  PENDING: "Held",
  SPAM: "Spam",
  REMOVED: "Removed",
  DELETED: "Deleted by its author",
};

export const sanctionLabels: Record<SanctionView["kind"], string> = {
  NOTE: "Note",
  WARN: "Warned",
  MUTE: "Muted",
  PREMODERATE: "Looked at first",
  BAN: "Banned",
};

/** "12 published, 2 removed, 1 spam": what is none is left out. */
export function countsWords({ published, pending, spam, removed, deleted }: PersonHistory["counts"]): string {
  const parts: [number, string][] = [
    [published, "published"],
    [pending, "held"],
    [removed, "removed"],
    [spam, "spam"],
    [deleted, "deleted by themselves"],
  ];
  const told = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return told.length === 0 ? "nothing yet" : told.join(", ");
}

const minute = 60_000;

/** "a moment", "5 minutes", "3 hours", "2 days" */
export function ageWords(since: Date, now: Date): string {
  const age = now.getTime() - since.getTime();
  if (age < minute) return "a moment";
  if (age < 60 * minute) return countOf(Math.floor(age / minute), "minute");
  if (age < 48 * 60 * minute) return countOf(Math.floor(age / (60 * minute)), "hour");
  return countOf(Math.floor(age / (24 * 60 * minute)), "day");
}

/** "3 comments approved." */
export function bulkNews(verdict: BulkVerdict, done: number): string {
  return done === 0
    ? `Nothing was ${bulkLabels[verdict].done}.`
    : `${countOf(done, "comment")} ${bulkLabels[verdict].done}.`;
}

/** Names in one sentence of what was refused; more are counted. */
const namesTold = 5;

/** What was refused, each reason once with all whom it is about: "Ada, Bea: Maria removed this meanwhile. Nothing was done." */
export function refusalLines(refusals: readonly { name: string; sentence: string }[]): string[] {
  const names = new Map<string, string[]>();
  for (const { name, sentence } of refusals) names.set(sentence, [...(names.get(sentence) ?? []), name]);
  return [...names].map(([sentence, whose]) => {
    const told = whose.slice(0, namesTold).join(", ");
    const more = whose.length - namesTold;
    return `${more > 0 ? `${told} and ${more} more` : told}: ${sentence}`;
  });
}

/** What a list is narrowed to; null when it is not. */
export function filterWords(
  wish: { by?: string; like?: string },
  people: Record<string, PersonHistory>,
): string | null {
  if (wish.by)
    return `What waits from ${people[wish.by]?.name ?? (wish.by.startsWith("guest-") ? "this guest" : wish.by)}.`;
  return wish.like ? "What has nearly the same text." : null;
}

/** What can be laid on a person, with what it means for them. */
export const sanctionChoices: Record<SanctionView["kind"], { label: string; means: string }> = {
  NOTE: { label: "Note", means: "For moderators alone." },
  WARN: { label: "Warn", means: "They have to say that they have read it before they post again." },
  MUTE: { label: "Mute", means: "What they write is held, and they see it waiting." },
  PREMODERATE: { label: "Look first", means: "A moderator reads each comment before others do." },
  BAN: { label: "Ban", means: "They cannot post or edit. It needs an end." },
};
