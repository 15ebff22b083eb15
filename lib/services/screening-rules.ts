// A site's own rules: made, changed and retired by an admin, and never before they have been rehearsed: tried on the last comments, beside
// what moderators decided about those.
import { timingSafeEqual } from "node:crypto";
import { DomainError } from "@/lib/domain/errors";
import type { DomainEvent } from "@/lib/domain/events";
import { limits } from "@/lib/domain/limits";
import { authorize } from "@/lib/domain/permissions";
import { ruleJudge, type WrittenRule } from "@/lib/domain/screening-rule";
import type { Context } from "@/lib/services/context";
import { forgetScreening } from "@/lib/services/screening";
import { keyedHash } from "@/lib/services/tokens";
import { database, inTransaction } from "@/lib/store/client";
import { logSiteChange } from "@/lib/store/moderation-lines";
import {
  insertRule,
  listRules,
  type PastComment,
  pastComments,
  type RuleRow,
  retireRule,
  tamedRules,
} from "@/lib/store/screening-rules";
import { excerptOfHtml } from "@/lib/text/excerpt";
import { hostsOfHtml, hostsWritten, textOfHtml } from "@/lib/text/html-text";

/** Comments between two breaths: others' requests go on while a thousand are looked at. */
const slice = 25;

/** Comments that are shown of those that a rule fits; the rest is counted. */
const shown = 30;

const excerptLength = 160;

export interface RuleWish {
  rule: WrittenRule;
  /** The rule that this one takes the place of; null for a new one. */
  replaces: number | null;
}

/** What moderators made of a comment. "Against": removed or spam; "for": let stand; "nothing": nobody looked. */
export type Decided = "against" | "for" | "nothing";

export interface Rehearsed {
  id: string;
  authorName: string;
  createdAt: Date;
  /** What of it fitted. */
  written: string;
  excerpt: string;
  decided: Decided;
}

export interface Rehearsal {
  /** What shows that exactly this was rehearsed: it goes through the form and comes back with the confirmation. */
  mark: string;
  /** Comments that were looked at. */
  looked: number;
  counts: Record<Decided, number>;
  /** The newest of those that fit. */
  fitted: Rehearsed[];
}

/** The rules that act. @throws DomainError `forbidden` */
export async function readRules(ctx: Context): Promise<RuleRow[]> {
  authorize(ctx.actor, "rules.manage");
  return listRules(database());
}

/** Rules that lost their power to reject, for those who moderate. @throws DomainError `forbidden` */
export async function readTamedRules(ctx: Context): Promise<{ id: number; tamedAt: Date }[]> {
  authorize(ctx.actor, "moderation.enter");
  return tamedRules(database());
}

/** What a rule would have done to the last thousand comments. @throws DomainError `forbidden` */
export async function rehearseRule(ctx: Context, wish: RuleWish): Promise<Rehearsal> {
  authorize(ctx.actor, "rules.manage");
  const judge = ruleJudge([{ ...wish.rule, id: 0 }]);
  const rehearsal: Rehearsal = {
    mark: markOf(wish),
    looked: 0,
    counts: { against: 0, for: 0, nothing: 0 },
    fitted: [],
  };
  for (const comment of await pastComments(database(), limits.rehearsedComments)) {
    if (++rehearsal.looked % slice === 0) await new Promise(setImmediate);
    const text = textOfHtml(comment.html);
    const [hit] = judge({ text, hosts: [...hostsOfHtml(comment.html), ...hostsWritten(text)] });
    if (!hit) continue;
    const decided = decidedOn(comment);
    rehearsal.counts[decided]++;
    if (rehearsal.fitted.length < shown) rehearsal.fitted.push(told(comment, decided, hit.written));
  }
  return rehearsal;
}

function decidedOn({ status, verdict }: PastComment): Decided {
  if (status === "REMOVED" || status === "SPAM") return "against";
  return verdict === null ? "nothing" : "for";
}

function told({ id, html, authorName, createdAt }: PastComment, decided: Decided, written: string): Rehearsed {
  return { id: String(id), authorName, createdAt, written, decided, excerpt: excerptOfHtml(html, excerptLength) };
}

function markOf({ rule, replaces }: RuleWish): string {
  const { kind, pattern, language, effect } = rule;
  return keyedHash("rehearsal", kind, pattern, language, effect, String(replaces)).toString("base64url");
}

/**
 * Makes a rule, or puts it in the place of another, which is retired. It acts at once.
 * @param input.mark of its rehearsal
 * @throws DomainError `forbidden`, `conflict` (not rehearsed as it is now, or the other was changed meanwhile)
 */
export async function saveRule(ctx: Context, input: RuleWish & { mark: string }): Promise<DomainEvent[]> {
  const permit = authorize(ctx.actor, "rules.manage");
  const [given, right] = [Buffer.from(input.mark), Buffer.from(markOf(input))];
  if (given.length !== right.length || !timingSafeEqual(given, right)) {
    throw new DomainError("conflict", { reason: "rule.not_rehearsed" });
  }
  const { rule, replaces } = input;
  await inTransaction(async (tx) => {
    if (replaces !== null && !(await retireRule(tx, permit, replaces))) {
      throw new DomainError("conflict", { reason: "rule.gone" });
    }
    const id = await insertRule(tx, permit, rule);
    const note = replaces === null ? `#${id}` : `#${replaces} → #${id}`;
    await logSiteChange(tx, permit, {
      kind: "SET_RULE",
      reason: replaces === null ? "rule.made" : "rule.changed",
      note,
    });
  });
  forgetScreening();
  return [{ type: "ScreeningChanged" }, { type: "ModerationLogged" }];
}

/** Takes a rule out of force. @throws DomainError `forbidden`, `conflict` when it is not in force any more */
export async function retire(ctx: Context, input: { id: number }): Promise<DomainEvent[]> {
  const permit = authorize(ctx.actor, "rules.manage");
  await inTransaction(async (tx) => {
    if (!(await retireRule(tx, permit, input.id))) throw new DomainError("conflict", { reason: "rule.gone" });
    await logSiteChange(tx, permit, { kind: "SET_RULE", reason: "rule.retired", note: `#${input.id}` });
  });
  forgetScreening();
  return [{ type: "ScreeningChanged" }, { type: "ModerationLogged" }];
}
