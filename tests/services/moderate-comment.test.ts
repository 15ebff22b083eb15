// Verdicts: what each does to status, places, counts, reports and log; that one on a state that changed is refused with what
// happened; and that two at once never both win.
import { beforeAll, describe, expect, it } from "vitest";
import type { MemberActor } from "@/lib/domain/actor";
import type { Verdict } from "@/lib/domain/verdict";
import { deleteComment, editComment } from "@/lib/services/edit-comment";
import { moderateComment, moderateComments } from "@/lib/services/moderate-comment";
import { readComment } from "@/lib/services/read-comment";
import { reportComment } from "@/lib/services/report-comment";
import { undoVerdict } from "@/lib/services/undo-verdict";
import {
  anArticle,
  by,
  post,
  refusalOf,
  stranger,
  type TestArticle,
  visitorOf,
  withoutRateLimits,
} from "@/tests/services/arrange";
import { aHeldComment, aModerator, seenNow, threeLinks } from "@/tests/services/moderation";
import { miscounts } from "@/tests/services/recount";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

let article: TestArticle;
let maria: MemberActor;
let otto: MemberActor;
beforeAll(async () => {
  article = await anArticle();
  maria = await aModerator(db, "maria");
  otto = await aModerator(db, "otto");
});

async function judge(id: string, verdict: Verdict, about: { who?: MemberActor; reason?: string } = {}) {
  const reason = about.reason ?? (verdict === "remove" ? "removal.ABUSE" : undefined);
  return moderateComment(by(about.who ?? maria), { id, verdict, seen: await seenNow(id), reason });
}

async function report(id: string): Promise<void> {
  await reportComment(by(), { id, reason: "ABUSE", note: "" });
  // What reports weigh is their service's affair; here they count.
  await db.sql("UPDATE comments SET report_weight = greatest(report_weight, 1) WHERE id = $1", [id]);
}

const rowOf = async (id: string) => {
  const [row] = await db.sql(
    `SELECT status::text, place, removal_reason, pending_body, body, revision, waiting_since IS NOT NULL AS waits,
            (SELECT string_agg(state::text, ',' ORDER BY id) FROM reports WHERE comment_id = c.id) AS reports
     FROM comments c WHERE id = $1`,
    [id],
  );
  return row;
};

const logOf = (id: string) =>
  db.sql(
    `SELECT kind::text, actor_id, from_status::text AS "from", to_status::text AS "to", reason, reversal
     FROM moderation_actions WHERE comment_id = $1 ORDER BY id`,
    [id],
  );

describe("a verdict", () => {
  it("lets a held comment be seen, in its place, and counts it once", async () => {
    const parent = await post(article, { body: "Above." });
    const held = await aHeldComment(article, { parentId: parent.id });
    const { events } = await judge(held.id, "approve");
    expect(await rowOf(held.id)).toMatchObject({ status: "PUBLISHED", waits: false });
    expect(events).toEqual([
      {
        type: "CommentPublished",
        articleId: article.articleId,
        articleSlug: article.slug,
        commentId: held.id,
        authorHandle: null,
      },
      { type: "ModerationLogged" },
    ]);
    expect((await readComment(by(), { id: held.id })).subThread.node.comment.html).toContain("a.example");
    expect(await miscounts(db)).toEqual([]);
  });

  it.each<[Verdict, "PUBLISHED" | "PENDING", string, string, string]>([
    ["markSpam", "PENDING", "SPAM", "", "verdict.spam"],
    ["remove", "PENDING", "REMOVED", "", "removal.ABUSE"],
    ["markSpam", "PUBLISHED", "SPAM", "UPHELD", "verdict.spam"],
    ["remove", "PUBLISHED", "REMOVED", "UPHELD", "removal.ABUSE"],
    ["hold", "PUBLISHED", "PENDING", "OPEN", "verdict.held"],
    ["dismissReports", "PUBLISHED", "PUBLISHED", "DISMISSED", "verdict.reports_dismissed"],
  ])("%s on %s gives %s, reports %s", async (verdict, from, to, reports, reason) => {
    const { id } = from === "PENDING" ? await aHeldComment(article) : await post(article, { body: `To ${verdict}.` });
    if (from === "PUBLISHED") await report(id);
    await judge(id, verdict);
    expect(await rowOf(id)).toMatchObject({ status: to, reports: reports || null, waits: to === "PENDING" });
    expect((await logOf(id)).at(-1)).toEqual({
      kind: { markSpam: "MARK_SPAM", remove: "REMOVE", hold: "HOLD", dismissReports: "DISMISS_REPORTS" }[
        verdict as "hold"
      ],
      actor_id: maria.userId,
      from,
      to,
      reason,
      reversal: false,
    });
    expect(await miscounts(db)).toEqual([]);
  });

  it("gives a removed comment back to its readers, in the place that it had", async () => {
    const { id } = await post(article, { body: "Wrongly removed." });
    const before = await rowOf(id);
    await judge(id, "remove");
    expect((await readComment(by(), { id })).subThread.node.comment).toMatchObject({ html: "", status: "REMOVED" });
    await judge(id, "restore", { who: otto });
    expect(await rowOf(id)).toEqual(before);
    expect(await miscounts(db)).toEqual([]);
  });

  it("needs a reason for a removal, and a moderator who did not write it", async () => {
    const { id } = await post(article, { body: "By somebody." });
    const own = await post(article, { body: "By Maria." }, by(maria));
    const seen = await seenNow(id);
    const editor = await aModerator(db, "edda", ["EDITOR"]);
    const program: MemberActor = { ...otto, scopes: ["read", "comment", "write"] };
    const tries: [string, () => Promise<unknown>][] = [
      ["invalid reason=verdict.reason_missing", () => moderateComment(by(maria), { id, verdict: "remove", seen })],
      ["forbidden forbidden.comment.moderate", () => judge(own.id, "hold")],
      ["forbidden forbidden.moderation.enter", () => judge(id, "hold", { who: editor })],
      ["forbidden forbidden.moderation.enter", () => judge(id, "hold", { who: program })],
      ["forbidden forbidden.moderation.enter", () => moderateComment(by(stranger), { id, verdict: "hold", seen })],
      ["not_found", () => moderateComment(by(maria), { id: "999999999", verdict: "hold", seen })],
    ];
    for (const [refusal, attempt] of tries) expect(await refusalOf(attempt())).toBe(refusal);
    // Nor what one's own browser left anonymously.
    const visitor = await visitorOf(await post(article, { body: "Left by Otto, anonymously." }));
    const left = await post(article, { body: "And another." }, by(visitor));
    const both: MemberActor = { ...otto, visitorId: visitor.visitorId };
    expect(await refusalOf(judge(left.id, "hold", { who: both }))).toBe("forbidden forbidden.comment.moderate");
  });
});

describe("an edit that waits", () => {
  async function anEdit() {
    const posted = await post(article, { body: "Plain at first." });
    const author = await visitorOf(posted);
    await editComment(by(author), { id: posted.id, body: threeLinks });
    return { id: posted.id, author };
  }

  it("takes the place of the text when it is approved", async () => {
    const { id } = await anEdit();
    await judge(id, "approveEdit");
    expect(await rowOf(id)).toMatchObject({ status: "PUBLISHED", body: threeLinks, pending_body: null, revision: 2 });
    expect((await rowOf(id))?.waits).toBe(false);
  });

  it("is put aside when it is declined, and not lost", async () => {
    const { id } = await anEdit();
    await judge(id, "declineEdit");
    expect(await rowOf(id)).toMatchObject({ body: "Plain at first.", pending_body: null, revision: 3, waits: false });
    expect(
      await db.sql("SELECT number, body, public FROM comment_revisions WHERE comment_id = $1 ORDER BY 1", [id]),
    ).toEqual([
      { number: 1, body: "Plain at first.", public: false },
      { number: 2, body: threeLinks, public: false },
    ]);
  });

  it("goes with its comment when that is removed", async () => {
    const { id } = await anEdit();
    await judge(id, "remove");
    expect(await rowOf(id)).toMatchObject({ status: "REMOVED", pending_body: null, waits: false });
  });

  it("is not approved unread: another edit came meanwhile", async () => {
    const { id, author } = await anEdit();
    const seen = await seenNow(id);
    await editComment(by(author), { id, body: `${threeLinks} and [d](https://d.example)` });
    expect(await refusalOf(moderateComment(by(maria), { id, verdict: "approveEdit", seen }))).toBe(
      "conflict verdict.after.edit",
    );
  });
});

describe("a state that changed meanwhile", () => {
  it("is refused with what happened, by whom", async () => {
    const { id } = await aHeldComment(article);
    const seen = await seenNow(id);
    await judge(id, "approve", { who: otto });
    const late = moderateComment(by(maria), { id, verdict: "remove", seen, reason: "removal.SPAM" });
    await expect(late).rejects.toMatchObject({
      code: "conflict",
      details: { reason: "verdict.after.APPROVE", values: { who: "Otto" } },
    });
    expect(await rowOf(id)).toMatchObject({ status: "PUBLISHED" });
  });

  it.each<[string, string, (id: string, author: Parameters<typeof by>[0]) => Promise<unknown>]>([
    ["its author deleted it", "conflict verdict.after.delete", (id, author) => deleteComment(by(author), { id })],
    [
      "its author edited it",
      "conflict verdict.after.edit",
      (id, author) => editComment(by(author), { id, body: "New." }),
    ],
    ["it was reported", "conflict verdict.after.report", (id) => report(id)],
  ])("%s", async (_sentence, refusal, happen) => {
    const posted = await post(article, { body: "As it was seen." });
    const seen = await seenNow(posted.id);
    await happen(posted.id, await visitorOf(posted));
    const late = moderateComment(by(maria), { id: posted.id, verdict: "hold", seen });
    expect(await refusalOf(late)).toBe(refusal);
  });

  it("what its author deleted is neither restored nor revealed", async () => {
    const posted = await post(article, { body: "Taken away." });
    await deleteComment(by(await visitorOf(posted)), { id: posted.id });
    const verdicts: Verdict[] = ["approve", "restore", "hold", "markSpam", "remove", "dismissReports"];
    for (const verdict of verdicts)
      expect(await refusalOf(judge(posted.id, verdict))).toBe("conflict verdict.after.delete");
    expect(await rowOf(posted.id)).toMatchObject({ status: "DELETED", body: "" });
  });

  it("the same verdict sent twice is one", async () => {
    const { id } = await aHeldComment(article);
    const seen = await seenNow(id);
    const first = await moderateComment(by(maria), { id, verdict: "approve", seen });
    const second = await moderateComment(by(maria), { id, verdict: "approve", seen });
    expect(second).toEqual({ ...first, events: [] });
    expect((await logOf(id)).filter(({ actor_id }) => actor_id !== null)).toHaveLength(1);
  });

  it("of two moderators at once one wins, whatever they decide", async () => {
    for (let round = 0; round < 8; round++) {
      const { id } = await aHeldComment(article, { body: `${threeLinks} ${round}` });
      const seen = await seenNow(id);
      const outcomes = await Promise.allSettled([
        moderateComment(by(maria), { id, verdict: "approve", seen }),
        moderateComment(by(otto), { id, verdict: "markSpam", seen }),
      ]);
      const lost = outcomes.filter((outcome) => outcome.status === "rejected");
      expect(lost).toHaveLength(1);
      const status = outcomes[0]?.status === "fulfilled" ? "PUBLISHED" : "SPAM";
      expect(await rowOf(id)).toMatchObject({ status });
      expect((await logOf(id)).at(-1)).toMatchObject({ to: status });
      const [decided] = lost;
      const who = status === "PUBLISHED" ? "Maria" : "Otto";
      expect(decided?.reason.details.values).toEqual({ who });
    }
    expect(await miscounts(db)).toEqual([]);
  });

  it("a verdict and the author's deletion at once leave one of the two", async () => {
    for (let round = 0; round < 6; round++) {
      const posted = await post(article, { body: `Contested ${round}.` });
      const [author, seen] = [await visitorOf(posted), await seenNow(posted.id)];
      await Promise.allSettled([
        moderateComment(by(maria), { id: posted.id, verdict: "remove", seen, reason: "removal.ABUSE" }),
        deleteComment(by(author), { id: posted.id }),
      ]);
      expect(["REMOVED", "DELETED"]).toContain((await rowOf(posted.id))?.status);
    }
    expect(await miscounts(db)).toEqual([]);
  });
});

describe("several at once", () => {
  it("by two moderators in opposite order are each done once, by one of them, and what both count is right (F8)", async () => {
    for (let round = 0; round < 3; round++) {
      const ids: string[] = [];
      for (let nth = 0; nth < 12; nth++) {
        ids.push((await aHeldComment(article, { body: `${threeLinks} bee ${nth % 3} honey ${nth % 2}` })).id);
      }
      const items = await Promise.all(ids.map(async (id) => ({ id, seen: await seenNow(id) })));
      const [one, other] = await Promise.all([
        moderateComments(by(maria), { items, verdict: "markSpam" }),
        moderateComments(by(otto), { items: items.toReversed(), verdict: "approve" }),
      ]);
      expect([...one.done, ...other.done].map(({ id }) => id).sort()).toEqual([...ids].sort());
      expect([...one.refused, ...other.refused].map(({ error }) => error.code)).toEqual(ids.map(() => "conflict"));
      // Held by screening, then judged.
      for (const id of ids) expect(await logOf(id)).toHaveLength(2);
    }
    expect(await miscounts(db)).toEqual([]);
  });

  it.each([
    { knots: 3, outcome: "done", lines: 2, spam: "1" },
    { knots: 4, outcome: "unavailable", lines: 1, spam: undefined },
  ])("caught in $knots deadlocks one after the other: $outcome, and nothing twice (F8)", async ({ knots, ...then }) => {
    const word = `knotted${knots}`;
    const { id } = await aHeldComment(article, { body: `${threeLinks} ${word}` });
    const seen = await seenNow(id);
    // Where the verdict is written down, after all else was done; a sequence is what no rollback takes back.
    await db.sql(`
      CREATE SEQUENCE knots;
      CREATE FUNCTION knot() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('knots') <= ${knots} THEN RAISE EXCEPTION 'deadlock detected' USING ERRCODE = '40P01'; END IF;
        RETURN NEW;
      END $$;
      GRANT USAGE ON SEQUENCE knots TO PUBLIC;
      CREATE TRIGGER knot AFTER INSERT ON moderation_actions FOR EACH ROW EXECUTE FUNCTION knot()`);
    try {
      expect(await refusalOf(moderateComment(by(maria), { id, verdict: "markSpam", seen }))).toBe(then.outcome);
    } finally {
      await db.sql("DROP TRIGGER knot ON moderation_actions; DROP FUNCTION knot(); DROP SEQUENCE knots");
    }
    expect(await logOf(id)).toHaveLength(then.lines);
    const [learnt] = await db.sql("SELECT max(spam)::text AS spam FROM spam_tokens WHERE token LIKE $1", [`%${word}%`]);
    expect(learnt?.spam ?? undefined).toBe(then.spam);
    expect(await miscounts(db)).toEqual([]);
  });

  it("judges each by itself: what changed meanwhile is told, the others are done", async () => {
    const held = [];
    for (const name of ["Ada", "Bea", "Cid", "Dora"]) {
      held.push(await aHeldComment(article, { body: `${threeLinks} bulk of ${name}`, name }));
    }
    const items = await Promise.all(held.map(async ({ id }) => ({ id, seen: await seenNow(id) })));
    await judge(held[1]?.id ?? "", "approve", { who: otto });
    await deleteComment(by(await visitorOf(held[2] ?? { visitorToken: undefined })), { id: held[2]?.id ?? "" });
    const { done, refused } = await moderateComments(by(maria), { items, verdict: "markSpam" });
    expect(done.map(({ id, status }) => [id, status])).toEqual([
      [held[0]?.id, "SPAM"],
      [held[3]?.id, "SPAM"],
    ]);
    expect(refused.map(({ id, authorName, error }) => [id, authorName, error.details.reason])).toEqual([
      [held[1]?.id, "Bea", "verdict.after.APPROVE"],
      [held[2]?.id, "Cid", "verdict.after.delete"],
    ]);
  });

  it("lets each stand in its own way", async () => {
    const held = await aHeldComment(article);
    const reported = await post(article, { body: "Reported for nothing." });
    await report(reported.id);
    const ids = [held.id, reported.id];
    const items = await Promise.all(ids.map(async (id) => ({ id, seen: await seenNow(id) })));
    await moderateComments(by(maria), { items, verdict: "approve" });
    expect((await logOf(held.id)).at(-1)).toMatchObject({ kind: "APPROVE" });
    expect((await logOf(reported.id)).at(-1)).toMatchObject({ kind: "DISMISS_REPORTS" });
  });
});

describe("taking back", () => {
  it.each<[Verdict, "PENDING" | "PUBLISHED", string]>([
    ["approve", "PENDING", "HOLD"],
    ["markSpam", "PENDING", "HOLD"],
    ["remove", "PENDING", "HOLD"],
    ["hold", "PUBLISHED", "APPROVE"],
    ["markSpam", "PUBLISHED", "APPROVE"],
    ["remove", "PUBLISHED", "RESTORE"],
    ["dismissReports", "PUBLISHED", "DISMISS_REPORTS"],
  ])("%s on %s is another line, %s, marked as a reversal", async (verdict, from, kind) => {
    const { id } = from === "PENDING" ? await aHeldComment(article) : await post(article, { body: `Back ${verdict}.` });
    if (from === "PUBLISHED") await report(id);
    const { status, reports, waits } = (await rowOf(id)) ?? {};
    const { action } = await judge(id, verdict);
    await undoVerdict(by(maria), { action });
    expect(await rowOf(id)).toMatchObject({ status, reports, waits });
    expect((await logOf(id)).at(-1)).toMatchObject({ kind, actor_id: maria.userId, reversal: true, to: from });
    expect(await miscounts(db)).toEqual([]);
  });

  it("goes back from the newest to the oldest, and past what others have decided since", async () => {
    const [first, second, third] = [
      await aHeldComment(article),
      await aHeldComment(article),
      await aHeldComment(article),
    ];
    for (const { id } of [first, second, third]) await judge(id, "markSpam", { who: otto });
    await judge(third.id, "approve");
    expect((await undoVerdict(by(otto), {})).id).toBe(second.id);
    expect((await undoVerdict(by(otto), {})).id).toBe(first.id);
    const line = (
      await db.sql("SELECT max(id) AS id FROM moderation_actions WHERE actor_id = $1 AND comment_id = $2", [
        otto.userId,
        third.id,
      ])
    )[0];
    await expect(undoVerdict(by(otto), { action: Number(line?.id) })).rejects.toMatchObject({
      details: { reason: "verdict.after.APPROVE", values: { who: "Maria" } },
    });
  });

  it("is one's own alone, and once", async () => {
    const { id } = await aHeldComment(article);
    const { action } = await judge(id, "approve");
    expect(await refusalOf(undoVerdict(by(otto), { action }))).toBe("not_found verdict.nothing_to_undo");
    await undoVerdict(by(maria), { action });
    expect(await refusalOf(undoVerdict(by(maria), { action }))).toBe("conflict verdict.after.reversal");
  });

  it("does not bring back what its author deleted since", async () => {
    const posted = await aHeldComment(article);
    const { action } = await judge(posted.id, "approve");
    await deleteComment(by(await visitorOf(posted)), { id: posted.id });
    expect(await refusalOf(undoVerdict(by(maria), { action }))).toBe("conflict verdict.after.delete");
  });
});

it("teaches the classifier, and unteaches it when it is taken back", async () => {
  const word = "quizzaciously";
  const known = () => db.sql("SELECT spam, ham FROM spam_tokens WHERE token LIKE $1", [`%${word}%`]);
  const { id } = await aHeldComment(article, { body: `${word} ${threeLinks}` });
  const spam = await judge(id, "markSpam");
  expect(await known()).toEqual([{ spam: 1, ham: 0 }]);
  await undoVerdict(by(maria), { action: spam.action });
  expect(await known()).toEqual([{ spam: 0, ham: 0 }]);
  await judge(id, "approve", { who: otto });
  expect(await known()).toEqual([{ spam: 0, ham: 1 }]);
  await judge(id, "remove", { reason: "removal.SPAM" });
  expect(await known()).toEqual([{ spam: 1, ham: 0 }]);
});

it("takes less than 15 ms of processor time", async () => {
  const rounds = 40;
  const held = [];
  for (let n = 0; n < rounds; n++) held.push((await aHeldComment(article, { body: `${threeLinks} quick ${n}` })).id);
  const seen = await Promise.all(held.map(seenNow));
  const before = process.cpuUsage();
  for (const [n, id] of held.entries()) {
    await moderateComment(by(maria), { id, verdict: "approve", seen: seen[n] ?? (await seenNow(id)) });
  }
  const { user, system } = process.cpuUsage(before);
  const milliseconds = (user + system) / 1000 / rounds;
  expect(milliseconds).toBeLessThan(15);
});
