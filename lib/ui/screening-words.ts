// What an admin reads about screening: modes, rules, and what a rule would have done.
import type { RuleEffect, RuleKind } from "@/lib/domain/screening-rule";
import type { DiscussionMode } from "@/lib/domain/settings";

export const modeChoices: Record<DiscussionMode, { name: string; says: string }> = {
  OPEN: { name: "Open", says: "Comments are seen at once, unless something below holds them." },
  HOLD_FIRST: { name: "Hold first comments", says: "A moderator reads somebody's first comments before others do." },
  HOLD_LINKS: { name: "Hold links", says: "A moderator reads every comment with a link first." },
  HOLD_ALL: { name: "Hold all", says: "A moderator reads every comment first." },
  CLOSED: { name: "Closed", says: "Nobody can post anything new." },
};

export const ruleKindChoices: Record<RuleKind, { name: string; says: string }> = {
  WORDS: {
    name: "Words",
    says: "A word or phrase on each line. Whole words count, in whatever disguise; crypto* also finds what begins so.",
  },
  LINK: { name: "A site", says: "A host like example.org, with all that stands under it, linked or only named." },
  PATTERN: { name: "A pattern", says: "A regular expression (RE2), without regard to capitals." },
};

export const ruleEffectChoices: Record<RuleEffect, string> = {
  HOLD: "Hold it for a moderator",
  REJECT: "Refuse it at once",
};

/** Seconds between two comments that an admin can choose. */
export const slowChoices: readonly (readonly [seconds: number, name: string])[] = [
  [0, "Not at all"],
  [10, "10 seconds"],
  [30, "30 seconds"],
  [60, "1 minute"],
  [300, "5 minutes"],
  [900, "15 minutes"],
  [3_600, "1 hour"],
  [86_400, "1 day"],
];

export const decidedLabels = {
  against: "removed or spam",
  for: "let stand",
  nothing: "nobody looked",
} as const;
