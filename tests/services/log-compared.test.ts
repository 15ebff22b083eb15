// The log against what was done: every kind of decision is made once through its service, and then the public log, the private record and
// the sealed chain are compared with the list of what was done. Each line once, by whom, about what, for which reason, and no line more.
import { beforeAll, expect, it } from "vitest";
import type { Actor, MemberActor } from "@/lib/domain/actor";
import type { LogLine } from "@/lib/domain/public-log";
import { ruleSchema } from "@/lib/domain/screening-rule";
import { usualModeration } from "@/lib/domain/settings";
import type { ThreadSettings } from "@/lib/domain/thread-tools";
import type { Verdict } from "@/lib/domain/verdict";
import { appealRemoval } from "@/lib/services/appeal-removal";
import { walkRecord } from "@/lib/services/check-record";
import { decideAppeal } from "@/lib/services/decide-appeal";
import { editComment } from "@/lib/services/edit-comment";
import { moveComment, pinComment, setThread } from "@/lib/services/manage-thread";
import { moderateComment, moderateComments } from "@/lib/services/moderate-comment";
import { changeModerationSettings } from "@/lib/services/moderation-settings";
import { readModerationLog } from "@/lib/services/read-moderation-log";
import { reportComment } from "@/lib/services/report-comment";
import { lift, limitNetwork, sanctionPerson } from "@/lib/services/sanction-person";
import { rehearseRule, retire, saveRule } from "@/lib/services/screening-rules";
import { sealRecord } from "@/lib/services/seal-record";
import { undoVerdict } from "@/lib/services/undo-verdict";
import {
  aMember,
  anArticle,
  by,
  post,
  refusalOf,
  type TestArticle,
  visitorOf,
  withoutRateLimits,
} from "@/tests/services/arrange";
import { aModerator, seenNow, threeLinks } from "@/tests/services/moderation";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

/** What was done, as its doer would tell it. */
interface Deed {
  kind: string;
  /** Null: the system. */
  actor: MemberActor | null;
  /** What everybody reads as the reason; undefined where it is told to the person alone, or the line is for moderators. */
  reason: string;
  /** Undefined: the site itself. */
  about: LogLine["about"] | undefined;
  /** In public, but for notes; and its reason, but for what is told to the person alone. */
  shown: "whole" | "without words" | "not at all";
  reversal: boolean;
}

const deeds: Deed[] = [];
let article: TestArticle;
let maria: MemberActor;
let otto: MemberActor;
let boss: MemberActor;
let ada: MemberActor;

function did(actor: MemberActor | null, kind: string, reason: string, more: Partial<Deed> = {}): void {
  deeds.push({ kind, actor, reason, about: "comment", shown: "whole", reversal: false, ...more });
}

let nth = 0;
/** A remark of a stranger, as it can be read. */
async function remark(about: { parentId?: string; actor?: Actor } = {}): Promise<string> {
  nth++;
  return (await post(article, { body: `Remark ${nth}.`, parentId: about.parentId ?? null }, by(about.actor))).id;
}

/** One that is held: the system does that, and says so. */
async function held(): Promise<string> {
  nth++;
  const posted = await post(article, { body: `${threeLinks} ${nth}` });
  expect(posted.status).toBe("pending");
  did(null, "HOLD", "links");
  return posted.id;
}

const judge = async (who: MemberActor, id: string, verdict: Verdict, reason?: string) =>
  moderateComment(by(who), { id, verdict, seen: await seenNow(id), reason, note: "For moderators." });

beforeAll(async () => {
  article = await anArticle();
  maria = await aModerator(db, "maria");
  otto = await aModerator(db, "otto");
  boss = await aModerator(db, "boss", ["ADMIN"]);
  ada = await aMember("ada", "Ada");
  await db.sql("UPDATE users SET moderator_name = 'Quiet ' || handle WHERE roles <> '{}'");

  // Verdicts.
  const spam = await held();
  await judge(maria, spam, "approve");
  did(maria, "APPROVE", "verdict.approved");
  await judge(maria, spam, "markSpam");
  did(maria, "MARK_SPAM", "verdict.spam");
  const gone = await remark();
  await judge(maria, gone, "remove", "removal.OFF_TOPIC");
  did(maria, "REMOVE", "removal.OFF_TOPIC");
  const back = await judge(otto, gone, "restore");
  did(otto, "RESTORE", "verdict.restored");
  await undoVerdict(by(otto), { action: back.action });
  did(otto, "REMOVE", "verdict.taken_back", { reversal: true });
  const calm = await remark();
  await judge(otto, calm, "hold");
  did(otto, "HOLD", "verdict.held");
  // The same verdict again is one; a verdict on what has changed is none; neither is one on oneself.
  const seen = await seenNow(calm);
  const [first, second] = await Promise.all(
    [maria, maria].map((who) => moderateComment(by(who), { id: calm, verdict: "approve", seen })),
  );
  expect(first?.action).toBe(second?.action);
  did(maria, "APPROVE", "verdict.approved");
  expect(
    await refusalOf(moderateComment(by(otto), { id: calm, verdict: "remove", seen, reason: "removal.ABUSE" })),
  ).toMatch(/^conflict/);
  const own = await remark({ actor: maria });
  expect(await refusalOf(judge(maria, own, "remove", "removal.ABUSE"))).toMatch(/^forbidden/);
  const many = [await held(), await held()];
  const items = await Promise.all(many.map(async (id) => ({ id, seen: await seenNow(id) })));
  await moderateComments(by(maria), { items, verdict: "approve" });
  for (const _ of many) did(maria, "APPROVE", "verdict.approved");

  // Edits that wait.
  for (const [verdict, kind, reason] of [
    ["approveEdit", "APPROVE_EDIT", "verdict.edit_approved"],
    ["declineEdit", "DECLINE_EDIT", "verdict.edit_declined"],
  ] as const) {
    nth++;
    const posted = await post(article, { body: `Remark ${nth}.` });
    await editComment(by(await visitorOf(posted)), { id: posted.id, body: `${threeLinks} ${nth}` });
    did(null, "HOLD", "edit.links");
    await judge(otto, posted.id, verdict);
    did(otto, kind, reason);
  }

  // Reports: unfounded, and enough of them to hold.
  const reported = await remark();
  const report = () => reportComment(by(), { id: reported, reason: "ABUSE", note: "" });
  await report();
  await judge(maria, reported, "dismissReports");
  did(maria, "DISMISS_REPORTS", "verdict.reports_dismissed");
  const disliked = await remark();
  for (let times = 0; times < 3; times++) await reportComment(by(), { id: disliked, reason: "SPAM", note: "" });
  did(null, "HOLD", "reports");

  // Removals and appeals.
  for (const [granted, kind] of [
    [true, "GRANT_APPEAL"],
    [false, "DENY_APPEAL"],
  ] as const) {
    nth++;
    const posted = await post(article, { body: `Remark ${nth}.` });
    await judge(maria, posted.id, "remove", "removal.ABUSE");
    did(maria, "REMOVE", "removal.ABUSE");
    await appealRemoval(by(await visitorOf(posted)), { id: posted.id, body: "It was meant kindly." });
    const [appeal] = await db.sql("SELECT max(id) AS id FROM appeals");
    expect(await refusalOf(decideAppeal(by(maria), { id: Number(appeal?.id), granted, answer: "No." }))).toMatch(
      /^forbidden/,
    );
    await decideAppeal(by(otto), { id: Number(appeal?.id), granted, answer: granted ? "" : "It was not kind." });
    did(otto, kind, granted ? "appeal.granted" : "appeal.denied", { shown: "without words" });
  }

  // People and networks.
  const person = { userId: ada.userId };
  const reason = "Three times in a row.";
  await sanctionPerson(by(maria), { about: person, kind: "NOTE", reason });
  did(maria, "NOTE", "sanction.note", { about: "member", shown: "not at all" });
  for (const kind of ["WARN", "MUTE", "PREMODERATE", "BAN"] as const) {
    const { id } = await sanctionPerson(by(otto), { about: person, kind, reason, days: 1 });
    did(otto, kind, reason, { about: "member", shown: "without words" });
    if (kind !== "BAN") continue;
    await lift(by(maria), { id });
    did(maria, "LIFT", "sanction.BAN", { about: "member", shown: "without words" });
  }
  await sanctionPerson(by(maria), { about: { commentId: calm }, kind: "MUTE", reason });
  did(maria, "MUTE", reason, { about: "guest", shown: "without words" });
  await limitNetwork(by(boss), { commentId: calm, kind: "BAN", reason, hours: 1 });
  did(boss, "BAN", reason, { about: "network", shown: "without words" });
  expect(await refusalOf(sanctionPerson(by(maria), { about: { userId: otto.userId }, kind: "WARN", reason }))).toMatch(
    /^forbidden/,
  );

  // Discussions.
  const open: ThreadSettings = { locked: false, mode: null, slowSeconds: null, closesAt: null };
  const set = (who: MemberActor, settings: Partial<ThreadSettings>, why: string) =>
    setThread(by(who), { slug: article.slug, settings: { ...open, ...settings }, reason: why });
  await set(maria, { locked: true }, "Enough for today.");
  did(maria, "LOCK", "Enough for today.", { about: "article" });
  await set(maria, { locked: true }, "Enough for today.");
  await set(otto, { locked: false }, "");
  did(otto, "UNLOCK", "thread.changed", { about: "article" });
  await set(otto, { slowSeconds: 30 }, "Slowly.");
  did(otto, "SET_THREAD", "Slowly.", { about: "article" });
  await set(otto, {}, "");
  did(otto, "SET_THREAD", "thread.changed", { about: "article" });
  await pinComment(by(maria), { id: calm, pinned: true });
  did(maria, "PIN", "thread.PIN");
  await pinComment(by(otto), { id: calm, pinned: false });
  did(otto, "UNPIN", "thread.UNPIN");
  const reply = await remark({ parentId: calm });
  await moveComment(by(maria), { id: reply });
  did(maria, "MOVE", "thread.MOVE");

  // The site.
  await changeModerationSettings(by(boss), { ...usualModeration, firstComments: 3 });
  did(boss, "SET_SITE", "settings.moderation", { about: undefined });
  const rule = ruleSchema.parse({ kind: "WORDS", pattern: "casino", effect: "HOLD" });
  const { mark } = await rehearseRule(by(boss), { rule, replaces: null });
  await saveRule(by(boss), { rule, replaces: null, mark });
  did(boss, "SET_RULE", "rule.made", { about: undefined });
  const [made] = await db.sql("SELECT max(id) AS id FROM screening_rules");
  await retire(by(boss), { id: Number(made?.id) });
  did(boss, "SET_RULE", "rule.retired", { about: undefined });
});

it("does every kind of thing that the log knows, so nothing is left out of the comparison", async () => {
  const kinds = await db.sql("SELECT unnest(enum_range(NULL::moderation_kind))::text AS kind");
  expect([...new Set(deeds.map(({ kind }) => kind))].sort()).toEqual(kinds.map(({ kind }) => String(kind)).sort());
});

it("is in the private record line by line: once, in order, by whom, why", async () => {
  const rows = await db.sql("SELECT kind::text, actor_id, reason, reversal FROM moderation_actions ORDER BY id");
  expect(rows).toEqual(
    deeds.map(({ kind, actor, reason, reversal }) => ({ kind, actor_id: actor?.userId ?? null, reason, reversal })),
  );
});

it("is in the public log line by line, by public names, but for notes and what is told to a person alone", async () => {
  const lines: LogLine[] = [];
  for (let before: number | undefined; ; ) {
    const page = await readModerationLog(by(), { show: undefined, article: undefined, before });
    lines.push(...page.lines);
    if (page.older === null) break;
    before = page.older;
  }
  const told = lines.reverse().map(({ kind, by: who, reason, about, reversal }) => ({
    kind,
    by: who?.name ?? null,
    reason,
    about: kind === "SET_SITE" || kind === "SET_RULE" ? undefined : about,
    reversal,
  }));
  const expected = deeds
    .filter(({ shown }) => shown !== "not at all")
    .map(({ kind, actor, reason, about, shown, reversal }) => ({
      kind,
      by: actor && `Quiet ${actor.handle}`,
      reason: shown === "whole" ? reason : "",
      about,
      reversal,
    }));
  expect(told).toEqual(expected);
  expect(JSON.stringify(lines)).not.toMatch(/Ada|Maria|Otto|Three times|For moderators|not kind/);
});

it("is in the sealed chain line by line, and nothing was changed", async () => {
  await sealRecord();
  expect(await walkRecord()).toMatchObject({ faults: [], waiting: 0 });
  const sealed = await db.sql(
    `SELECT m.kind::text FROM record_seals s JOIN moderation_actions m ON m.id = s.line_id WHERE s.record = 'moderation' ORDER BY s.seq`,
  );
  expect(sealed.map(({ kind }) => kind)).toEqual(deeds.map(({ kind }) => kind));
});
