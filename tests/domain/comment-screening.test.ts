// Screening: each phase alone, and which of two that would both speak has the word.
import { describe, expect, it } from "vitest";
import { type ScreeningFacts, screen } from "@/lib/domain/comment-screening";
import { isDomainError } from "@/lib/domain/errors";
import { limits } from "@/lib/domain/limits";
import type { SanctionInForce } from "@/lib/domain/sanction";
import type { RuleHit } from "@/lib/domain/screening-rule";

const harmless: ScreeningFacts = {
  threadLocked: false,
  mode: "OPEN",
  overdue: false,
  trusted: false,
  sanctions: [],
  parent: undefined,
  guest: true,
  unverified: false,
  waitSeconds: 0,
  approvedBefore: 0,
  firstComments: 1,
  links: 0,
  guestLinks: limits.linksHeld,
  honeypotFilled: false,
  formAgeMs: limits.formAgeMs,
  proven: false,
  nameTaken: false,
  renderedPlain: false,
  hits: [],
  spamScore: null,
  spamFrom: 0.95,
  opinion: "none",
};

const sanction = (kind: SanctionInForce["kind"], about: Partial<SanctionInForce> = {}): SanctionInForce => ({
  id: 1,
  kind,
  reason: "Be kind.",
  endsAt: null,
  network: false,
  ...about,
});

const hit = (kind: RuleHit["kind"], effect: RuleHit["effect"] = "HOLD"): RuleHit => ({
  ruleId: 1,
  kind,
  effect,
  written: "casino",
});

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
    ["a closed discussion takes nothing", { mode: "CLOSED" }, "closed thread.closed"],
    ["nor one whose day has come", { overdue: true }, "closed thread.closed"],
    ["not even of a moderator", { mode: "CLOSED", trusted: true }, "closed thread.closed"],
    ["a banned person is refused", { sanctions: [sanction("BAN")] }, "forbidden sanction.banned"],
    [
      "a guest of a banned network is told so",
      { sanctions: [sanction("BAN", { network: true })] },
      "forbidden sanction.network_banned",
    ],
    ["a warning that was not read refuses", { sanctions: [sanction("WARN")] }, "forbidden sanction.warned"],
    ["a muted person waits", { sanctions: [sanction("MUTE")] }, "hold muted"],
    ["a premoderated person waits", { sanctions: [sanction("PREMODERATE")] }, "hold premoderated"],
    [
      "the ban speaks before the warning",
      { sanctions: [sanction("WARN"), sanction("BAN")] },
      "forbidden sanction.banned",
    ],
    ["who writes too soon in slow mode has to wait", { waitSeconds: 11.2 }, "rate_limited thread.slow"],
    ["a moderator has not", { waitSeconds: 11.2, trusted: true }, "publish"],
    ["where all is held, a guest's waits", { mode: "HOLD_ALL" }, "hold all"],
    ["a member's too", { mode: "HOLD_ALL", guest: false, approvedBefore: 5 }, "hold all"],
    ["a moderator's does not", { mode: "HOLD_ALL", guest: false, trusted: true }, "publish"],
    ["where first posts are held, the first waits", { mode: "HOLD_FIRST" }, "hold first"],
    ["a member's first too", { mode: "HOLD_FIRST", guest: false }, "hold first"],
    ["the second does not", { mode: "HOLD_FIRST", approvedBefore: 1 }, "publish"],
    ["the third does where three are held", { mode: "HOLD_FIRST", approvedBefore: 2, firstComments: 3 }, "hold first"],
    ["elsewhere the first is seen at once", { mode: "HOLD_LINKS" }, "publish"],
    ["where links are held, one is enough", { mode: "HOLD_LINKS", links: 1 }, "hold links"],
    ["a member's too", { mode: "HOLD_LINKS", links: 1, guest: false }, "hold links"],
    ["a site may let guests post no link", { links: 1, guestLinks: 0 }, "hold links"],
    ["or many", { links: 20, guestLinks: 20 }, "publish"],
    ["a held word waits", { hits: [hit("WORDS")] }, "hold words"],
    ["a held host waits", { hits: [hit("LINK")] }, "hold host"],
    ["a held pattern waits", { hits: [hit("PATTERN")] }, "hold pattern"],
    ["a rule that rejects does so", { hits: [hit("WORDS", "REJECT")] }, "invalid body=comment.rejected"],
    ["also after one that holds", { hits: [hit("LINK"), hit("WORDS", "REJECT")] }, "invalid body=comment.rejected"],
    ["rules do not count for moderators", { hits: [hit("LINK"), hit("WORDS", "REJECT")], trusted: true }, "publish"],
    ["what reads like spam waits", { spamScore: 0.95 }, "hold spam"],
    ["what hardly does not", { spamScore: 0.94 }, "publish"],
    ["a site may never hold for it", { spamScore: 0.9999, spamFrom: 1 }, "publish"],
    ["an opinion from outside holds", { opinion: "hold" }, "hold opinion"],
    ["with a proof of work no suspicion is left", { honeypotFilled: true, formAgeMs: 0, proven: true }, "publish"],
    ["but it proves nothing else", { links: 5, proven: true }, "hold links"],
  ];
  it.each(table)("%s", (_sentence, facts, expected) => expect(verdict(facts)).toBe(expected));
});

it("lets the earlier phase speak", () => {
  // Each makes its own phase speak, in the order in which they must be heard.
  const spoken: [Partial<ScreeningFacts>, string][] = [
    [{ threadLocked: true }, "closed thread.locked"],
    [{ overdue: true }, "closed thread.closed"],
    [{ sanctions: [sanction("BAN")] }, "forbidden sanction.banned"],
    [{ sanctions: [sanction("WARN")] }, "forbidden sanction.warned"],
    [{ parent: null }, "conflict comment.parent_gone"],
    [{ parent: { depth: limits.threadDepth } }, "invalid comment.too_deep"],
    [{ nameTaken: true }, "invalid name=name.taken"],
    [{ waitSeconds: 1 }, "rate_limited thread.slow"],
    [{ links: limits.linksRefused + 1 }, "invalid body=comment.too_many_links"],
    [{ hits: [hit("WORDS", "REJECT")] }, "invalid body=comment.rejected"],
    [{ sanctions: [sanction("MUTE")] }, "hold muted"],
    [{ sanctions: [sanction("PREMODERATE")] }, "hold premoderated"],
    [{ mode: "HOLD_ALL" }, "hold all"],
    [{ mode: "HOLD_FIRST" }, "hold first"],
    [{ links: limits.linksHeld + 1 }, "hold links"],
    [{ hits: [hit("PATTERN")] }, "hold pattern"],
    [{ spamScore: 1 }, "hold spam"],
    [{ opinion: "hold" }, "hold opinion"],
    [{ honeypotFilled: true, formAgeMs: 0 }, "hold suspicion"],
    [{ renderedPlain: true }, "hold renderer"],
    [{ unverified: true }, "hold unverified"],
  ];
  for (const [nth, [earlier, expected]] of spoken.entries()) {
    for (const [later] of spoken.slice(nth + 1)) expect(verdict({ ...later, ...earlier })).toBe(expected);
  }
});

it("tells a moderator what in the text it was, and how sure the classifier is", () => {
  expect(screen({ ...harmless, hits: [hit("WORDS")] })).toEqual({ verdict: "hold", reason: "words", about: "casino" });
  expect(screen({ ...harmless, spamScore: 0.9999 })).toEqual({ verdict: "hold", reason: "spam", about: "99 %" });
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
  const until = new Date("2026-12-03T10:15:00Z");
  expect(values({ sanctions: [sanction("BAN", { endsAt: until })] })).toEqual({
    why: "Be kind.",
    until: "3 December 2026 at 10:15 UTC",
  });
  expect(values({ sanctions: [sanction("WARN")] })).toEqual({ why: "Be kind." });
});
