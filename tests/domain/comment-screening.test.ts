// Screening: each phase alone, and which of two that would both speak has the word.
import { describe, expect, it } from "vitest";
import { type ScreeningFacts, screen } from "@/lib/domain/comment-screening";
import { isDomainError } from "@/lib/domain/errors";
import { limits } from "@/lib/domain/limits";

const harmless: ScreeningFacts = {
  threadLocked: false,
  parent: undefined,
  guest: true,
  unverified: false,
  links: 0,
  honeypotFilled: false,
  formAgeMs: limits.formAgeMs,
  nameTaken: false,
  renderedPlain: false,
};

/** "publish", "hold links", "closed thread.locked", "invalid name=name.taken" */
function verdict(facts: Partial<ScreeningFacts>): string {
  try {
    const screening = screen({ ...harmless, ...facts });
    return screening.verdict === "hold" ? `hold ${screening.reason}` : screening.verdict;
  } catch (error) {
    if (!isDomainError(error)) throw error;
    const { reason, fields } = error.details;
    const what = reason ?? Object.entries(fields ?? {}).map(([field, why]) => `${field}=${why}`);
    return `${error.code} ${what}`;
  }
}

describe("one fact alone", () => {
  const table: [string, Partial<ScreeningFacts>, string][] = [
    ["a harmless comment of a guest is published", {}, "publish"],
    ["a harmless comment of a member is published", { guest: false }, "publish"],
    ["a locked thread takes nothing", { threadLocked: true }, "closed thread.locked"],
    ["a parent that is gone cannot be answered", { parent: null }, "conflict comment.parent_gone"],
    ["a reply at the deepest level is taken", { parent: { depth: limits.threadDepth - 1 } }, "publish"],
    ["a reply below the deepest level is not", { parent: { depth: limits.threadDepth } }, "invalid comment.too_deep"],
    ["a name like a member's is refused at its field", { nameTaken: true }, "invalid name=name.taken"],
    ["two links are nobody's concern", { links: limits.linksHeld }, "publish"],
    ["three links of a guest wait", { links: limits.linksHeld + 1 }, "hold links"],
    ["three links of a member do not", { links: limits.linksHeld + 1, guest: false }, "publish"],
    ["a hundred links of a guest wait", { links: limits.linksRefused }, "hold links"],
    ["a hundred links of a member are published", { links: limits.linksRefused, guest: false }, "publish"],
    ["a member whose address is not confirmed waits", { guest: false, unverified: true }, "hold unverified"],
    ["more are refused", { links: limits.linksRefused + 1 }, "invalid body=comment.too_many_links"],
    ["more of a member's too", { links: limits.linksRefused + 1, guest: false }, "invalid body=comment.too_many_links"],
    ["the honeypot alone holds nobody up", { honeypotFilled: true }, "publish"],
    ["haste alone holds nobody up", { formAgeMs: 0 }, "publish"],
    ["a browser that says nothing of its haste is not suspected", { formAgeMs: undefined, links: 1 }, "publish"],
    ["honeypot and haste together wait", { honeypotFilled: true, formAgeMs: 0 }, "hold suspicion"],
    ["honeypot and haste of a member wait too", { honeypotFilled: true, formAgeMs: 0, guest: false }, "hold suspicion"],
    ["haste with a guest's link waits", { formAgeMs: limits.formAgeMs - 1, links: 1 }, "hold suspicion"],
    ["haste with a member's link does not", { formAgeMs: 0, links: 1, guest: false }, "publish"],
    ["honeypot with a guest's link waits", { honeypotFilled: true, links: 1 }, "hold suspicion"],
    ["a text that the renderer gave up on waits", { renderedPlain: true }, "hold renderer"],
    ["also a member's", { renderedPlain: true, guest: false }, "hold renderer"],
  ];
  it.each(table)("%s", (_sentence, facts, expected) => expect(verdict(facts)).toBe(expected));
});

it("lets the earlier phase speak", () => {
  // Each makes its own phase speak, in the order in which they must be heard.
  const spoken: [Partial<ScreeningFacts>, string][] = [
    [{ threadLocked: true }, "closed thread.locked"],
    [{ parent: null }, "conflict comment.parent_gone"],
    [{ parent: { depth: limits.threadDepth } }, "invalid comment.too_deep"],
    [{ nameTaken: true }, "invalid name=name.taken"],
    [{ links: limits.linksRefused + 1 }, "invalid body=comment.too_many_links"],
    [{ unverified: true }, "hold unverified"],
    [{ links: limits.linksHeld + 1 }, "hold links"],
    [{ honeypotFilled: true, formAgeMs: 0 }, "hold suspicion"],
    [{ renderedPlain: true }, "hold renderer"],
  ];
  for (const [nth, [earlier, expected]] of spoken.entries()) {
    for (const [later] of spoken.slice(nth + 1)) expect(verdict({ ...later, ...earlier })).toBe(expected);
  }
});

it("says the limits in its refusals", () => {
  const values = (facts: Partial<ScreeningFacts>) => {
    try {
      screen({ ...harmless, ...facts });
    } catch (error) {
      return isDomainError(error) ? error.details.values : undefined;
    }
  };
  expect(values({ parent: { depth: limits.threadDepth } })).toEqual({ limit: limits.threadDepth });
  expect(values({ links: limits.linksRefused + 1 })).toEqual({ limit: limits.linksRefused });
});
