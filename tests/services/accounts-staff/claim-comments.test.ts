// A browser's anonymous comments becoming its member's: chosen ones, nobody else's, without a trace of the two being one where not wished.
import { describe, expect, it } from "vitest";
import { anonymously, type MemberActor, type VisitorActor } from "@/lib/domain/actor";
import { claimComments, readClaimable } from "@/lib/services/claim-comments";
import { deleteComment, editComment } from "@/lib/services/edit-comment";
import { identify } from "@/lib/services/identify";
import { readArticle } from "@/lib/services/read-article";
import { readPerson } from "@/lib/services/read-person";
import { editTokenOf } from "@/lib/services/tokens";
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
import { miscounts } from "@/tests/services/recount";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

const letters = "abcdefghjkmnpqrstuwxyz";
let members = 0;

interface Browser {
  article: TestArticle;
  other: TestArticle;
  visitor: VisitorActor;
  /** The member in this browser. */
  member: MemberActor;
  /** Two on `article`, one on `other`; oldest first. */
  ids: string[];
}

/** A browser that has posted three times without an account, and then got one. */
async function aBrowserWithPast(): Promise<Browser> {
  const [article, other] = [await anArticle(), await anArticle()];
  const first = await post(article, { body: "One." });
  const visitor = await visitorOf(first);
  const second = await post(article, { body: "Two.", name: "Wanderer" }, by(visitor));
  const third = await post(other, { body: "Three." }, by(visitor));
  const handle = `claimer_${letters[members++] ?? ""}`;
  const member = { ...(await aMember(handle, `Name of ${handle}`)), visitorId: visitor.visitorId };
  return { article, other, visitor, member, ids: [first.id, second.id, third.id] };
}

const rowsOf = async (ids: string[]) =>
  (
    await db.sql(
      "SELECT user_id, visitor_id, author_name, name_chosen FROM comments WHERE id = ANY($1::bigint[]) ORDER BY id",
      [ids],
    )
  ).map((row) => [row.user_id, row.visitor_id, row.author_name, row.name_chosen]);

const nameOf = async (id: string) =>
  (await db.sql("SELECT author_name FROM comments WHERE id = $1", [id]))[0]?.author_name;

describe("claiming", () => {
  it("all: they carry the member's name, on the page and in the member's list, and every count is as before", async () => {
    const { article, other, member, ids } = await aBrowserWithPast();
    const offered = await readClaimable(by(member));
    expect(offered.map(({ id }) => id)).toEqual([...ids].reverse());
    const { claimed, events } = await claimComments(by(member), { ids: "all" });
    expect(claimed).toBe(3);
    expect(new Set(events.map((event) => JSON.stringify(event)))).toEqual(
      new Set(
        [article, article, other].map(({ articleId, slug }, nth) =>
          JSON.stringify({
            type: "CommentChanged",
            articleId,
            articleSlug: slug,
            authorHandle: member.handle,
            commentId: ids[nth],
          }),
        ),
      ),
    );
    expect(await rowsOf(ids)).toEqual(ids.map(() => [member.userId, null, member.displayName, false]));
    const page = JSON.stringify(await readArticle(by(), { slug: article.slug, sort: "oldest", page: 1 }));
    expect(page.split(member.displayName)).toHaveLength(3);
    expect(page).not.toContain("Wanderer");
    expect(JSON.stringify(await readPerson(by(), { handle: member.handle }))).toContain("Three.");
    expect(await miscounts(db)).toEqual([]);
    expect(await readClaimable(by(member))).toEqual([]);
    expect((await claimComments(by(member), { ids: "all" })).claimed).toBe(0);
  });

  it("some: the others stay the visitor's, under their names", async () => {
    const { member, visitor, ids } = await aBrowserWithPast();
    const before = await rowsOf(ids);
    expect((await claimComments(by(member), { ids: ids.slice(1, 2) })).claimed).toBe(1);
    const after = await rowsOf(ids);
    expect([after[0], after[2]]).toEqual([before[0], before[2]]);
    expect(after[1]).toEqual([member.userId, null, member.displayName, false]);
    expect(before[0]?.[1]).toBe(visitor.visitorId);
    expect(await miscounts(db)).toEqual([]);
  });

  it("none: nothing happens", async () => {
    const { member, ids } = await aBrowserWithPast();
    const before = await rowsOf(ids);
    expect(await claimComments(by(member), { ids: [] })).toEqual({ claimed: 0, events: [] });
    expect(await rowsOf(ids)).toEqual(before);
    expect(await db.sql("SELECT 1 FROM audit_events WHERE subject_id = $1", [member.userId])).toEqual([]);
  });

  it("leaves alone what is another visitor's, another member's, nobody's, or no id at all", async () => {
    const [one, two] = [await aBrowserWithPast(), await aBrowserWithPast()];
    const others = await post(one.article, { body: "A member's." }, by(two.member));
    const before = await rowsOf([...two.ids, others.id]);
    const wrong = ["", "0", "-1", "abc", "1.5", "0x10", " 7", "9".repeat(18), "9".repeat(30), "1e3", "\u0000"];
    const ids = [...two.ids, others.id, ...wrong, ...one.ids.slice(0, 1)];
    expect((await claimComments(by(one.member), { ids })).claimed).toBe(1);
    expect(await rowsOf([...two.ids, others.id])).toEqual(before);
  });

  it("leaves deleted, removed and spam comments as they are, and takes held ones along", async () => {
    const { member, visitor, article, ids } = await aBrowserWithPast();
    const [deleted = "", removed = "", spam = ""] = ids;
    const held = await post(
      article,
      { body: "[a](https://a.example) [b](https://b.example) [c](https://c.example)" },
      by(visitor),
    );
    expect(held.status).toBe("pending");
    await deleteComment(by(visitor), { id: deleted });
    await db.sql("UPDATE comments SET status = 'REMOVED', removal_reason = 'Rude' WHERE id = $1", [removed]);
    await db.sql("UPDATE comments SET status = 'SPAM' WHERE id = $1", [spam]);
    await db.sql(
      "UPDATE threads t SET comment_count = (SELECT count(*) FROM comments WHERE thread_id = t.id AND status = 'PUBLISHED')",
    );
    expect((await claimComments(by(member), { ids: "all" })).claimed).toBe(1);
    expect((await rowsOf(ids)).map(([userId]) => userId)).toEqual([null, null, null]);
    expect((await rowsOf([held.id]))[0]?.[0]).toBe(member.userId);
  });

  it("happens once when it is asked for twice at once", async () => {
    const { member } = await aBrowserWithPast();
    const came = await Promise.all([1, 2, 3].map(() => claimComments(by(member), { ids: "all" })));
    expect(came.map(({ claimed }) => claimed).sort()).toEqual([0, 0, 3]);
    const lines = await db.sql("SELECT detail FROM audit_events WHERE subject_id = $1", [member.userId]);
    expect(lines).toEqual([{ detail: { comments: 3, visitor: member.visitorId } }]);
  });

  it.each([
    ["a visitor", (browser: Browser) => browser.visitor, "unauthenticated"],
    ["a stranger", () => stranger, "unauthenticated"],
    [
      "a program of the member",
      ({ member }: Browser) => ({ ...member, session: null, scopes: ["comment" as const] }),
      "forbidden forbidden.comment.claim",
    ],
  ])("is not for %s", async (_who, actorOf, refusal) => {
    const browser = await aBrowserWithPast();
    const actor = actorOf(browser);
    expect(await readClaimable(by(actor))).toEqual([]);
    expect(await refusalOf(claimComments(by(actor), { ids: "all" }))).toBe(refusal);
  });

  it("finds nothing in a browser that has left nothing", async () => {
    const { member } = await aBrowserWithPast();
    const elsewhere = by({ ...member, visitorId: null });
    expect(await readClaimable(elsewhere)).toEqual([]);
    expect(await claimComments(elsewhere, { ids: "all" })).toEqual({ claimed: 0, events: [] });
  });
});

describe("after claiming", () => {
  it("the member edits and deletes, from any browser; the old cookie and the edit token no longer do", async () => {
    const { member, visitor, ids } = await aBrowserWithPast();
    const [id = "", second = ""] = ids;
    const editToken = editTokenOf(id);
    expect(await refusalOf(editComment(by(visitor), { id, body: "Still mine." }))).toBe("done");
    expect(await refusalOf(editComment(by(), { id, body: "By token.", editToken }))).toBe("done");
    await claimComments(by(member), { ids: "all" });
    for (const [ctx, proof] of [
      [by(visitor), undefined],
      [by(), editToken],
    ] as const) {
      const about = { id, editToken: proof };
      expect(await refusalOf(editComment(ctx, { ...about, body: "Once more." }))).toBe(
        "forbidden forbidden.comment.edit",
      );
      expect(await refusalOf(deleteComment(ctx, about))).toBe("forbidden forbidden.comment.delete");
    }
    const elsewhere = { ...member, visitorId: null };
    expect(await refusalOf(editComment(by(elsewhere), { id, body: "By the member." }))).toBe("done");
    expect(await refusalOf(deleteComment(by(elsewhere), { id: second }))).toBe("done");
    expect(await miscounts(db)).toEqual([]);
  });

  it("the browser's next anonymous comment there has another name, which it keeps; elsewhere it keeps its old one", async () => {
    const { article, other, member, visitor, ids } = await aBrowserWithPast();
    const [first = "", , third = ""] = ids;
    const [formerly, elsewhere] = [await nameOf(first), await nameOf(third)];
    await claimComments(by(member), { ids: [first] });
    const fresh = await post(article, { body: "Four." }, by(visitor));
    const again = await post(article, { body: "Five." }, by(anonymously(member)));
    const there = await post(other, { body: "Six." }, by(visitor));
    expect(await nameOf(fresh.id)).not.toBe(formerly);
    expect(await nameOf(fresh.id)).not.toBe(member.displayName);
    expect(await nameOf(again.id)).toBe(await nameOf(fresh.id));
    expect(await nameOf(there.id)).toBe(elsewhere);
    // Nobody else becomes who the member was.
    const names = await db.sql("SELECT name FROM pseudonyms WHERE thread_id = $1", [article.threadId]);
    expect(names.map(({ name }) => name)).toContain(formerly);
  });

  it("moderators still see whose history the comments have left, and the rest of it", async () => {
    const { member, visitor, ids } = await aBrowserWithPast();
    await claimComments(by(member), { ids: ids.slice(0, 1) });
    const [line] = await db.sql("SELECT kind, actor_id, detail FROM audit_events WHERE subject_id = $1", [
      member.userId,
    ]);
    expect(line).toEqual({
      kind: "commentsClaimed",
      actor_id: member.userId,
      detail: { comments: 1, visitor: visitor.visitorId },
    });
    const rest = await db.sql("SELECT id::text FROM comments WHERE visitor_id = $1 ORDER BY id", [visitor.visitorId]);
    expect(rest.map(({ id }) => id)).toEqual(ids.slice(1));
  });

  it("nothing of it changes who the browser is", async () => {
    const article = await anArticle();
    const posted = await post(article, { body: "Mine." });
    const visitor = await visitorOf(posted);
    const member = { ...(await aMember("claimer_last", "Claimer the Last")), visitorId: visitor.visitorId };
    await claimComments(by(member), { ids: "all" });
    expect(await identify({ session: undefined, visitor: posted.visitorToken })).toEqual(visitor);
  });
});
