// What an admin sets: the settings of moderation, and rules that are rehearsed on real comments before they act.
import { beforeAll, describe, expect, it } from "vitest";
import type { Actor, MemberActor } from "@/lib/domain/actor";
import { ruleSchema, type WrittenRule } from "@/lib/domain/screening-rule";
import { usualModeration } from "@/lib/domain/settings";
import { changeModerationSettings, readModerationSettings } from "@/lib/services/moderation-settings";
import { readRules, rehearseRule, retire, saveRule } from "@/lib/services/screening-rules";
import {
  aMember,
  anArticle,
  by,
  post,
  refusalOf,
  stranger,
  type TestArticle,
  withoutRateLimits,
} from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

let article: TestArticle;
let admin: MemberActor;
let moderator: MemberActor;

beforeAll(async () => {
  article = await anArticle();
  admin = { ...(await aMember("boss", "Boss")), roles: ["ADMIN"] };
  moderator = { ...(await aMember("mod", "Moderator")), roles: ["MODERATOR"] };
});

const rule = (about: Partial<WrittenRule> = {}): WrittenRule =>
  ruleSchema.parse({ kind: "WORDS", pattern: "casino", effect: "HOLD", ...about });

async function save(wish: WrittenRule, replaces: number | null = null) {
  const { mark } = await rehearseRule(by(admin), { rule: wish, replaces });
  return saveRule(by(admin), { rule: wish, replaces, mark });
}

const newest = async () => Number((await db.sql("SELECT max(id) AS id FROM screening_rules"))[0]?.id);

describe("settings", () => {
  it("count at once, stay, and leave a line that says what is another now", async () => {
    const settings = { ...usualModeration, mode: "HOLD_ALL", firstComments: 2 } as const;
    expect((await post(article, { body: "Before." })).status).toBe("published");
    expect(await changeModerationSettings(by(admin), settings)).toEqual([
      { type: "SiteChanged" },
      { type: "ModerationLogged" },
    ]);
    expect((await post(article, { body: "After." })).status).toBe("pending");
    expect(await readModerationSettings(by(admin))).toEqual(settings);
    expect(await changeModerationSettings(by(admin), settings)).toEqual([]);
    await changeModerationSettings(by(admin), usualModeration);
    const lines = await db.sql("SELECT actor_id, note FROM moderation_actions WHERE kind = 'SET_SITE' ORDER BY id");
    expect(lines).toEqual([
      { actor_id: admin.userId, note: "mode: OPEN → HOLD_ALL, firstComments: 1 → 2" },
      { actor_id: admin.userId, note: "mode: HOLD_ALL → OPEN, firstComments: 2 → 1" },
    ]);
  });
});

describe("who may", () => {
  it.each([
    ["a visitor", () => stranger as Actor],
    ["a moderator", () => moderator],
  ])("not %s", async (_who, who) => {
    const ctx = by(who());
    const wish = { rule: rule(), replaces: null };
    const { mark } = await rehearseRule(by(admin), wish);
    for (const attempt of [
      readRules(ctx),
      rehearseRule(ctx, wish),
      saveRule(ctx, { ...wish, mark }),
      retire(ctx, { id: 1 }),
    ]) {
      expect(await refusalOf(attempt)).toBe("forbidden forbidden.rules.manage");
    }
    const settings = "forbidden forbidden.moderationSettings.manage";
    expect(await refusalOf(readModerationSettings(ctx))).toBe(settings);
    expect(await refusalOf(changeModerationSettings(ctx, usualModeration))).toBe(settings);
  });
});

describe("a rehearsal", () => {
  it("shows what the rule would have fitted beside what moderators decided", async () => {
    const bodies = ["A **jack**pot!", "Jackpot again", "Another jackpot", "My jаckpot", "No luck"];
    const ids: string[] = [];
    for (const body of bodies) ids.push((await post(article, { body })).id);
    const [removed, approved, spam, , other] = ids;
    await db.sql("UPDATE comments SET status = 'REMOVED', removal_reason = 'removal.SPAM' WHERE id = $1", [removed]);
    await db.sql("UPDATE comments SET status = 'SPAM' WHERE id = $1", [spam]);
    await db.sql(
      "INSERT INTO moderation_actions (kind, actor_id, comment_id, from_status, to_status, reason) VALUES ('APPROVE', $1, $2, 'PENDING', 'PUBLISHED', 'verdict.approved')",
      [moderator.userId, approved],
    );
    const rehearsal = await rehearseRule(by(admin), { rule: rule({ pattern: "jackpot" }), replaces: null });
    expect(rehearsal.counts).toEqual({ against: 2, for: 1, nothing: 1 });
    expect(rehearsal.looked).toBeGreaterThanOrEqual(5);
    expect(rehearsal.fitted.map(({ written, decided }) => `${written} ${decided}`)).toEqual([
      "jаckpot nothing",
      "jackpot against",
      "Jackpot for",
      "jackpot against",
    ]);
    expect(rehearsal.fitted.map(({ id }) => id)).not.toContain(other);
  });

  it("is needed, for exactly this rule in exactly this place", async () => {
    const asked = { rule: rule(), replaces: null };
    const { mark } = await rehearseRule(by(admin), asked);
    const refused = "conflict rule.not_rehearsed";
    expect(await refusalOf(saveRule(by(admin), { ...asked, mark: "" }))).toBe(refused);
    expect(await refusalOf(saveRule(by(admin), { ...asked, rule: rule({ pattern: "bees" }), mark }))).toBe(refused);
    expect(await refusalOf(saveRule(by(admin), { ...asked, rule: rule({ effect: "REJECT" }), mark }))).toBe(refused);
    expect(await refusalOf(saveRule(by(admin), { ...asked, replaces: 1, mark }))).toBe(refused);
    expect(await refusalOf(saveRule(by(admin), { ...asked, rule: rule({ note: "Because." }), mark }))).toBe("done");
  });

  it("looks at the last thousand and lets others' requests go on", async () => {
    await db.sql(
      `INSERT INTO comments (thread_id, status, author_name, body, html, renderer_version, body_hash, place, root_place, user_id)
       SELECT $1, 'PENDING', 'Plenty', 'x', '<p>A quiet remark about bees and their dance.</p>', 1, '', NULL, NULL, $2 FROM generate_series(1, 1100)`,
      [article.threadId, admin.userId],
    );
    let breaths = 0;
    const count = () => {
      breaths++;
      timer = setImmediate(count);
    };
    let timer = setImmediate(count);
    const rehearsal = await rehearseRule(by(admin), {
      rule: rule({ kind: "PATTERN", pattern: "bees.{0,20}dance" }),
      replaces: null,
    });
    clearImmediate(timer);
    expect(rehearsal).toMatchObject({ looked: 1_000, counts: { nothing: 1_000 } });
    expect(rehearsal.fitted.length).toBeLessThan(100);
    expect(breaths).toBeGreaterThan(20);
    await db.sql("UPDATE comments SET status = 'DELETED', body = '', html = '' WHERE author_name = 'Plenty'");
  });
});

describe("rules", () => {
  it("act at once; a changed one is a new one, and the old one is retired", async () => {
    await save(rule({ pattern: "roulette", note: "A flood in May." }));
    const first = await newest();
    expect((await post(article, { body: "Roulette one" })).status).toBe("pending");
    await save(rule({ pattern: "roulette", effect: "REJECT" }), first);
    const second = await newest();
    expect(await refusalOf(post(article, { body: "Roulette two" }))).toBe("invalid body=comment.rejected");
    const [listed] = (await readRules(by(admin))).filter(({ pattern }) => pattern === "roulette");
    expect(listed).toMatchObject({ id: second, effect: "REJECT", createdBy: "Boss", tamedAt: null, hits: 1 });
    expect(await refusalOf(save(rule({ pattern: "roulette" }), first))).toBe("conflict rule.gone");
    await retire(by(admin), { id: second });
    expect((await post(article, { body: "Roulette three" })).status).toBe("published");
    expect(await refusalOf(retire(by(admin), { id: second }))).toBe("conflict rule.gone");
    const lines = await db.sql(
      "SELECT reason, note FROM moderation_actions WHERE kind = 'SET_RULE' ORDER BY id DESC LIMIT 3",
    );
    expect(lines.reverse()).toEqual([
      { reason: "rule.made", note: `#${first}` },
      { reason: "rule.changed", note: `#${first} → #${second}` },
      { reason: "rule.retired", note: `#${second}` },
    ]);
  });

  it("changed by two at once: one wins", async () => {
    await save(rule({ pattern: "baccarat" }));
    const first = await newest();
    const two = ["baccarat\npoker", "baccarat\nbingo"].map((pattern) => refusalOf(save(rule({ pattern }), first)));
    expect((await Promise.all(two)).sort()).toEqual(["conflict rule.gone", "done"]);
  });
});
