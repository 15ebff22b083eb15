// Posting: who someone is without an account, what names they have, where replies may hang, what waits for a moderator.
import { describe, expect, it } from "vitest";
import { limits } from "@/lib/domain/limits";
import { identify } from "@/lib/services/identify";
import { postComment } from "@/lib/services/post-comment";
import { pseudonymWords } from "@/lib/text/pseudonym";
import {
  aMember,
  anArticle,
  aVisitor,
  by,
  post,
  refusalOf,
  stranger,
  visitorOf,
  wish,
  withoutRateLimits,
} from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

const rowOf = async (id: string) => (await db.sql("SELECT * FROM comments WHERE id = $1", [id]))[0];

async function namesOf(comments: { id: string }[]): Promise<string[]> {
  const names: string[] = [];
  for (const { id } of comments) names.push(String((await rowOf(id))?.author_name));
  return names;
}

const countOf = async (threadId: number) =>
  Number((await db.sql("SELECT count(*) FROM comments WHERE thread_id = $1", [threadId]))[0]?.count);
const threadOf = async (threadId: number) => (await db.sql("SELECT * FROM threads WHERE id = $1", [threadId]))[0];

describe("a stranger's first comment", () => {
  it("is there at once, at its place, and says where", async () => {
    const article = await anArticle();
    const posted = await post(article, { body: "First!\n\n*Hello.*" });
    expect(posted).toMatchObject({ status: "published", url: `/articles/${article.slug}#c-${posted.id}` });
    expect(posted.events).toEqual([
      {
        type: "CommentPublished",
        articleId: article.articleId,
        articleSlug: article.slug,
        commentId: posted.id,
        authorHandle: null,
      },
    ]);
    expect(await rowOf(posted.id)).toMatchObject({
      status: "PUBLISHED",
      place: 1,
      root_place: 1,
      depth: 0,
      parent_id: null,
      root_id: null,
      user_id: null,
      body: "First!\n\n*Hello.*",
      html: "<p>First!</p>\n<p><em>Hello.</em></p>\n",
      article_revision_id: article.revisionId,
      revision: 1,
      edited_at: null,
    });
    expect(await threadOf(article.threadId)).toMatchObject({ comment_count: 1, places: 1, root_places: 1 });
  });

  it("makes them a visitor whose token is kept only as a hash", async () => {
    const posted = await post(await anArticle());
    const visitor = await visitorOf(posted);
    expect((await rowOf(posted.id))?.visitor_id).toBe(visitor.visitorId);
    expect(posted.visitorToken).toMatch(/^[\w-]{22}$/);
    const [row] = await db.sql("SELECT token_hash FROM visitors WHERE id = $1", [visitor.visitorId]);
    expect(Buffer.isBuffer(row?.token_hash) && row.token_hash.toString("latin1")).not.toContain(posted.visitorToken);
  });

  it("leaves nobody behind when it is refused", async () => {
    const visitors = async () => (await db.sql("SELECT count(*)::int AS n FROM visitors"))[0]?.n;
    const before = await visitors();
    expect(await refusalOf(post(await anArticle(), { parentId: "999999999" }))).toBe("conflict comment.parent_gone");
    expect(await visitors()).toBe(before);
  });
});

it("knows a visitor again by the token, and gives no other", async () => {
  const article = await anArticle();
  const visitor = await visitorOf(await post(article));
  const second = await post(article, { body: "Another." }, by(visitor));
  expect(second.visitorToken).toBeUndefined();
  expect((await rowOf(second.id))?.visitor_id).toBe(visitor.visitorId);
});

it.each([undefined, "", "AAAAAAAAAAAAAAAAAAAAAA"])("takes the token %j for a stranger's", async (token) => {
  expect(await identify({ session: undefined, visitor: token })).toEqual(stranger);
});

describe("names", () => {
  it("are automatic without a wish: two friendly words, the same in the thread, another in the next", async () => {
    const [here, there] = [await anArticle(), await anArticle()];
    const first = await post(here);
    const visitor = await visitorOf(first);
    const again = await post(here, { body: "Again." }, by(visitor));
    const elsewhere = await post(there, {}, by(visitor));
    const names = await namesOf([first, again, elsewhere]);
    expect(names[0]).toBe(names[1]);
    expect(names[2]).not.toBe(names[0]);
    const [adjective, thing] = String(names[0]).split(" ");
    expect(pseudonymWords.adjectives).toContain(adjective);
    expect(pseudonymWords.things).toContain(thing);
    expect(await rowOf(first.id)).toMatchObject({ name_chosen: false });
  });

  it("are unlike each other in one thread, also when everything else would make them alike", async () => {
    const article = await anArticle();
    const visitor = await aVisitor(await anArticle());
    const [wanted] = await namesOf([await post(article, {}, by(visitor))]);
    // Now somebody else has the name that would be the visitor's first.
    const other = await aVisitor(await anArticle());
    await db.sql("UPDATE pseudonyms SET visitor_id = $2 WHERE thread_id = $1", [article.threadId, other.visitorId]);
    const [given] = await namesOf([await post(article, { body: "Once more." }, by(visitor))]);
    expect(given).not.toBe(wanted);
    expect(await namesOf([await post(article, { body: "It is me." }, by(other))])).toEqual([wanted]);
  });

  it("stay one when the same visitor posts twice at the same moment", async () => {
    const article = await anArticle();
    const visitor = await aVisitor(await anArticle());
    const both = await Promise.all(["One.", "Two.", "Three."].map((body) => post(article, { body }, by(visitor))));
    expect(new Set(await namesOf(both)).size).toBe(1);
  });

  it("can be chosen, for one comment at a time", async () => {
    const article = await anArticle();
    const chosen = await post(article, { name: "Ada L." });
    expect(await rowOf(chosen.id)).toMatchObject({ author_name: "Ada L.", name_chosen: true });
    const automatic = await post(article, { body: "And now without." }, by(await visitorOf(chosen)));
    expect(await rowOf(automatic.id)).toMatchObject({ name_chosen: false });
    expect((await rowOf(automatic.id))?.author_name).not.toBe("Ada L.");
  });

  it("of members are theirs: not for guests, however the letters are disguised", async () => {
    const article = await anArticle();
    await aMember("mira_k", "Mira Kovač");
    const disguises = [
      "Mira Kovač",
      "mira kovac",
      "MIRA  KOVAC",
      "Мira Kоvač",
      "M1ra K0vač",
      "Mira.Kovač",
      "ｍｉｒａ ｋｏｖａｃ",
      "mira_k",
      "Mira K",
    ];
    for (const name of disguises) {
      expect([name, await refusalOf(post(article, { name }))]).toEqual([name, "invalid name=name.taken"]);
    }
    for (const name of ["Mira", "Kovač", "Miranda Kovač"]) {
      expect([name, await refusalOf(post(article, { name, body: `I am ${name}.` }))]).toEqual([name, "done"]);
    }
    expect(await countOf(article.threadId)).toBe(3);
  });

  it("of members who left are free again", async () => {
    const member = await aMember("leo_left", "Leo Left");
    await db.sql("UPDATE users SET deleted_at = now() WHERE id = $1", [member.userId]);
    expect(await refusalOf(post(await anArticle(), { name: "Leo Left" }))).toBe("done");
  });

  it("of members stand on their comments, whatever they send along", async () => {
    const member = await aMember("nora", "Nora N.");
    const posted = await post(await anArticle(), { name: "Somebody" }, by(member));
    expect(posted.visitorToken).toBeUndefined();
    expect(await rowOf(posted.id)).toMatchObject({
      author_name: "Nora N.",
      name_chosen: false,
      user_id: member.userId,
      visitor_id: null,
    });
  });
});

/** Rows 1 … `length` of a chain of replies, written by SQL; answers the id of the last. */
async function aChain(threadId: number, length: number): Promise<string> {
  const [first] = await db.sql(`INSERT INTO visitors DEFAULT VALUES RETURNING id, nextval('comments_id_seq') AS base`);
  await db.sql(
    `INSERT INTO comments (id, thread_id, parent_id, root_id, depth, place, root_place, status, visitor_id, author_name, body, html,
                           renderer_version, body_hash, reply_count)
     SELECT $2::bigint + n, $1, CASE WHEN n > 0 THEN $2::bigint + n - 1 END, CASE WHEN n > 0 THEN $2::bigint END, n, n + 1,
            CASE WHEN n = 0 THEN 1 END, 'PUBLISHED', $3, 'Chain', 'x', '<p>x</p>', 1, '', CASE WHEN n < $4 - 1 THEN 1 ELSE 0 END
     FROM generate_series(0, $4::int - 1) n`,
    [threadId, first?.base, first?.id, length],
  );
  await db.sql("SELECT setval('comments_id_seq', $1::bigint)", [Number(first?.base) + length]);
  await db.sql("UPDATE threads SET comment_count = $2, places = $2, root_places = 1 WHERE id = $1", [threadId, length]);
  return String(Number(first?.base) + length - 1);
}

describe("replies", () => {
  it("hang on their true parent, one level deeper, under the same root", async () => {
    const article = await anArticle();
    const root = await post(article);
    const reply = await post(article, { parentId: root.id, body: "One down." });
    const deeper = await post(article, { parentId: reply.id, body: "Two down." });
    expect(await rowOf(reply.id)).toMatchObject({
      parent_id: root.id,
      root_id: root.id,
      depth: 1,
      place: 2,
      root_place: null,
    });
    expect(await rowOf(deeper.id)).toMatchObject({ parent_id: reply.id, root_id: root.id, depth: 2, place: 3 });
    expect(await rowOf(root.id)).toMatchObject({ reply_count: 1 });
    expect(await threadOf(article.threadId)).toMatchObject({ comment_count: 3, places: 3, root_places: 1 });
    expect(deeper.url).toBe(`/articles/${article.slug}#c-${deeper.id}`);
  });

  it("go as deep as the limit and no deeper", async () => {
    const article = await anArticle();
    const last = await aChain(article.threadId, limits.threadDepth);
    const deepest = await post(article, { parentId: last, body: "The deepest." });
    expect(await rowOf(deepest.id)).toMatchObject({ depth: limits.threadDepth });
    expect(await refusalOf(post(article, { parentId: deepest.id, body: "Deeper still." }))).toBe(
      "invalid comment.too_deep",
    );
    expect(deepest.url).toBe(`/comments/${deepest.id}`);
  });

  const gone: [string, string][] = [
    ["was deleted", "status = 'DELETED', body = '', html = ''"],
    ["was removed", "status = 'REMOVED', removal_reason = 'Rude'"],
    ["is held", "status = 'PENDING'"],
    ["is spam", "status = 'SPAM'"],
    ["was never seen", "status = 'PENDING', place = NULL, root_place = NULL"],
  ];
  it.each(gone)("to what %s are refused, and nothing is written", async (_sentence, change) => {
    const article = await anArticle();
    const parent = await post(article);
    await db.sql(`UPDATE comments SET ${change} WHERE id = $1`, [parent.id]);
    expect(await refusalOf(post(article, { parentId: parent.id, body: "But …" }))).toBe("conflict comment.parent_gone");
    expect(await countOf(article.threadId)).toBe(1);
  });

  it("to a comment of another article are refused", async () => {
    const parent = await post(await anArticle());
    expect(await refusalOf(post(await anArticle(), { parentId: parent.id }))).toBe("conflict comment.parent_gone");
  });

  it("say where they can be read for certain when the thread has grown long", async () => {
    const article = await anArticle();
    const root = await post(article);
    await db.sql("UPDATE threads SET places = $2, root_places = 1 WHERE id = $1", [
      article.threadId,
      1 + limits.repliesPerRoot,
    ]);
    const reply = await post(article, { parentId: root.id, body: "One too many." });
    expect(reply.url).toBe(`/comments/${reply.id}`);
  });
});

it("says on which page a new top-level comment stands", async () => {
  const article = await anArticle();
  await db.sql("UPDATE threads SET places = $2, root_places = $2 WHERE id = $1", [
    article.threadId,
    limits.rootsPerPage - 1,
  ]);
  const last = await post(article, { body: "Last of the page." });
  const next = await post(article, { body: "First of the next." });
  expect(last.url).toBe(`/articles/${article.slug}#c-${last.id}`);
  expect(next.url).toBe(`/articles/${article.slug}?page=2#c-${next.id}`);
});

it("says it also when many post at once around the end of a page", async () => {
  const article = await anArticle();
  await db.sql("UPDATE threads SET places = $2, root_places = $2 WHERE id = $1", [
    article.threadId,
    limits.rootsPerPage - 3,
  ]);
  const posted = await Promise.all(Array.from({ length: 6 }, (_, nth) => post(article, { body: `Number ${nth}.` })));
  for (const { id, url } of posted) {
    const place = Number((await rowOf(id))?.root_place);
    expect([place, url.includes("?page=2")]).toEqual([place, place > limits.rootsPerPage]);
  }
});

describe("refused", () => {
  it("in a locked thread", async () => {
    const article = await anArticle();
    await db.sql("UPDATE threads SET state = 'LOCKED' WHERE id = $1", [article.threadId]);
    expect(await refusalOf(post(article))).toBe("closed thread.locked");
    expect(await countOf(article.threadId)).toBe(0);
  });

  it("under an article that does not exist, or is not published", async () => {
    expect(await refusalOf(post({ slug: "no-such-article" }))).toBe("not_found");
    const article = await anArticle();
    await db.sql("UPDATE articles SET published_revision_id = NULL WHERE id = $1", [article.articleId]);
    expect(await refusalOf(post(article))).toBe("not_found");
  });

  it("with more links than anybody needs", async () => {
    const body = Array.from({ length: limits.linksRefused + 1 }, (_, nth) => `<https://example.com/${nth}>`).join(" ");
    expect(await refusalOf(post(await anArticle(), { body }))).toBe("invalid body=comment.too_many_links");
  });
});

const links = "[a](https://a.example) [b](https://b.example) [c](https://c.example)";

describe("held", () => {
  const table: [string, Parameters<typeof wish>[1], string][] = [
    ["for its links", { body: links }, "links"],
    ["for haste and a filled honeypot", { honeypot: "x", ageMs: 10, proof: "" }, "suspicion"],
    ["for haste and a link", { body: "See https://a.example", ageMs: 10, proof: "" }, "suspicion"],
  ];
  it.each(table)("%s: written, waiting, uncounted, and logged with its reason", async (_sentence, about, reason) => {
    const article = await anArticle();
    const posted = await post(article, about);
    expect(posted).toMatchObject({ status: "pending", url: `/comments/${posted.id}` });
    expect(posted.events).toEqual([{ type: "CommentHeld", articleId: article.articleId, commentId: posted.id }]);
    expect(posted.visitorToken).toBeDefined();
    expect(await rowOf(posted.id)).toMatchObject({ status: "PENDING", place: null, root_place: null });
    expect(await threadOf(article.threadId)).toMatchObject({ comment_count: 0, places: 0, root_places: 0 });
    expect(await db.sql("SELECT * FROM moderation_actions WHERE comment_id = $1", [posted.id])).toMatchObject([
      { kind: "HOLD", actor_id: null, from_status: null, to_status: "PENDING", reason },
    ]);
  });

  it("as a reply: does not count as one", async () => {
    const article = await anArticle();
    const root = await post(article);
    await post(article, { parentId: root.id, body: links });
    expect(await rowOf(root.id)).toMatchObject({ reply_count: 0 });
  });

  it("never for a member's links", async () => {
    const member = await aMember("linus", "Linus");
    expect(await postComment(by(member), wish(await anArticle(), { body: links }))).toMatchObject({
      status: "published",
    });
  });

  it("is written together with its line in the log, or not at all", async () => {
    const article = await anArticle();
    await db.sql(
      `CREATE FUNCTION break_log() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken log'; END $$`,
    );
    await db.sql(
      `CREATE TRIGGER break_log BEFORE INSERT ON moderation_actions FOR EACH ROW EXECUTE FUNCTION break_log()`,
    );
    try {
      await expect(post(article, { body: links })).rejects.toThrow();
      expect(await countOf(article.threadId)).toBe(0);
    } finally {
      await db.sql("DROP TRIGGER break_log ON moderation_actions");
    }
  });
});
