// Screening as the site does it: settings, articles' own modes, rules, the classifier, suspicion; new comments and edits.
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Actor, MemberActor } from "@/lib/domain/actor";
import { isDomainError } from "@/lib/domain/errors";
import { type ModerationSettings, moderationRows, usualModeration } from "@/lib/domain/settings";
import type { Context } from "@/lib/services/context";
import { editComment } from "@/lib/services/edit-comment";
import { learn } from "@/lib/services/learn";
import type { PostComment } from "@/lib/services/post-comment";
import { forgetScreening } from "@/lib/services/screening";
import { inTransaction } from "@/lib/store/client";
import { writeSetting } from "@/lib/store/settings";
import { learntEnough } from "@/lib/text/spam-score";
import {
  aMember,
  anArticle,
  aVisitor,
  by,
  post,
  refusalOf,
  stranger,
  type TestArticle,
  withoutRateLimits,
} from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";
import { aProof } from "@/tests/support/proof";

const db = freshDatabase();
withoutRateLimits();

let article: TestArticle;
let member: MemberActor;
let moderator: MemberActor;
let serial = 0;

beforeAll(async () => {
  article = await anArticle();
  member = await aMember("ada", "Ada");
  moderator = { ...(await aMember("mod", "Moderator")), roles: ["MODERATOR"] };
});

async function set(settings: Partial<ModerationSettings>): Promise<void> {
  await inTransaction(async (tx) => {
    for (const row of moderationRows({ ...usualModeration, ...settings })) await writeSetting(tx, row);
  });
  forgetScreening();
}

async function aRule(kind: string, pattern: string, effect = "HOLD"): Promise<number> {
  const [row] = await db.sql(
    "INSERT INTO screening_rules (kind, pattern, effect) VALUES ($1::rule_kind, $2, $3::rule_effect) RETURNING id",
    [kind, pattern, effect],
  );
  forgetScreening();
  return Number(row?.id);
}

afterEach(async () => {
  await set({});
  await db.sql("UPDATE screening_rules SET retired_at = now()");
  await db.sql("UPDATE threads SET mode = NULL, slow_seconds = NULL, closes_at = NULL");
  forgetScreening();
});

/** "published", "pending words (casino)", or the refusal. */
async function fate(who: Actor | Context, about: Partial<PostComment> = {}, where = article): Promise<string> {
  const ctx = "network" in who ? who : by(who);
  let posted: Awaited<ReturnType<typeof post>> | undefined;
  const refusal = await refusalOf(
    post(where, { body: `Remark ${++serial}.`, ...about }, ctx).then((done) => {
      posted = done;
    }),
  );
  return posted ? told(posted.id) : refusal;
}

async function told(id: string): Promise<string> {
  const [row] = await db.sql(
    `SELECT lower(c.status::text) AS status, c.held_reason AS why, m.note FROM comments c
     LEFT JOIN moderation_actions m ON m.comment_id = c.id WHERE c.id = $1 ORDER BY m.id DESC LIMIT 1`,
    [id],
  );
  return [row?.status, row?.why, row?.note && `(${row.note})`].filter(Boolean).join(" ");
}

describe("the site's mode", () => {
  const guest = async () => stranger as Actor;
  const table: [string, Partial<ModerationSettings>, () => Promise<Actor>, Partial<PostComment>, string][] = [
    ["open: a guest's is seen at once", {}, guest, {}, "published"],
    ["hold first posts: a stranger's waits", { mode: "HOLD_FIRST" }, guest, {}, "pending first"],
    [
      "hold first posts: who was seen once is seen again",
      { mode: "HOLD_FIRST" },
      () => aVisitorSeen(),
      {},
      "published",
    ],
    [
      "hold first posts: twice, where two are held",
      { mode: "HOLD_FIRST", firstComments: 2 },
      () => aVisitorSeen(),
      {},
      "pending first",
    ],
    ["hold links: no link, no wait", { mode: "HOLD_LINKS" }, async () => member, {}, "published"],
    [
      "hold links: a member's link waits",
      { mode: "HOLD_LINKS" },
      async () => member,
      { body: "https://a.example" },
      "pending links",
    ],
    ["guests' links as the site has it", { guestLinks: 0 }, guest, { body: "See https://a.example" }, "pending links"],
    ["hold all: a member's waits", { mode: "HOLD_ALL" }, async () => member, {}, "pending all"],
    ["hold all: a moderator's does not", { mode: "HOLD_ALL" }, async () => moderator, {}, "published"],
    ["closed: nobody posts", { mode: "CLOSED" }, async () => moderator, {}, "closed thread.closed"],
  ];
  it.each(table)("%s", async (_sentence, settings, who, about, expected) => {
    const actor = await who();
    await set(settings);
    expect(await fate(actor, about)).toBe(expected);
  });

  /** Somebody with one comment that readers see. */
  async function aVisitorSeen() {
    await set({});
    return aVisitor(await anArticle());
  }
});

describe("an article's own way", () => {
  const of = (sql: string) => db.sql(`UPDATE threads SET ${sql} WHERE id = $1`, [article.threadId]);
  it("goes before the site's", async () => {
    await set({ mode: "HOLD_ALL" });
    await of("mode = 'OPEN'");
    expect(await fate(stranger)).toBe("published");
    await of("mode = 'CLOSED'");
    expect(await fate(stranger)).toBe("closed thread.closed");
    expect(await fate(stranger, {}, await anArticle())).toBe("pending all");
  });

  it("closes on its day", async () => {
    await of("closes_at = now() + interval '1 hour'");
    expect(await fate(stranger)).toBe("published");
    await of("closes_at = now() - interval '1 second'");
    expect(await fate(stranger)).toBe("closed thread.closed");
  });

  it("closes so many days after it appeared, unless it has a day of its own", async () => {
    await set({ closeAfterDays: 30 });
    const old = await anArticle();
    await db.sql("UPDATE articles SET first_published_at = now() - interval '31 days' WHERE id = $1", [old.articleId]);
    expect(await fate(stranger, {}, old)).toBe("closed thread.closed");
    expect(await fate(stranger)).toBe("published");
    await db.sql("UPDATE threads SET closes_at = now() + interval '1 day' WHERE id = $1", [old.threadId]);
    expect(await fate(stranger, {}, old)).toBe("published");
  });

  it("slows everybody down but moderators, here and nowhere else", async () => {
    const [slow, other] = [await anArticle(), await anArticle()];
    await db.sql("UPDATE threads SET slow_seconds = 600 WHERE id = $1", [slow.threadId]);
    const visitor = await aVisitor(other);
    for (const who of [member, visitor]) {
      expect(await fate(who, {}, slow)).toBe("published");
      expect(await fate(who, {}, slow)).toBe("rate_limited thread.slow");
      expect(await fate(who, {}, other)).toBe("published");
    }
    await db.sql("UPDATE comments SET created_at = now() - interval '601 seconds' WHERE thread_id = $1", [
      slow.threadId,
    ]);
    expect(await fate(member, {}, slow)).toBe("published");
    expect([await fate(moderator, {}, slow), await fate(moderator, {}, slow)]).toEqual(["published", "published"]);
  });

  it("tells how long to wait", async () => {
    const slow = await anArticle();
    await set({ slowSeconds: 600 });
    await post(slow, { body: "One." }, by(member));
    const error = await post(slow, { body: "Two." }, by(member)).catch((thrown: unknown) => thrown);
    if (!isDomainError(error)) throw error;
    expect(error.details.retryAfter).toBeGreaterThan(590);
    expect(error.details.retryAfter).toBeLessThanOrEqual(600);
  });
});

describe("rules", () => {
  it.each([
    ["words, also disguised", "WORDS", "casino", "The саsino wins", "pending words (саsino)"],
    ["words in emphasis", "WORDS", "casino", "the ca**si**no wins", "pending words (casino)"],
    ["no word inside another", "WORDS", "cunt", "Scunthorpe wins", "published"],
    ["a link's host", "LINK", "bets.example", "[see](https://www.bets.example/x)", "pending host (www.bets.example)"],
    ["a host that is only written", "LINK", "bets.example", "go to bets.example now", "pending host (bets.example)"],
    ["a pattern", "PATTERN", "free.{0,20}money", "Free and easy money", "pending pattern (free.{0,20}money)"],
  ])("hold %s", async (_sentence, kind, pattern, body, expected) => {
    await aRule(kind, pattern);
    expect(await fate(member, { body: `${body} ${++serial}` })).toBe(expected);
  });

  it("reject, and nothing is written but that they fitted", async () => {
    const rule = await aRule("WORDS", "casino", "REJECT");
    const before = await db.sql("SELECT count(*) FROM comments");
    expect(await fate(stranger, { body: "Casino!" })).toBe("invalid body=comment.rejected");
    expect(await db.sql("SELECT count(*) FROM comments")).toEqual(before);
    expect(await db.sql("SELECT hits FROM rule_hits WHERE rule_id = $1", [rule])).toEqual([{ hits: 1 }]);
  });

  it("do not count for moderators", async () => {
    const rule = await aRule("WORDS", "casino", "REJECT");
    expect(await fate(moderator, { body: `Casino ${++serial}` })).toBe("published");
    expect(await db.sql("SELECT hits FROM rule_hits WHERE rule_id = $1", [rule])).toEqual([]);
  });
});

describe("edits", () => {
  it("are screened like new comments: the old text stays while the new one waits", async () => {
    await aRule("WORDS", "casino");
    const posted = await post(article, { body: "Harmless." }, by(member));
    const edited = await editComment(by(member), { id: posted.id, body: "Casino." });
    expect(edited.status).toBe("pending");
    const [row] = await db.sql("SELECT status, body, pending_body, held_reason FROM comments WHERE id = $1", [
      posted.id,
    ]);
    expect(row).toEqual({ status: "PUBLISHED", body: "Harmless.", pending_body: "Casino.", held_reason: "words" });
    expect(await told(posted.id)).toBe("published words (Casino)");
  });

  it("are refused by a rule that rejects, by a ban, and in a closed discussion", async () => {
    const posted = await post(article, { body: "Harmless again." }, by(member));
    const edit = () => refusalOf(editComment(by(member), { id: posted.id, body: "Roulette." }));
    await aRule("WORDS", "roulette", "REJECT");
    expect(await edit()).toBe("invalid body=comment.rejected");
    await set({ mode: "CLOSED" });
    expect(await edit()).toBe("closed thread.closed");
    await set({});
    await db.sql(
      "INSERT INTO sanctions (kind, user_id, reason, ends_at) VALUES ('BAN', $1, 'x', now() + interval '1 day')",
      [member.userId],
    );
    expect(await edit()).toBe("forbidden sanction.banned");
    await db.sql("UPDATE sanctions SET lifted_at = now()");
  });

  it("know nothing of slow mode, and a first comment is no proof of itself", async () => {
    const fresh = await aMember(`new${++serial}`, `New ${serial}`);
    const posted = await post(article, { body: "My first." }, by(fresh));
    await set({ slowSeconds: 600 });
    expect((await editComment(by(fresh), { id: posted.id, body: "My very first." })).status).toBe("published");
    await set({ mode: "HOLD_FIRST" });
    expect((await editComment(by(fresh), { id: posted.id, body: "Something else entirely." })).status).toBe("pending");
  });

  it("of what waits for an address alone are remembered for what they are", async () => {
    const unsure = { ...(await aMember(`unsure${++serial}`, `Unsure ${serial}`)), verified: false };
    const posted = await post(article, { body: "Harmless too." }, by(unsure));
    expect(await told(posted.id)).toBe("pending unverified");
    await aRule("WORDS", "jackpot");
    await editComment(by(unsure), { id: posted.id, body: "Jackpot." });
    expect(await told(posted.id)).toBe("pending words");
  });
});

describe("the classifier", () => {
  const spam = '<p>Cheap watches, best price, order today <a href="https://watches.example/">here</a></p>';
  const ham = "<p>I wonder whether bees see the polarised sky on cloudy days.</p>";
  const spamBody = "Best price for cheap watches, order today";

  it("is not asked before it has learnt enough, then holds, and unlearns", async () => {
    const teach = (html: string, verdict: "spam" | "ham" | null, before: "spam" | "ham" | null = null) =>
      inTransaction((tx) => learn(tx, { html, verdict, before }));
    for (let nth = 1; nth < learntEnough; nth++) await teach(spam, "spam");
    for (let nth = 0; nth < learntEnough; nth++) await teach(ham, "ham");
    forgetScreening();
    expect(await fate(stranger, { body: `${spamBody} one` })).toBe("published");
    await teach(spam, "spam");
    forgetScreening();
    expect(await fate(stranger, { body: `${spamBody} two` })).toBe("pending spam (99 %)");
    expect(await fate(stranger, { body: "I wonder whether bees see on cloudy days." })).toBe("published");
    const [row] = await db.sql("SELECT spam_score FROM comments WHERE body LIKE 'I wonder%'");
    expect(row?.spam_score).toBeLessThan(0.1);
    await set({ spamPercent: 100 });
    expect(await fate(stranger, { body: `${spamBody} three` })).toBe("published");
    await set({});
    // The same verdict again teaches nothing; another one takes the first back.
    const counts = () => db.sql("SELECT spam, ham FROM spam_tokens WHERE token = ''");
    expect(await counts()).toEqual([{ spam: learntEnough, ham: learntEnough }]);
    await teach(spam, "spam", "spam");
    expect(await counts()).toEqual([{ spam: learntEnough, ham: learntEnough }]);
    await teach(spam, "ham", "spam");
    expect(await counts()).toEqual([{ spam: learntEnough - 1, ham: learntEnough + 1 }]);
    await teach(spam, null, "ham");
    expect(await counts()).toEqual([{ spam: learntEnough - 1, ham: learntEnough }]);
    forgetScreening();
    expect(await fate(stranger, { body: `${spamBody} four` })).toBe("published");
  });

  it("learns from two moderators at once without losing a word", async () => {
    await db.sql("TRUNCATE spam_tokens");
    await Promise.all(
      Array.from({ length: 8 }, (_, nth) =>
        inTransaction((tx) =>
          learn(tx, { html: nth % 2 ? spam : ham, verdict: nth % 2 ? "spam" : "ham", before: null }),
        ),
      ),
    );
    expect(await db.sql("SELECT spam, ham FROM spam_tokens WHERE token = ''")).toEqual([{ spam: 4, ham: 4 }]);
  });
});

describe("suspicion", () => {
  const suspicious = { body: "See https://a.example", ageMs: 10 };

  it("asks a browser with scripts for a proof of work, which lets the comment through once", async () => {
    const error = await post(article, { ...suspicious, body: "See https://a.example/1" }).catch(
      (thrown: unknown) => thrown,
    );
    if (!isDomainError(error)) throw error;
    expect([error.code, error.details.reason]).toEqual(["rate_limited", "comment.proof"]);
    const proof = await aProof("comment");
    expect(await fate(stranger, { ...suspicious, body: "See https://a.example/2", proof })).toBe("published");
    expect(await fate(stranger, { ...suspicious, body: "See https://a.example/3", proof })).toBe("pending suspicion");
  });

  it.each([
    ["without scripts", { honeypot: "x", ageMs: undefined }],
    ["whose browser cannot make one", { ageMs: 10, proof: "" }],
    ["with garbage for one", { ageMs: 10, proof: "{}" }],
  ])("holds a comment %s", async (_sentence, about) => {
    expect(await fate(stranger, { body: `See https://a.example ${++serial}`, ...about })).toBe("pending suspicion");
  });

  it("takes a proof for logging in for none", async () => {
    const proof = await aProof("logIn");
    expect(await fate(stranger, { ...suspicious, body: `See https://a.example ${++serial}`, proof })).toBe(
      "pending suspicion",
    );
  });

  it("is no way around another reason to wait", async () => {
    await aRule("WORDS", "casino");
    expect(await fate(stranger, { ...suspicious, body: "Casino https://a.example" })).toBe("pending words (Casino)");
  });
});
