// The ordered list of small verdicts on a new or edited comment. Each phase looks at facts gathered beforehand and refuses
// with a code, holds with a reason, or says nothing; the first answer ends the run.
import { DomainError } from "@/lib/domain/errors";
import { limits } from "@/lib/domain/limits";

export interface ScreeningFacts {
  threadLocked: boolean;
  /** Undefined for a top-level comment; null when the parent is gone or hidden. */
  parent: { depth: number } | null | undefined;
  /** Without an account. */
  guest: boolean;
  /** A member whose address is not confirmed yet (R33). */
  unverified: boolean;
  links: number;
  /** The field that people cannot see was filled in. */
  honeypotFilled: boolean;
  /** Milliseconds between opening the form and sending it; undefined when the browser did not say. */
  formAgeMs: number | undefined;
  /** A guest's chosen name looks like a member's. */
  nameTaken: boolean;
  /** The renderer gave up on the text and showed it plain. */
  renderedPlain: boolean;
}

/** Why a comment waits for a moderator; words in `lib/ui/labels`. */
export type HoldReason = "unverified" | "links" | "suspicion" | "renderer";

export type Screening = { verdict: "publish" } | { verdict: "hold"; reason: HoldReason };

type Phase = (facts: ScreeningFacts) => HoldReason | DomainError | undefined;

const lockedThread: Phase = (facts) =>
  facts.threadLocked ? new DomainError("closed", { reason: "thread.locked" }) : undefined;

const missingParent: Phase = (facts) =>
  facts.parent === null ? new DomainError("conflict", { reason: "comment.parent_gone" }) : undefined;

const depth: Phase = (facts) =>
  facts.parent && facts.parent.depth + 1 > limits.threadDepth
    ? new DomainError("invalid", { reason: "comment.too_deep", values: { limit: limits.threadDepth } })
    : undefined;

const takenName: Phase = (facts) =>
  facts.nameTaken ? new DomainError("invalid", { fields: { name: "name.taken" } }) : undefined;

const flood: Phase = (facts) =>
  facts.links > limits.linksRefused
    ? new DomainError("invalid", { fields: { body: "comment.too_many_links" }, values: { limit: limits.linksRefused } })
    : undefined;

const unverified: Phase = (facts) => (facts.unverified ? "unverified" : undefined);

const heldLinks: Phase = (facts) => (facts.guest && facts.links > limits.linksHeld ? "links" : undefined);

/** Two weak signs together look like a robot; one alone never holds anybody up (R68). */
const suspicion: Phase = (facts) => {
  const signs = [
    facts.honeypotFilled,
    facts.formAgeMs !== undefined && facts.formAgeMs < limits.formAgeMs,
    facts.guest && facts.links > 0,
  ];
  return signs.filter(Boolean).length >= 2 ? "suspicion" : undefined;
};

const plainRendering: Phase = (facts) => (facts.renderedPlain ? "renderer" : undefined);

/** In this order. */
export const phases: readonly Phase[] = [
  lockedThread,
  missingParent,
  depth,
  takenName,
  flood,
  unverified,
  heldLinks,
  suspicion,
  plainRendering,
];

/**
 * Runs the phases over `facts`.
 * @throws DomainError what the first refusing phase says
 */
export function screen(facts: ScreeningFacts): Screening {
  for (const phase of phases) {
    const answer = phase(facts);
    if (answer instanceof DomainError) throw answer;
    if (answer !== undefined) return { verdict: "hold", reason: answer };
  }
  return { verdict: "publish" };
}
