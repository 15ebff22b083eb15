// A rule that suddenly fits too much loses its power to reject, and moderators are called.
import { beforeEach, describe, expect, it } from "vitest";
import { once } from "@/lib/once";
import { forgetScreening } from "@/lib/services/screening";
import { readTamedRules } from "@/lib/services/screening-rules";
import { aMember, anArticle, by, post, refusalOf, withoutRateLimits } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

let rule = 0;

beforeEach(async () => {
  await db.sql("UPDATE screening_rules SET retired_at = now()");
  const rows = await db.sql(
    "INSERT INTO screening_rules (kind, pattern, effect) VALUES ('WORDS', 'bees', 'REJECT') RETURNING id",
  );
  rule = Number(rows[0]?.id);
  await db.sql("DELETE FROM rule_hits");
  await db.sql("DELETE FROM screened_hours");
  Object.assign(
    once("rule-hits", () => ({})),
    { comments: 0, hits: new Map(), since: 0 },
  );
  forgetScreening();
});

/** So many comments of these words; what became of the last. */
async function posted(times: number, words: string): Promise<string> {
  const article = await anArticle();
  let last = "";
  for (let nth = 0; nth < times; nth++) last = await refusalOf(post(article, { body: `${words} ${nth}` }));
  return last;
}

const tamed = async () =>
  (await db.sql("SELECT tamed_at IS NOT NULL AS tamed FROM screening_rules WHERE id = $1", [rule]))[0]?.tamed;

describe("a rule that rejects", () => {
  it("holds instead once it has fitted often and a large share of all", async () => {
    const admin = await aMember("boss", "Boss");
    await db.sql("UPDATE users SET roles = '{ADMIN}', email = 'boss@example.org' WHERE id = $1", [admin.userId]);
    await db.sql(
      "INSERT INTO screened_hours (hour, comments) VALUES (date_trunc('hour', now()) - interval '1 hour', 20)",
    );
    expect(await posted(9, "My bees")).toBe("invalid body=comment.rejected");
    expect(await tamed()).toBe(false);
    expect(await posted(1, "Your bees")).toBe("invalid body=comment.rejected");
    expect(await tamed()).toBe(true);
    const seen = await readTamedRules(by({ ...admin, roles: ["MODERATOR"] }));
    expect(seen.map(({ id }) => id)).toEqual([rule]);
    const held = await post(await anArticle(), { body: "Our bees" });
    expect(held.status).toBe("pending");
    expect(await db.sql("SELECT actor_id, reason, note FROM moderation_actions WHERE kind = 'SET_RULE'")).toEqual([
      { actor_id: null, reason: "rule.tamed", note: `#${rule}` },
    ]);
    const mails = await db.sql("SELECT payload FROM graphile_worker._private_jobs");
    expect(mails.map(({ payload }) => payload)).toMatchObject([
      { kind: "ruleTamed", userId: admin.userId, ruleId: rule },
    ]);
  });

  it("stays as it is while it fits seldom among many", async () => {
    await db.sql("INSERT INTO screened_hours (hour, comments) VALUES (date_trunc('hour', now()), 1000)");
    await posted(15, "My bees");
    expect(await tamed()).toBe(false);
  });

  it("is judged by these hours, not by last week", async () => {
    await db.sql("INSERT INTO rule_hits (rule_id, hour, hits) VALUES ($1, now() - interval '7 days', 500)", [rule]);
    await posted(3, "My bees");
    expect(await tamed()).toBe(false);
  });
});

it("what fits no rule is counted, too, by and by", async () => {
  const now = new Date();
  const article = await anArticle();
  const at = (seconds: number) => by(undefined, { now: new Date(now.getTime() + seconds * 1_000) });
  await post(article, { body: "One." }, at(0));
  await post(article, { body: "Two." }, at(1));
  await post(article, { body: "Three." }, at(2));
  expect(await db.sql("SELECT comments FROM screened_hours")).toEqual([{ comments: 1 }]);
  await post(article, { body: "Four." }, at(11));
  expect(await db.sql("SELECT comments FROM screened_hours")).toEqual([{ comments: 4 }]);
});
