// Changing and deleting one's own comment: who may, what readers are told, what is kept, what is gone for good.
import { describe, expect, it } from "vitest";
import { limits } from "@/lib/domain/limits";
import { deleteComment, editComment } from "@/lib/services/edit-comment";
import { readArticle } from "@/lib/services/read-article";
import { readComment } from "@/lib/services/read-comment";
import { editTokenOf } from "@/lib/services/tokens";
import {
  aMember,
  anArticle,
  aVisitor,
  by,
  post,
  refusalOf,
  stranger,
  type TestArticle,
  visitorOf,
  withoutRateLimits,
} from "@/tests/services/arrange";
import { dumpOf } from "@/tests/services/dump";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

const rowOf = async (id: string) => (await db.sql("SELECT * FROM comments WHERE id = $1", [id]))[0];
const textsOf = (id: string) =>
  db.sql("SELECT number, body, public FROM comment_revisions WHERE comment_id = $1 ORDER BY number", [id]);
const countsOf = async ({ threadId }: TestArticle) =>
  (await db.sql("SELECT comment_count, places, root_places FROM threads WHERE id = $1", [threadId]))[0];
const age = (id: string, ms: number) =>
  db.sql("UPDATE comments SET created_at = created_at - $2 * interval '1 millisecond' WHERE id = $1", [id, ms]);

const links = "[a](https://a.example) [b](https://b.example) [c](https://c.example)";
const minute = 60_000;

/** A comment of a visitor, and the visitor. */
async function own(body = "As it was.") {
  const article = await anArticle();
  const posted = await post(article, { body });
  return { article, id: posted.id, ctx: by(await visitorOf(posted)), editToken: posted.editToken };
}

describe("an edit", () => {
  it("within the window is silent, and the old text is kept for the moderators", async () => {
    const { id, ctx, article } = await own();
    await age(id, limits.guestEditWindowMs - minute);
    const changed = await editComment(ctx, { id, body: "As it *is*." });
    expect(changed).toEqual({
      id,
      status: "published",
      events: [
        {
          type: "CommentChanged",
          articleId: article.articleId,
          articleSlug: article.slug,
          commentId: id,
          authorHandle: null,
        },
      ],
    });
    expect(await rowOf(id)).toMatchObject({
      body: "As it *is*.",
      html: "<p>As it <em>is</em>.</p>\n",
      revision: 2,
      edited_at: null,
      place: 1,
    });
    expect(await textsOf(id)).toEqual([{ number: 1, body: "As it was.", public: false }]);
    expect((await readComment(by(), { id })).history).toEqual([]);
  });

  it("after the window shows as edited, and readers can look back", async () => {
    const { id, ctx } = await own();
    await age(id, limits.guestEditWindowMs + minute);
    await editComment(ctx, { id, body: "As it is." });
    expect((await rowOf(id))?.edited_at).not.toBeNull();
    const page = await readComment(by(), { id });
    expect(page.subThread.node.comment.editedAt).toBeInstanceOf(Date);
    expect(page.history).toMatchObject([{ number: 1, html: "<p>As it was.</p>\n" }]);
  });

  it("of a member's comment is silent for longer", async () => {
    const member = await aMember("slow", "Slow");
    const { id } = await post(await anArticle(), {}, by(member));
    await age(id, limits.memberEditWindowMs - minute);
    await editComment(by(member), { id, body: "Two." });
    await age(id, 2 * minute);
    await editComment(by(member), { id, body: "Three." });
    expect((await textsOf(id)).map((text) => text.public)).toEqual([false, true]);
  });

  it("to the same text changes nothing", async () => {
    const { id, ctx } = await own();
    await age(id, limits.guestEditWindowMs + minute);
    const before = await rowOf(id);
    expect(await editComment(ctx, { id, body: "As it was." })).toEqual({ id, status: "published", events: [] });
    expect(await rowOf(id)).toEqual(before);
    expect(await textsOf(id)).toEqual([]);
  });

  it("that screening holds waits beside the old text, which readers go on seeing", async () => {
    const { id, ctx, article } = await own();
    const held = await editComment(ctx, { id, body: links });
    expect(held).toMatchObject({ status: "pending", events: [{ type: "CommentHeld" }] });
    expect(await rowOf(id)).toMatchObject({
      status: "PUBLISHED",
      body: "As it was.",
      revision: 1,
      pending_body: links,
    });
    expect(await db.sql("SELECT kind, reason, to_status FROM moderation_actions WHERE comment_id = $1", [id])).toEqual([
      { kind: "HOLD", reason: "edit.links", to_status: "PUBLISHED" },
    ]);
    expect(await countsOf(article)).toMatchObject({ comment_count: 1 });
    const others = await readComment(by(), { id });
    expect(others).toMatchObject({ source: null, heldReason: null });
    expect(JSON.stringify(others)).not.toContain("a.example");
    expect(await readComment(ctx, { id })).toMatchObject({ source: links, heldReason: "edit.links" });
  });

  it("that waits already changes nothing more when it is sent again", async () => {
    const { id, ctx } = await own();
    await editComment(ctx, { id, body: links });
    expect(await editComment(ctx, { id, body: links })).toEqual({ id, status: "pending", events: [] });
    expect(await db.sql("SELECT id FROM moderation_actions WHERE comment_id = $1", [id])).toHaveLength(1);
  });

  it("back to the text that readers see takes the waiting one from the queue", async () => {
    const { id, ctx } = await own();
    await editComment(ctx, { id, body: links });
    expect(await editComment(ctx, { id, body: "As it was." })).toEqual({ id, status: "published", events: [] });
    expect(await rowOf(id)).toMatchObject({ body: "As it was.", revision: 1, pending_body: null, pending_html: null });
    expect(await textsOf(id)).toEqual([]);
  });

  it("to something harmless replaces the one that waits", async () => {
    const { id, ctx } = await own();
    await editComment(ctx, { id, body: links });
    await editComment(ctx, { id, body: "Harmless." });
    expect(await rowOf(id)).toMatchObject({ body: "Harmless.", revision: 2, pending_body: null });
  });

  it("of a comment that waits itself stays waiting, and never enters the public history", async () => {
    const posted = await post(await anArticle(), { body: links });
    const ctx = by(await visitorOf(posted));
    await age(posted.id, limits.guestEditWindowMs + minute);
    expect(await editComment(ctx, { id: posted.id, body: "Without links." })).toMatchObject({ status: "pending" });
    expect(await rowOf(posted.id)).toMatchObject({
      status: "PENDING",
      body: "Without links.",
      place: null,
      edited_at: null,
    });
    expect(await textsOf(posted.id)).toMatchObject([{ body: links, public: false }]);
  });

  it("is refused when the comment has been edited too often, and fifty earlier texts are kept", async () => {
    const { id, ctx } = await own();
    for (let nth = 1; nth <= limits.commentRevisions; nth++) await editComment(ctx, { id, body: `Text ${nth}.` });
    expect(await refusalOf(editComment(ctx, { id, body: "Once more." }))).toBe("closed comment.edited_often");
    expect(await textsOf(id)).toHaveLength(limits.commentRevisions);
    expect(await rowOf(id)).toMatchObject({ body: `Text ${limits.commentRevisions}.` });
  });

  it("loses nothing when two are sent at once", async () => {
    const { id, ctx } = await own();
    const outcomes = await Promise.all(["Left.", "Right."].map((body) => refusalOf(editComment(ctx, { id, body }))));
    expect(outcomes).toEqual(["done", "done"]);
    const kept = [...(await textsOf(id)), await rowOf(id)].map((text) => text?.body);
    expect(kept[0]).toBe("As it was.");
    expect(kept.slice(1).sort()).toEqual(["Left.", "Right."]);
    expect(await rowOf(id)).toMatchObject({ revision: 3 });
  });
});

/** What may be done to one's own comment, as something that is refused or done. */
const verbs: [string, (ctx: ReturnType<typeof by>, about: { id: string; editToken?: string }) => Promise<string>][] = [
  ["editing", (ctx, about) => refusalOf(editComment(ctx, { ...about, body: "Changed." }))],
  ["deleting", (ctx, about) => refusalOf(deleteComment(ctx, about))],
];

describe.each(verbs)("%s", (verb, attempt) => {
  const reason = verb === "editing" ? "forbidden forbidden.comment.edit" : "forbidden forbidden.comment.delete";

  it("is for the one who wrote it, by cookie, account or token", async () => {
    const { id, ctx } = await own();
    expect(await attempt(ctx, { id })).toBe("done");
    const { id: second } = await own();
    expect(await attempt(by(stranger), { id: second, editToken: editTokenOf(second) })).toBe("done");
    const member = await aMember(`writer_${verb}`, `Writer ${verb}`);
    const { id: third } = await post(await anArticle(), {}, by(member));
    expect(await attempt(by(member), { id: third })).toBe("done");
  });

  it("is for nobody else", async () => {
    const { id, article } = await own();
    const other = await own();
    expect(await attempt(by(stranger), { id })).toBe(reason);
    expect(await attempt(by(await aVisitor(article)), { id })).toBe(reason);
    expect(await attempt(by(await aMember(`other_${verb}`, `Other ${verb}`)), { id })).toBe(reason);
    for (const editToken of ["", "wrong", editTokenOf(other.id), `${editTokenOf(id)} `, "x".repeat(100_000)]) {
      expect(await attempt(by(stranger), { id, editToken })).toBe(reason);
    }
    expect(await rowOf(id)).toMatchObject({ status: "PUBLISHED", body: "As it was.", revision: 1 });
  });

  it("finds nothing where there is nothing", async () => {
    expect(await attempt(by(), { id: "999999999999999999" })).toBe("not_found");
    const { id, ctx, article } = await own();
    await db.sql("UPDATE articles SET published_revision_id = NULL WHERE id = $1", [article.articleId]);
    expect(await attempt(ctx, { id })).toBe("not_found");
  });

  it("comes too late for what a moderator removed", async () => {
    const { id, ctx } = await own();
    await db.sql("UPDATE comments SET status = 'REMOVED', removal_reason = 'Rude' WHERE id = $1", [id]);
    expect(await attempt(ctx, { id })).toMatch(/^conflict/);
    expect(await rowOf(id)).toMatchObject({ status: "REMOVED", body: "As it was." });
  });
});

it("refuses to edit what was deleted, and in a locked thread", async () => {
  const first = await own();
  await deleteComment(first.ctx, { id: first.id });
  expect(await refusalOf(editComment(first.ctx, { id: first.id, body: "Back again." }))).toBe("conflict comment.gone");
  const second = await own();
  await db.sql("UPDATE threads SET state = 'LOCKED' WHERE id = $1", [second.article.threadId]);
  expect(await refusalOf(editComment(second.ctx, { id: second.id, body: "Too late." }))).toBe("closed thread.locked");
  expect((await readComment(second.ctx, { id: second.id })).may).toEqual({
    reply: false,
    edit: false,
    delete: true,
    report: false,
    moderate: false,
  });
});

describe("a deletion", () => {
  it("leaves a tombstone that keeps the replies, the places and the counts", async () => {
    const { id, ctx, article } = await own();
    const reply = await post(article, { parentId: id, body: "A reply." });
    expect(await deleteComment(ctx, { id })).toMatchObject({ status: "deleted", events: [{ type: "CommentChanged" }] });
    expect(await countsOf(article)).toEqual({ comment_count: 1, places: 2, root_places: 1 });
    const page = await readArticle(by(), { slug: article.slug, sort: "oldest", page: 1 });
    if ("moved" in page) throw new Error("The article has moved.");
    expect(page.thread.commentCount).toBe(1);
    expect(page.thread.roots).toMatchObject([
      {
        comment: { id, status: "DELETED", html: "", author: { name: "", handle: null } },
        children: [{ comment: { id: reply.id, status: "PUBLISHED", html: "<p>A reply.</p>\n" } }],
      },
    ]);
  });

  it("takes the text from every table, with all earlier and waiting texts", async () => {
    const { id, ctx } = await own("Xanthippe was here.");
    await editComment(ctx, { id, body: "Xanthippe was there." });
    await age(id, limits.guestEditWindowMs + minute);
    await editComment(ctx, { id, body: "Xanthippe was everywhere." });
    await editComment(ctx, { id, body: `Xanthippe: ${links}` });
    expect(await dumpOf(db)).toContain("Xanthippe");
    await deleteComment(ctx, { id });
    expect(await dumpOf(db)).not.toContain("Xanthippe");
    expect((await readComment(by(), { id })).history).toEqual([]);
  });

  it("a second time changes nothing", async () => {
    const { id, ctx, article } = await own();
    await deleteComment(ctx, { id });
    const before = await rowOf(id);
    expect(await deleteComment(ctx, { id })).toEqual({ id, status: "deleted", events: [] });
    expect(await rowOf(id)).toEqual(before);
    expect(await countsOf(article)).toMatchObject({ comment_count: 0 });
  });

  it("twice at once counts once", async () => {
    const { id, ctx, article } = await own();
    await post(article, { body: "Another." });
    const outcomes = await Promise.all([1, 2].map(() => refusalOf(deleteComment(ctx, { id }))));
    expect(outcomes).toEqual(["done", "done"]);
    expect(await countsOf(article)).toMatchObject({ comment_count: 1 });
  });

  it("of what waits changes no count", async () => {
    const article = await anArticle();
    const posted = await post(article, { body: links });
    await deleteComment(by(await visitorOf(posted)), { id: posted.id });
    expect(await countsOf(article)).toEqual({ comment_count: 0, places: 0, root_places: 0 });
    expect(await rowOf(posted.id)).toMatchObject({ status: "DELETED", place: null, body: "" });
  });

  it("and an edit at once: whoever is second sees what the first did", async () => {
    const { id, ctx } = await own();
    const [edited, deleted] = await Promise.all([
      refusalOf(editComment(ctx, { id, body: "Changed." })),
      refusalOf(deleteComment(ctx, { id })),
    ]);
    expect(deleted).toBe("done");
    expect(["done", "conflict comment.gone"]).toContain(edited);
    expect(await rowOf(id)).toMatchObject({ status: "DELETED", body: "" });
    expect(await textsOf(id)).toEqual([]);
  });

  it("and many replies at once never stand in each other's way", async () => {
    const { id, ctx, article } = await own();
    const replies = Array.from({ length: 12 }, (_, nth) =>
      refusalOf(post(article, { parentId: id, body: `Reply ${nth}.` })),
    );
    const [deleted, ...outcomes] = await Promise.all([refusalOf(deleteComment(ctx, { id })), ...replies]);
    expect(deleted).toBe("done");
    expect(new Set([...outcomes, "done", "conflict comment.parent_gone"]).size).toBe(2);
    const done = outcomes.filter((outcome) => outcome === "done").length;
    expect(await countsOf(article)).toMatchObject({ comment_count: done, places: done + 1 });
    expect(await rowOf(id)).toMatchObject({ reply_count: done });
  });
});
