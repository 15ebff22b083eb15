// The ordered list of small verdicts on a new or edited comment. Each phase looks at facts gathered beforehand and refuses
// with a code, holds with a reason, or says nothing; the first answer ends the run.
import { DomainError } from "@/lib/domain/errors";
import { limits } from "@/lib/domain/limits";
import { type SanctionInForce, type SanctionKind, untilWords } from "@/lib/domain/sanction";
import type { RuleHit } from "@/lib/domain/screening-rule";
import type { DiscussionMode } from "@/lib/domain/settings";

export interface ScreeningFacts {
  threadLocked: boolean;
  /** The article's, or the site's where it has none. */
  mode: DiscussionMode;
  /** The day on which the discussion closes by itself has come. */
  overdue: boolean;
  /** A moderator: what they write is not held, and rules do not count for it. */
  trusted: boolean;
  /** What counts just now against the person, or against their network when they are a guest. */
  sanctions: readonly SanctionInForce[];
  /** Undefined for a top-level comment; null when the parent is gone or hidden. */
  parent: { depth: number } | null | undefined;
  /** Without an account. */
  guest: boolean;
  /** A member whose address is not confirmed yet (R33). */
  unverified: boolean;
  /** Seconds that this person has yet to wait under an article in slow mode; 0: none. */
  waitSeconds: number;
  /** Other comments of this person that readers see, counted no further than `firstComments`. */
  approvedBefore: number;
  firstComments: number;
  links: number;
  /** Links that a guest may post without waiting. */
  guestLinks: number;
  /** The field that people cannot see was filled in. */
  honeypotFilled: boolean;
  /** Milliseconds between opening the form and sending it; undefined when the browser did not say. */
  formAgeMs: number | undefined;
  /** The browser has done a proof of work for this comment. */
  proven: boolean;
  /** A guest's chosen name looks like a member's. */
  nameTaken: boolean;
  /** The renderer gave up on the text and showed it plain. */
  renderedPlain: boolean;
  /** The site's own rules that the text fits. */
  hits: readonly RuleHit[];
  /** The classifier's, from 0 to 1; null while it has not learnt enough. */
  spamScore: number | null;
  /** From where on a score holds. */
  spamFrom: number;
  /** What the hook for an external opinion answered; "none" also when there is no hook, or it failed. */
  opinion: Opinion;
}

export const opinions = ["none", "hold"] as const;
export type Opinion = (typeof opinions)[number];

/** Why a comment waits for a moderator; words in `lib/ui/labels`. "Reports" comes later than screening, "moderator" from one. */
export type HoldReason =
  | "muted"
  | "premoderated"
  | "all"
  | "first"
  | "links"
  | "words"
  | "host"
  | "pattern"
  | "spam"
  | "opinion"
  | "suspicion"
  | "renderer"
  | "unverified";

/** `about`: what in the text it was, for moderators alone. */
export type Screening = { verdict: "publish" } | { verdict: "hold"; reason: HoldReason; about: string };

type Answer = HoldReason | { reason: HoldReason; about: string } | DomainError | undefined;
type Phase = (facts: ScreeningFacts) => Answer;

const lockedThread: Phase = (facts) =>
  facts.threadLocked ? new DomainError("closed", { reason: "thread.locked" }) : undefined;

const closedDiscussion: Phase = (facts) =>
  facts.mode === "CLOSED" || facts.overdue ? new DomainError("closed", { reason: "thread.closed" }) : undefined;

const inForce = (facts: ScreeningFacts, kind: SanctionKind) =>
  facts.sanctions.find((sanction) => sanction.kind === kind);

const banned: Phase = (facts) => {
  const ban = inForce(facts, "BAN");
  if (!ban) return undefined;
  const values = { why: ban.reason, until: untilWords(ban.endsAt) };
  return new DomainError("forbidden", { reason: ban.network ? "sanction.network_banned" : "sanction.banned", values });
};

const warned: Phase = (facts) => {
  const warning = inForce(facts, "WARN");
  return warning && new DomainError("forbidden", { reason: "sanction.warned", values: { why: warning.reason } });
};

const missingParent: Phase = (facts) =>
  facts.parent === null ? new DomainError("conflict", { reason: "comment.parent_gone" }) : undefined;

const depth: Phase = (facts) =>
  facts.parent && facts.parent.depth + 1 > limits.threadDepth
    ? new DomainError("invalid", { reason: "comment.too_deep", values: { limit: limits.threadDepth } })
    : undefined;

const takenName: Phase = (facts) =>
  facts.nameTaken ? new DomainError("invalid", { fields: { name: "name.taken" } }) : undefined;

const slowMode: Phase = (facts) =>
  facts.waitSeconds > 0 && !facts.trusted
    ? new DomainError("rate_limited", { reason: "thread.slow", retryAfter: Math.ceil(facts.waitSeconds) })
    : undefined;

const flood: Phase = (facts) =>
  facts.links > limits.linksRefused
    ? new DomainError("invalid", { fields: { body: "comment.too_many_links" }, values: { limit: limits.linksRefused } })
    : undefined;

const rejected: Phase = (facts) =>
  !facts.trusted && facts.hits.some((hit) => hit.effect === "REJECT")
    ? new DomainError("invalid", { fields: { body: "comment.rejected" } })
    : undefined;

/** From here on a comment is only held, and a moderator's own never. */
const held =
  (phase: Phase): Phase =>
  (facts) =>
    facts.trusted ? undefined : phase(facts);

const muted: Phase = (facts) => (inForce(facts, "MUTE") ? "muted" : undefined);

const premoderated: Phase = (facts) => (inForce(facts, "PREMODERATE") ? "premoderated" : undefined);

const heldAll: Phase = (facts) => (facts.mode === "HOLD_ALL" ? "all" : undefined);

const heldFirst: Phase = (facts) =>
  facts.mode === "HOLD_FIRST" && facts.approvedBefore < facts.firstComments ? "first" : undefined;

const heldLinks: Phase = (facts) => {
  if (facts.mode === "HOLD_LINKS" && facts.links > 0) return "links";
  return facts.guest && facts.links > facts.guestLinks ? "links" : undefined;
};

const reasonsOfRules = { WORDS: "words", LINK: "host", PATTERN: "pattern" } as const;

const ruled: Phase = (facts) => {
  const hit = facts.hits.find(({ effect }) => effect === "HOLD");
  return hit && { reason: reasonsOfRules[hit.kind], about: hit.written };
};

const spam: Phase = (facts) =>
  facts.spamScore !== null && facts.spamScore >= facts.spamFrom
    ? { reason: "spam", about: `${Math.floor(facts.spamScore * 100)} %` }
    : undefined;

const opinion: Phase = (facts) => (facts.opinion === "hold" ? "opinion" : undefined);

/** Two weak signs together look like a robot; one alone never holds anybody up (R68). A proof of work outweighs them. */
const suspicion: Phase = (facts) => {
  const signs = [
    facts.honeypotFilled,
    facts.formAgeMs !== undefined && facts.formAgeMs < limits.formAgeMs,
    facts.guest && facts.links > 0,
  ];
  return !facts.proven && signs.filter(Boolean).length >= 2 ? "suspicion" : undefined;
};

const plainRendering: Phase = (facts) => (facts.renderedPlain ? "renderer" : undefined);

/** The last: what is held for this alone comes out by itself once the address is confirmed. */
const unverified: Phase = (facts) => (facts.unverified ? "unverified" : undefined);

/** In this order. */
export const phases: readonly Phase[] = [
  lockedThread,
  closedDiscussion,
  banned,
  warned,
  missingParent,
  depth,
  takenName,
  slowMode,
  flood,
  rejected,
  ...[
    muted,
    premoderated,
    heldAll,
    heldFirst,
    heldLinks,
    ruled,
    spam,
    opinion,
    suspicion,
    plainRendering,
    unverified,
  ].map(held),
];

/**
 * Runs the phases over `facts`.
 * @throws DomainError what the first refusing phase says
 */
export function screen(facts: ScreeningFacts): Screening {
  for (const phase of phases) {
    const answer = phase(facts);
    if (answer instanceof DomainError) throw answer;
    if (typeof answer === "string") return { verdict: "hold", reason: answer, about: "" };
    if (answer !== undefined) return { verdict: "hold", ...answer };
  }
  return { verdict: "publish" };
}
