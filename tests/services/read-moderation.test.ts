// The queue: what is in which tab and why, with what a moderator needs to decide; never an address; and as quick with thousands of
// items as with fifty.
import { beforeAll, describe, expect, it } from "vitest";
import { explain, growing, questionsOf, smallTables } from "@/bench/explain";
import { chainsOf } from "@/bench/site/discussion";
import type { MemberActor } from "@/lib/domain/actor";
import { limits } from "@/lib/domain/limits";
import { claimItem } from "@/lib/services/claim-item";
import { deleteComment, editComment } from "@/lib/services/edit-comment";
import { moderateComment } from "@/lib/services/moderate-comment";
import { readModeratedPerson } from "@/lib/services/read-moderated-person";
import { readQueue } from "@/lib/services/read-moderation";
import { reportComment } from "@/lib/services/report-comment";
import {
  aMember,
  anArticle,
  by,
  newNetwork,
  post,
  refusalOf,
  stranger,
  type TestArticle,
  visitorOf,
  withoutRateLimits,
} from "@/tests/services/arrange";
import { aHeldComment, aModerator, seenNow, threeLinks } from "@/tests/services/moderation";
import { fillThread } from "@/tests/services/plenty";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

let article: TestArticle;
let maria: MemberActor;
let otto: MemberActor;
beforeAll(async () => {
  article = await anArticle("Why is the night sky dark?");
  maria = await aModerator(db, "maria");
  otto = await aModerator(db, "otto");
});

async function reported(about: Parameters<typeof post>[1] = {}, ctx = by()) {
  const posted = await post(article, { body: "To be reported.", ...about }, ctx);
  await reportComment(by(), { id: posted.id, reason: "ABUSE", note: "He is rude to me." });
  await db.sql("UPDATE comments SET report_weight = greatest(report_weight, 1) WHERE id = $1", [posted.id]);
  return posted;
}

const read = (wish: Partial<Parameters<typeof readQueue>[1]> = {}, who = maria) =>
  readQueue(by(who), { tab: "held", ...wish });

describe("the queue", () => {
  it("is the moderators' alone", async () => {
    const [editor, member] = [await aModerator(db, "edda", ["EDITOR"]), await aMember("mona", "Mona")];
    for (const actor of [editor, member, stranger, { ...maria, scopes: ["read" as const] }]) {
      expect(await refusalOf(readQueue(by(actor), { tab: "held" }))).toBe("forbidden forbidden.moderation.enter");
      expect(await refusalOf(claimItem(by(actor), { id: "1", shown: [] }))).toBe(
        "forbidden forbidden.moderation.enter",
      );
    }
  });

  it("puts each into its tab, oldest first, and says why it is there", async () => {
    const held = await aHeldComment(article, { name: "Ada" });
    const edited = await post(article, { body: "Before the edit." });
    await editComment(by(await visitorOf(edited)), { id: edited.id, body: threeLinks });
    const complained = await reported();
    const spam = await aHeldComment(article);
    await moderateComment(by(otto), { id: spam.id, verdict: "markSpam", seen: await seenNow(spam.id) });

    const view = await read();
    expect(view.counts).toEqual({ held: 2, reported: 1, appeals: 0, spam: 1 });
    expect(
      view.items.map(({ id, causes, verdicts }) => ({ id, causes: causes.map(({ kind }) => kind), verdicts })),
    ).toEqual([
      { id: held.id, causes: ["held"], verdicts: ["approve", "markSpam", "remove"] },
      { id: edited.id, causes: ["editHeld"], verdicts: ["approveEdit", "declineEdit", "markSpam", "remove"] },
    ]);
    expect(view.items[0]).toMatchObject({ authorName: "Ada", article: { title: "Why is the night sky dark?" } });
    expect(view.items[1]?.editHtml).toContain("a.example");

    const [item] = (await read({ tab: "reported" })).items;
    expect(item).toMatchObject({
      id: complained.id,
      causes: [{ kind: "reported", count: 1, weight: 1 }],
      reports: [{ reason: "ABUSE", note: "He is rude to me.", state: "OPEN", earlierText: false, handle: null }],
    });
    const [put] = (await read({ tab: "spam" })).items;
    expect(put).toMatchObject({ id: spam.id, verdicts: ["approve", "remove"] });
    expect(put?.decisions.map(({ kind, actorName }) => [kind, actorName])).toEqual([
      ["MARK_SPAM", "Otto"],
      ["HOLD", null],
    ]);
  });

  it("shows a comment in its context, and its author's history; nothing of what was deleted, and no address", async () => {
    const network = newNetwork();
    const top = await post(article, { body: "The first of three." });
    const middle = await post(article, { body: "The second of three.", parentId: top.id });
    const author = await visitorOf(await post(article, { body: "Earlier, in peace." }, by(stranger, { network })));
    const ctx = by(author, { network });
    const gone = await post(article, { body: "Regretted." }, ctx);
    await deleteComment(ctx, { id: gone.id });
    const spam = await aHeldComment(article, { body: `Earlier ${threeLinks}` });
    await db.sql("UPDATE comments SET visitor_id = $1 WHERE id = $2", [author.visitorId, spam.id]);
    await moderateComment(by(otto), { id: spam.id, verdict: "markSpam", seen: await seenNow(spam.id) });
    const held = await post(article, { body: `Here: ${threeLinks}`, parentId: middle.id }, ctx);
    await db.sql(
      "INSERT INTO sanctions (kind, visitor_id, reason, actor_id) VALUES ('NOTE', $1, 'Known from before', $2)",
      [author.visitorId, otto.userId],
    );
    const view = await read({ open: held.id });
    const item = [...view.items, view.apart].find((one) => one?.id === held.id);
    expect(item?.answers.map(({ text }) => text)).toEqual(["The first of three.", "The second of three."]);
    const person = view.people[item?.person ?? ""];
    expect(person).toMatchObject({
      key: `guest-${author.visitorId}`,
      counts: { published: 1, pending: 1, spam: 1, removed: 0, deleted: 1 },
      sanctions: [{ kind: "NOTE", reason: "Known from before", actorName: "Otto" }],
    });
    expect(person?.last.map(({ status, text }) => [status, text.slice(0, 8)])).toEqual([
      ["PENDING", "Here: a "],
      ["SPAM", "Earlier "],
      ["DELETED", ""],
      ["PUBLISHED", "Earlier,"],
    ]);
    expect(JSON.stringify(view)).not.toContain(network);
    expect(JSON.stringify(view)).not.toContain("Regretted");
  });

  it("lets nobody judge their own, and says whose turn it is", async () => {
    const own = await reported({ body: "By Maria herself." }, by(maria));
    const mine = (await read({ tab: "reported", open: own.id })).items.find(({ id }) => id === own.id);
    expect(mine).toMatchObject({ own: true, verdicts: [] });
    const theirs = (await read({ tab: "reported", open: own.id }, otto)).items.find(({ id }) => id === own.id);
    expect(theirs).toMatchObject({ own: false, verdicts: ["dismissReports", "hold", "markSpam", "remove"] });
  });

  it("goes on by pages, and shows what is asked for although it is elsewhere or decided", async () => {
    const other = await anArticle();
    const ids = (await fillThread(db, other, { shape: chainsOf(1), count: limits.queuePage + 5 })).map(Number);
    await db.sql(
      `UPDATE comments SET report_weight = 1, waiting_since = now() - interval '9 days' + id * interval '1 second'
       WHERE id = ANY($1)`,
      [ids],
    );
    const first = await read({ tab: "reported" });
    const second = await read({ tab: "reported", after: first.next ?? "", open: String(ids[0]) });
    const seen = [...first.items, ...second.items].map(({ id }) => Number(id)).slice(0, ids.length);
    expect(seen).toEqual(ids);
    expect(second.apart?.id).toBe(String(ids[0]));
    expect((await read({ open: "999999999" })).apart).toBeNull();
  });

  it("finds what one person wrote, and what says nearly the same", async () => {
    const place = await anArticle();
    const advert = (n: number) => `Earn ${n} a week from home, no experience needed, sign up at once. ${threeLinks}`;
    const first = await aHeldComment(place, { body: advert(1) });
    const author = await visitorOf(first);
    const second = await post(place, { body: advert(2) }, by(author));
    const third = await aHeldComment(place, { body: advert(3) });
    await aHeldComment(place, { body: `Quite another thing to say about bees and flowers in spring. ${threeLinks}` });
    const byPerson = await read({ by: `guest-${author.visitorId}` });
    expect(byPerson.items.map(({ id }) => id)).toEqual([first.id, second.id]);
    expect((await read({ like: second.id })).items.map(({ id }) => id)).toEqual([first.id, second.id, third.id]);
    expect(await refusalOf(read({ by: "nobody_here" }))).toBe("not_found");
  });
});

describe("a person's page", () => {
  it("is the moderators' alone, and tells of members and guests; who is none is not found", async () => {
    const posted = await post(article, { body: "By a guest." });
    const { visitorId } = await visitorOf(posted);
    const member = await aMember("greta", "Greta");
    await post(article, { body: "By Greta." }, by(member));
    const guest = await readModeratedPerson(by(maria), { key: `guest-${visitorId}` });
    expect(guest).toMatchObject({
      about: { visitorId },
      may: { sanction: true },
      person: { counts: { published: 1 } },
    });
    const greta = await readModeratedPerson(by(maria), { key: "greta" });
    expect(greta).toMatchObject({
      about: { userId: member.userId },
      may: { sanction: true },
      person: { name: "Greta" },
    });
    // Staff, and oneself: an admin's affair.
    expect((await readModeratedPerson(by(maria), { key: "otto" })).may).toEqual({ sanction: false });
    expect((await readModeratedPerson(by(maria), { key: "maria" })).may).toEqual({ sanction: false });
    for (const key of ["nobody_here", "guest-999999", "guest-0", "../people"]) {
      expect(await refusalOf(readModeratedPerson(by(maria), { key }))).toBe("not_found");
    }
    expect(await refusalOf(readModeratedPerson(by(member), { key: "greta" }))).toBe(
      "forbidden forbidden.moderation.enter",
    );
  });
});

describe("a claim", () => {
  it("tells others who has an item before them, and keeps nobody from deciding", async () => {
    const { id } = await aHeldComment(article, { body: `Claimed ${threeLinks}` });
    await claimItem(by(maria), { id, shown: [id] });
    const { claims } = await claimItem(by(otto), { id, shown: [id] });
    expect(claims).toEqual([{ id, name: "Maria" }]);
    expect((await readQueue(by(otto), { tab: "held", open: id })).items.find((item) => item.id === id)?.claimedBy).toBe(
      "Maria",
    );
    expect((await read({ open: id })).items.find((item) => item.id === id)?.claimedBy).toBeNull();
    await moderateComment(by(otto), { id, verdict: "approve", seen: await seenNow(id) });
    expect((await claimItem(by(otto), { id: "0", shown: [id] })).claims).toEqual([]);
  });

  it("goes to the next when one moves on, and when its time is over", async () => {
    const [one, two] = [
      await aHeldComment(article, { body: `One ${threeLinks}` }),
      await aHeldComment(article, { body: `Two ${threeLinks}` }),
    ];
    await claimItem(by(maria), { id: one.id, shown: [] });
    await claimItem(by(maria), { id: two.id, shown: [] });
    expect((await claimItem(by(otto), { id: one.id, shown: [one.id, two.id] })).claims).toEqual([
      { id: two.id, name: "Maria" },
    ]);
    await db.sql("UPDATE queue_claims SET until = now() - interval '1 second' WHERE comment_id = $1", [two.id]);
    expect((await claimItem(by(otto), { id: two.id, shown: [two.id] })).claims).toEqual([]);
  });
});

describe("with thousands of items", () => {
  const open = 5_000;

  async function lookAt(wish: Partial<Parameters<typeof readQueue>[1]>): Promise<{ questions: number; rows: number }> {
    const questions = await questionsOf(() => read(wish));
    const small = await smallTables(db.sql);
    let rows = 0;
    for (const question of questions) {
      const answer = await explain(db.sql, question);
      const scanned = answer.scanned.filter((table) => growing.has(table) && !small.has(table));
      expect([scanned, question.text]).toEqual([[], question.text]);
      rows += answer.rows;
    }
    return { questions: questions.length, rows };
  }

  it("asks as many questions as with fifty, and reads no more rows but to count them", async () => {
    const crowd = await anArticle();
    const ids = (await fillThread(db, crowd, { shape: chainsOf(5), count: 20_000 })).map(Number);
    const wait = (count: number) =>
      db.sql("UPDATE comments SET report_weight = 1 WHERE id = ANY($1)", [
        ids.filter((_, n) => n % 4 === 0).slice(0, count),
      ]);
    await db.sql("UPDATE comments SET report_weight = 0 WHERE report_weight > 0");
    await wait(50);
    await db.sql("VACUUM ANALYZE");
    const few = await lookAt({ tab: "reported" });
    await wait(open);
    await db.sql("VACUUM ANALYZE");
    const many = await lookAt({ tab: "reported" });
    expect(many.questions).toBe(few.questions);
    expect(many.rows - few.rows).toBeLessThanOrEqual(limits.queueCounted + 1);
    const view = await read({ tab: "reported" });
    expect(view.items).toHaveLength(limits.queuePage);
    expect(view.counts.reported).toBe(limits.queueCounted + 1);
  });
});
