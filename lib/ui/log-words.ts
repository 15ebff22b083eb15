// The sentence of a line in the public moderation log: what was done, to what, and why.
import type { HoldReason } from "@/lib/domain/comment-screening";
import type { LogGroup, LogKind, LogLine } from "@/lib/domain/public-log";
import { removalWords } from "@/lib/ui/labels";

/** Past tense, as it goes on after the name of whoever did it; `it` stands for what it was done to. */
const verbs: Record<LogKind, string> = {
  APPROVE: "let {it} through",
  HOLD: "held {it}",
  MARK_SPAM: "put {it} aside as spam",
  REMOVE: "removed {it}",
  RESTORE: "put {it} back",
  DISMISS_REPORTS: "found reports about {it} unfounded",
  APPROVE_EDIT: "let an edit of {it} through",
  DECLINE_EDIT: "declined an edit of {it}",
  GRANT_APPEAL: "granted an appeal and put {it} back",
  DENY_APPEAL: "denied an appeal about {it}",
  LOCK: "locked the discussion",
  UNLOCK: "opened the discussion again",
  SET_THREAD: "changed how the discussion is moderated",
  PIN: "pinned {it}",
  UNPIN: "unpinned {it}",
  MOVE: "made {it} and its replies a conversation of their own",
  WARN: "warned {it}",
  MUTE: "muted {it}: what they post is looked at first",
  PREMODERATE: "had the comments of {it} looked at first",
  BAN: "banned {it} for a time",
  LIFT: "lifted a sanction from {it}",
  SET_RULE: "changed a rule of screening",
  SET_SITE: "changed how comments are moderated here",
};

const things: Record<LogLine["about"], string> = {
  comment: "a comment",
  article: "the discussion",
  member: "a member",
  guest: "a guest",
  network: "a network",
};

/** "removed a comment", "took back: put a comment back" */
export function logDeed(line: Pick<LogLine, "kind" | "about" | "reversal">): string {
  const deed = verbs[line.kind].replace("{it}", things[line.about]);
  return line.reversal ? `took a decision back and ${deed}` : deed;
}

/**
 * The kind of rule that held, for everybody: never the words of a rule, which would teach how to go round it, nor what is laid on a person,
 * whose comments are looked at first like those of a whole site.
 */
const holds: Record<HoldReason | "reports" | "import", string> = {
  words: "It has held words.",
  host: "It links to a site that is looked at first.",
  pattern: "It fits a rule of this site.",
  links: "It has links.",
  first: "First comments are looked at first here.",
  all: "It was to be looked at first.",
  muted: "It was to be looked at first.",
  premoderated: "It was to be looked at first.",
  spam: "It reads like spam.",
  opinion: "The check from outside asked for a look.",
  suspicion: "It was sent like a robot sends.",
  renderer: "It could not be laid out as written.",
  unverified: "Its author’s address was not confirmed.",
  reports: "Enough people reported it.",
  import: "It waited where it was brought from.",
};
const holdWords = new Map<string, string>(Object.entries(holds));

/** "edit.words": an edit was held, and the text before it still stands. */
const ofAnEdit = /^edit\./;

function holdReason(reason: string): string {
  const words = holdWords.get(reason.replace(ofAnEdit, "")) ?? "";
  return ofAnEdit.test(reason) ? `An edit waits. ${words}`.trim() : words;
}

/** Codes that say no more than the deed itself. */
const saysNothing = /^(verdict|appeal|thread|moderator$|settings|rule|sanction)(\.|$)/;

/** Why, as a sentence; empty when there is nothing more to say. */
export function logReason(line: Pick<LogLine, "kind" | "reason" | "reversal">): string {
  const { kind, reason } = line;
  if (reason === "" || line.reversal || saysNothing.test(reason)) return "";
  if (kind === "REMOVE") return removalWords(reason);
  if (kind === "HOLD") return holdReason(reason);
  return reason;
}

export const logGroupLabels: Record<LogGroup, string> = {
  removals: "Removed and restored",
  holds: "Held and let through",
  appeals: "Appeals",
  discussions: "Discussions",
  people: "People",
  site: "Rules and settings",
};
