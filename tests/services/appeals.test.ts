// Appeals: by the author alone, once a removal, decided by another moderator once; and the letters that go with them.
import { beforeAll, describe, expect, it } from "vitest";
import type { Actor, MemberActor } from "@/lib/domain/actor";
import { appealAnswerSchema } from "@/lib/domain/appeal";
import { limits } from "@/lib/domain/limits";
import { appealRemoval, readOwnTroubles } from "@/lib/services/appeal-removal";
import { composeMail } from "@/lib/services/compose-mail";
import { decideAppeal, readAppeals } from "@/lib/services/decide-appeal";
import { deleteComment } from "@/lib/services/edit-comment";
import { moderateComment } from "@/lib/services/moderate-comment";
import { readModerationLog } from "@/lib/services/read-moderation-log";
import { sentence } from "@/lib/ui/labels";
import {
  aMember,
  anArticle,
  by,
  post,
  refusalOf,
  stranger,
  type TestArticle,
  visitorOf,
  withoutRateLimits,
} from "@/tests/services/arrange";
import { aModerator, seenNow } from "@/tests/services/moderation";
import { miscounts } from "@/tests/services/recount";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

let article: TestArticle;
let maria: MemberActor;
let otto: MemberActor;
let ada: MemberActor;
beforeAll(async () => {
  article = await anArticle();
  maria = await aModerator(db, "maria");
  otto = await aModerator(db, "otto");
  ada = await aMember("ada", "Ada");
  await db.sql("UPDATE users SET email = handle || '@example.org', email_verified_at = now()");
});

let nth = 0;
/** A comment that Maria has removed. */
async function removed(author: Actor = stranger): Promise<{ id: string; author: Actor }> {
  nth++;
  const posted = await post(article, { body: `Removed, number ${nth}.` }, by(author));
  const owner = author.kind === "visitor" ? await visitorOf(posted) : author;
  await judge(posted.id, "remove");
  return { id: posted.id, author: owner };
}

async function judge(id: string, verdict: "remove" | "restore"): Promise<void> {
  await moderateComment(by(maria), { id, verdict, seen: await seenNow(id), reason: "removal.ABUSE" });
}

const appealIdOf = async (id: string) =>
  Number((await db.sql("SELECT id FROM appeals WHERE comment_id = $1 ORDER BY id DESC", [id]))[0]?.id);
const appeal = (who: Actor, id: string, body = "It was meant kindly.") => appealRemoval(by(who), { id, body });
const statusOf = async (id: string) =>
  (await db.sql("SELECT status::text FROM comments WHERE id = $1", [id]))[0]?.status;

/** The letters in the queue to this member, as they would be sent now; they leave the queue. */
async function letters(member: MemberActor): Promise<string[]> {
  const jobs = await db.sql(
    `DELETE FROM graphile_worker._private_jobs WHERE payload->>'userId' = $1
       AND payload->>'kind' IN ('removed', 'appealDecided') RETURNING payload`,
    [String(member.userId)],
  );
  const made = jobs.map(({ payload }) => composeMail({ wish: payload as never, seed: "s".repeat(43), first: true }));
  return (await Promise.all(made)).map((mail) => (typeof mail === "string" ? mail : mail.text));
}

describe("an appeal", () => {
  it.each<[string, () => Promise<Actor>]>([
    ["a member", async () => ada],
    ["a guest, in their browser", async () => stranger],
  ])("is made by %s, and granted by another moderator: the comment can be read again", async (_who, actor) => {
    const { id, author } = await removed(await actor());
    await appeal(author, id);
    const own = (await readOwnTroubles(by(author))).removed.find(({ commentId }) => commentId === id);
    expect(own).toMatchObject({ reason: "removal.ABUSE", appeal: { state: "OPEN" } });
    expect((await readAppeals(by(maria))).find(({ commentId }) => commentId === id)?.mayDecide).toBe(false);
    expect((await readAppeals(by(otto))).find(({ commentId }) => commentId === id)?.mayDecide).toBe(true);
    const { events } = await decideAppeal(by(otto), { id: await appealIdOf(id), granted: true });
    expect(events.map(({ type }) => type)).toEqual(["CommentPublished", "ModerationLogged"]);
    expect(await statusOf(id)).toBe("PUBLISHED");
    expect(await miscounts(db)).toEqual([]);
    const { lines } = await readModerationLog(by(), { show: "appeals" });
    expect(lines[0]).toMatchObject({ kind: "GRANT_APPEAL", commentId: id, reason: "" });
  });

  it("that is denied leaves the comment removed, and its author reads why", async () => {
    const { id, author } = await removed(ada);
    await appeal(author, id);
    const appealId = await appealIdOf(id);
    expect(await refusalOf(decideAppeal(by(otto), { id: appealId, granted: false }))).toBe(
      "invalid answer=appeal.answer_missing",
    );
    const tooLong = appealAnswerSchema.safeParse("x".repeat(limits.actionNote + 1)).error?.issues[0]?.message ?? "";
    expect(sentence(tooLong)).toBe("An answer can have 1,000 characters.");
    await decideAppeal(by(otto), { id: appealId, granted: false, answer: "It insults Bo." });
    expect(await statusOf(id)).toBe("REMOVED");
    const own = (await readOwnTroubles(by(author))).removed.find(({ commentId }) => commentId === id);
    expect(own?.appeal).toMatchObject({ state: "DENIED", answer: "It insults Bo." });
    expect(await refusalOf(appeal(author, id, "Again!"))).toBe("conflict appeal.made");
  });

  it("is nobody else's to make, and of nothing else", async () => {
    const { id } = await removed(ada);
    const bo = await aMember("bob", "Bob");
    expect(await refusalOf(appeal(bo, id))).toBe("not_found");
    expect(await refusalOf(appeal(stranger, id))).toBe("not_found");
    expect(await refusalOf(appeal(ada, "999999999"))).toBe("not_found");
    const { id: visible } = await post(article, { body: "Nothing is wrong with this." }, by(ada));
    expect(await refusalOf(appeal(ada, visible))).toBe("conflict appeal.not_removed");
  });

  it("sent twice with the same words is one; a new removal can be objected to anew", async () => {
    const { id } = await removed(ada);
    await Promise.all([appeal(ada, id), appeal(ada, id)]);
    expect(await db.sql("SELECT 1 FROM appeals WHERE comment_id = $1", [id])).toHaveLength(1);
    await judge(id, "restore");
    expect(await refusalOf(decideAppeal(by(otto), { id: await appealIdOf(id), granted: true }))).toBe(
      "conflict appeal.moot",
    );
    expect((await readAppeals(by(otto))).some(({ commentId }) => commentId === id)).toBe(false);
    await judge(id, "remove");
    expect(await refusalOf(appeal(ada, id))).toBe("done");
  });

  it("is decided once, by no remover, and by nobody without the role", async () => {
    const { id, author } = await removed(ada);
    await appeal(author, id);
    const appealId = await appealIdOf(id);
    expect(await refusalOf(decideAppeal(by(ada), { id: appealId, granted: true }))).toBe(
      "forbidden forbidden.moderation.enter",
    );
    expect(await refusalOf(decideAppeal(by(maria), { id: appealId, granted: true }))).toBe(
      "forbidden forbidden.appeal.decide",
    );
    const zoe = await aModerator(db, "zoe");
    const both = [otto, zoe].map((who) => refusalOf(decideAppeal(by(who), { id: appealId, granted: true })));
    expect((await Promise.all(both)).sort()).toEqual(["conflict appeal.granted_meanwhile", "done"]);
    expect(await miscounts(db)).toEqual([]);
  });

  it("may be decided by the only admin of a one-person site", async () => {
    const { id, author } = await removed(ada);
    await appeal(author, id);
    await db.sql("UPDATE users SET suspended_at = now() WHERE handle <> 'maria'");
    const alone: MemberActor = { ...maria, roles: ["ADMIN"] };
    expect(await refusalOf(decideAppeal(by(maria), { id: await appealIdOf(id), granted: true }))).toBe(
      "forbidden forbidden.appeal.decide",
    );
    expect(await refusalOf(decideAppeal(by(alone), { id: await appealIdOf(id), granted: true }))).toBe("done");
    await db.sql("UPDATE users SET suspended_at = NULL");
  });

  it("has nothing left to decide when the author deletes what they wrote", async () => {
    const { id } = await removed(ada);
    await appeal(ada, id);
    expect(await refusalOf(deleteComment(by(ada), { id }))).toMatch(/^conflict/);
    expect(await statusOf(id)).toBe("REMOVED");
  });
});

describe("what waits", () => {
  it("is told to its author with the reason, and to nobody else", async () => {
    const held = await post(article, { body: "[a](https://a.example) [b](https://b.example) [c](https://c.example)" });
    const author = await visitorOf(held);
    const { waiting, removed: gone } = await readOwnTroubles(by(author));
    expect(waiting).toMatchObject([{ commentId: held.id, edit: false, heldReason: "links" }]);
    expect(gone).toEqual([]);
    expect(await readOwnTroubles(by())).toEqual({ removed: [], waiting: [] });
  });
});

describe("letters", () => {
  it("tell a member of a removal with its reason and the way to object, and of what became of the appeal", async () => {
    await letters(ada);
    const { id } = await removed(ada);
    const [letter, ...others] = await letters(ada);
    expect(others).toEqual([]);
    expect(letter).toContain("It insults or harasses somebody.");
    expect(letter).toContain(`/comments/${id}#appeal`);
    await appeal(ada, id);
    await decideAppeal(by(otto), { id: await appealIdOf(id), granted: false, answer: "It insults Bo." });
    expect((await letters(ada))[0]).toContain("It insults Bo.");
  });

  it("are not sent about a removal that was taken back before", async () => {
    await letters(ada);
    const { id } = await removed(ada);
    await judge(id, "restore");
    expect(await letters(ada)).toEqual(["not needed"]);
  });

  it("do not go to guests, who have no address", async () => {
    const before = await db.sql("SELECT 1 FROM graphile_worker._private_jobs WHERE payload->>'kind' = 'removed'");
    await removed(stranger);
    const after = await db.sql("SELECT 1 FROM graphile_worker._private_jobs WHERE payload->>'kind' = 'removed'");
    expect(after).toHaveLength(before.length);
  });
});
