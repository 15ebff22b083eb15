// What must never be, the database itself refuses, whoever writes (R49, R84): rows put in by hand, each breaking one rule.
import { beforeAll, describe, expect, it } from "vitest";
import { limits } from "@/lib/domain/limits";
import { anArticle, post, type TestArticle, visitorOf } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();

let here: TestArticle;
let there: TestArticle;
let visitorId: number | null;
let userId: number;
let commentId: string;
let foreignId: string;

beforeAll(async () => {
  here = await anArticle();
  there = await anArticle();
  const posted = await post(here);
  commentId = posted.id;
  visitorId = (await visitorOf(posted)).visitorId;
  foreignId = (await post(there)).id;
  const [user] = await db.sql(
    "INSERT INTO users (handle, display_name, name_key, handle_key) VALUES ('ada', 'Ada', 'ada', 'ada') RETURNING id",
  );
  userId = Number(user?.id);
});

type Row = Record<string, unknown>;

/** The constraint, or the trigger's or driver's code, that refuses; "taken" when nothing does. Leaves nothing behind. */
async function outcome(sql: string, values: unknown[] = []): Promise<string> {
  await db.sql("BEGIN");
  try {
    await db.sql(sql, values);
    // What is checked at the end of a transaction is checked now.
    await db.sql("SET CONSTRAINTS ALL IMMEDIATE");
    return "taken";
  } catch (error) {
    const { constraint, column, code } = Object(error);
    return String(constraint ?? (column ? `${column} ${code}` : code));
  } finally {
    await db.sql("ROLLBACK");
  }
}

function insert(table: string, row: Row): Promise<string> {
  const columns = Object.keys(row);
  const places = columns.map((_, nth) => `$${nth + 1}`);
  return outcome(`INSERT INTO "${table}" (${columns.join(", ")}) VALUES (${places.join(", ")})`, Object.values(row));
}

const pirate = "\u{1f3f4}";

describe("comments", () => {
  const good = (): Row => ({
    thread_id: here.threadId,
    place: 1_000,
    root_place: 1_000,
    status: "PUBLISHED",
    visitor_id: visitorId,
    author_name: "Ada",
    body: "x",
    html: "<p>x</p>",
    renderer_version: 1,
    body_hash: "",
  });
  const reply = (): Row => ({ ...good(), parent_id: commentId, root_id: commentId, depth: 1, root_place: null });

  const table: [string, () => Row, string][] = [
    ["an ordinary one is taken", good, "taken"],
    ["a reply too", reply, "taken"],
    ["a member's too", () => ({ ...good(), visitor_id: null, user_id: userId }), "taken"],
    ["one that waits needs no place", () => ({ ...good(), status: "PENDING", place: null, root_place: null }), "taken"],
    ["a deleted one has no text", () => ({ ...good(), status: "DELETED", body: "", html: "" }), "taken"],
    ["of nobody", () => ({ ...good(), visitor_id: null }), "comments_author_check"],
    ["of two people", () => ({ ...good(), user_id: userId }), "comments_author_check"],
    ["of a visitor who is not there", () => ({ ...good(), visitor_id: 999_999 }), "comments_visitor_id_fkey"],
    ["in a thread that is not there", () => ({ ...good(), thread_id: 999_999 }), "comments_thread_id_fkey"],
    ["under a parent in another thread", () => ({ ...reply(), parent_id: foreignId }), "comments_parent_fkey"],
    ["under a root in another thread", () => ({ ...reply(), root_id: foreignId }), "comments_root_fkey"],
    ["under a parent that is not there", () => ({ ...reply(), parent_id: 999_999_999 }), "comments_parent_fkey"],
    ["a reply at depth nought", () => ({ ...reply(), depth: 0 }), "comments_depth_check"],
    ["a reply without a root", () => ({ ...reply(), root_id: null }), "comments_depth_check"],
    ["a top-level one at depth one", () => ({ ...good(), root_place: null, depth: 1 }), "comments_depth_check"],
    ["at the greatest depth is taken", () => ({ ...reply(), depth: limits.threadDepth }), "taken"],
    ["one deeper", () => ({ ...reply(), depth: limits.threadDepth + 1 }), "comments_depth_check"],
    ["at a place that another has", () => ({ ...good(), place: 1 }), "comments_one_place_idx"],
    ["at a root place that another has", () => ({ ...good(), root_place: 1 }), "comments_one_root_place_idx"],
    ["that can be read, without a place", () => ({ ...reply(), place: null }), "comments_place_check"],
    ["top-level with a place but no root place", () => ({ ...good(), root_place: null }), "comments_root_place_check"],
    ["a reply with a root place", () => ({ ...reply(), root_place: 7 }), "comments_root_place_check"],
    ["removed without a reason", () => ({ ...good(), status: "REMOVED" }), "comments_removal_check"],
    ["with a reason but not removed", () => ({ ...good(), removal_reason: "x" }), "comments_removal_check"],
    ["deleted with its text", () => ({ ...good(), status: "DELETED" }), "comments_body_check"],
    ["without a text", () => ({ ...good(), body: "" }), "comments_body_check"],
    ["with the longest text is taken", () => ({ ...good(), body: pirate.repeat(limits.commentBody) }), "taken"],
    ["with a longer one", () => ({ ...good(), body: "x".repeat(limits.commentBody + 1) }), "comments_body_check"],
    ["without a name", () => ({ ...good(), author_name: "" }), "comments_author_name_check"],
    ["with the longest name is taken", () => ({ ...good(), author_name: pirate.repeat(limits.guestName) }), "taken"],
    [
      "with a longer name",
      () => ({ ...good(), author_name: "x".repeat(limits.guestName + 1) }),
      "comments_author_name_check",
    ],
    ["with a waiting text but no HTML of it", () => ({ ...good(), pending_body: "x" }), "comments_pending_body_check"],
    ["with the HTML of no waiting text", () => ({ ...good(), pending_html: "x" }), "comments_pending_body_check"],
    [
      "with a waiting text that is too long",
      () => ({ ...good(), pending_body: "x".repeat(limits.commentBody + 1), pending_html: "" }),
      "comments_pending_body_check",
    ],
    ["with a negative count of replies", () => ({ ...good(), reply_count: -1 }), "comments_reply_count_check"],
    ["with a text number nought", () => ({ ...good(), revision: 0 }), "comments_revision_check"],
    ["in a state that does not exist", () => ({ ...good(), status: "HIDDEN" }), "22P02"],
    ["with NUL in it", () => ({ ...good(), body: "a\u0000b" }), "22021"],
  ];
  it.each(table)("%s", async (_sentence, row, expected) => expect(await insert("comments", row())).toBe(expected));

  it("cannot go while replies hang on them", async () => {
    expect(await outcome("UPDATE comments SET thread_id = $1 WHERE id = $2", [there.threadId, commentId])).not.toBe(
      "taken",
    );
    const child = await post(here, { parentId: commentId, body: "Below." });
    expect(await outcome("DELETE FROM comments WHERE id = $1", [commentId])).toMatch(/_fkey$/);
    expect(await outcome("DELETE FROM comments WHERE id = $1", [child.id])).toBe("taken");
  });
});

describe("threads", () => {
  const update = (set: string) => outcome(`UPDATE threads SET ${set} WHERE id = $1`, [here.threadId]);
  it.each([
    ["fewer than no comments", "comment_count = -1"],
    ["more comments than places", "comment_count = places + 1"],
    ["more root places than places", "root_places = places + 1"],
  ])("refuse %s", async (_sentence, set) => expect(await update(set)).toBe("threads_counts_check"));

  it("are one an article", async () => {
    expect(await insert("threads", { article_id: here.articleId })).toBe("threads_article_id_key");
  });
});

describe("articles and their revisions", () => {
  const revision = (about: Row = {}): Row => ({
    article_id: here.articleId,
    number: 2,
    state: "DRAFT",
    title: "T",
    body: "B",
    html: "",
    renderer_version: 1,
    ...about,
  });
  const published = { state: "PUBLISHED", published_at: new Date() };

  const table: [string, Row, string][] = [
    ["a draft beside the published one is taken", {}, "taken"],
    ["a superseded one too", { ...published, state: "SUPERSEDED" }, "taken"],
    ["two published", published, "revisions_one_published_idx"],
    ["the same number twice", { number: 1 }, "revisions_article_id_number_key"],
    ["number nought", { number: 0 }, "revisions_number_check"],
    ["published at no time", { state: "SUPERSEDED" }, "revisions_published_at_check"],
    ["scheduled for no time", { state: "SCHEDULED" }, "revisions_scheduled_for_check"],
    ["the longest title is taken", { title: pirate.repeat(limits.title) }, "taken"],
    ["a longer title", { title: "x".repeat(limits.title + 1) }, "revisions_title_check"],
    ["no title", { title: "" }, "revisions_title_check"],
    ["the longest text is taken", { body: pirate.repeat(limits.articleBody) }, "taken"],
    ["a longer text", { body: "x".repeat(limits.articleBody + 1) }, "revisions_body_check"],
    ["a longer summary", { summary: "x".repeat(limits.summary + 1) }, "revisions_summary_check"],
    ["a longer note", { note: "x".repeat(limits.actionNote + 1) }, "revisions_note_check"],
  ];
  it.each(table)("%s", async (_sentence, about, expected) => {
    expect(await insert("revisions", revision(about))).toBe(expected);
  });

  it.each(["DRAFT", "IN_REVIEW", "CHANGES_REQUESTED"])("one open at a time: no %s beside a draft", async (state) => {
    expect(
      await outcome(
        `INSERT INTO revisions (article_id, number, state, title, body, html, renderer_version)
         VALUES ($1, 2, 'DRAFT', 'T', 'B', '', 1), ($1, 3, $2::revision_state, 'T', 'B', '', 1)`,
        [here.articleId, state],
      ),
    ).toBe("revisions_one_open_idx");
  });

  it("are never deleted, and once submitted never rewritten; what the renderer made of them may be", async () => {
    const update = (set: string) => outcome(`UPDATE revisions SET ${set} WHERE id = $1`, [here.revisionId]);
    expect(await outcome("DELETE FROM revisions WHERE id = $1", [here.revisionId])).toBe("23001");
    for (const set of [
      "title = 'Other'",
      "summary = 'Other'",
      "body = 'Other'",
      "number = 9",
      `author_id = ${userId}`,
    ]) {
      expect([set, await update(set)]).toEqual([set, "23001"]);
    }
    expect(await update("html = '<p>Anew.</p>', renderer_version = 2")).toBe("taken");
  });

  it("are pointed at by their own article only", async () => {
    expect(
      await outcome("UPDATE articles SET published_revision_id = $2 WHERE id = $1", [here.articleId, there.revisionId]),
    ).toBe("articles_id_published_revision_id_fkey");
  });

  const slugs: [string, string][] = [
    ["Capital", "articles_slug_check"],
    ["two--dashes", "articles_slug_check"],
    ["-dash", "articles_slug_check"],
    ["ümlaut", "articles_slug_check"],
    ["with space", "articles_slug_check"],
    ["line\n", "articles_slug_check"],
    ["", "articles_slug_check"],
    ["a".repeat(limits.slug + 1), "articles_slug_check"],
    ["a".repeat(limits.slug), "taken"],
  ];
  it.each(slugs)("have addresses like %j: %s", async (slug, expected) => {
    expect(await insert("articles", { slug })).toBe(expected);
  });

  it("have an address each", async () => {
    expect(await insert("articles", { slug: here.slug })).toBe("articles_slug_key");
  });

  it("credit somebody by account or by name", async () => {
    const credit = (about: Row) =>
      insert("credits", { article_id: here.articleId, kind: "WRITTEN", position: 9, ...about });
    expect(await credit({ user_id: userId })).toBe("taken");
    expect(await credit({ name: "Somebody" })).toBe("taken");
    expect(await credit({})).toBe("credits_who_check");
    expect(await credit({ name: "" })).toBe("credits_who_check");
  });
});

describe("people", () => {
  const user = (about: Row) =>
    insert("users", { handle: "mira", display_name: "Mira", name_key: "mira", handle_key: "mira", ...about });
  const table: [string, Row, string][] = [
    ["an ordinary one is taken", {}, "taken"],
    ["with a handle that is too short", { handle: "ab" }, "users_handle_check"],
    ["with a handle that is too long", { handle: "a".repeat(limits.handle.max + 1) }, "users_handle_check"],
    ["with a capital in the handle", { handle: "Mira" }, "users_handle_check"],
    ["with a line feed after the handle", { handle: "mira\n" }, "users_handle_check"],
    ["with a handle that another has", { handle: "ada" }, "users_handle_key"],
    ["without a name", { display_name: "" }, "users_display_name_check"],
    ["with a name that is too long", { display_name: "x".repeat(limits.displayName + 1) }, "users_display_name_check"],
    ["with a life story", { bio: "x".repeat(limits.bio + 1) }, "users_bio_check"],
    ["with a role that does not exist", { roles: ["OWNER"] }, "22P02"],
  ];
  it.each(table)("%s", async (_sentence, about, expected) => expect(await user(about)).toBe(expected));
});

describe("reports", () => {
  const report = (about: Row) =>
    insert("reports", { comment_id: commentId, comment_revision: 1, reason: "SPAM", visitor_id: visitorId, ...about });
  const table: [string, () => Row, string][] = [
    ["an ordinary one is taken", () => ({}), "taken"],
    ["of nobody", () => ({ visitor_id: null }), "reports_who_check"],
    ["of two people", () => ({ user_id: userId }), "reports_who_check"],
    ["about nothing", () => ({ comment_id: 999_999_999 }), "reports_comment_id_fkey"],
    ["for no reason", () => ({ reason: null }), "reason 23502"],
    ["with a note that is too long", () => ({ note: "x".repeat(limits.reportNote + 1) }), "reports_note_check"],
    ["decided at no time", () => ({ state: "UPHELD" }), "reports_decided_check"],
    ["open but decided", () => ({ decided_at: new Date() }), "reports_decided_check"],
  ];
  it.each(table)("%s", async (_sentence, about, expected) => expect(await report(about())).toBe(expected));

  it("are one a person and comment, and are never deleted", async () => {
    const values = [commentId, visitorId];
    const one = "INSERT INTO reports (comment_id, comment_revision, reason, visitor_id) VALUES ($1, 1, 'SPAM', $2)";
    expect(await outcome(`${one}, ($1, 1, 'ABUSE', $2)`, values)).toBe("reports_comment_id_visitor_id_key");
    await db.sql(one, values);
    expect(await outcome("DELETE FROM reports")).toBe("23001");
  });
});

describe("the moderation log", () => {
  const line = (about: Row) =>
    insert("moderation_actions", {
      kind: "HOLD",
      comment_id: commentId,
      to_status: "PENDING",
      reason: "links",
      ...about,
    });
  const table: [string, () => Row, string][] = [
    ["takes an ordinary line", () => ({}), "taken"],
    ["refuses a line about nothing", () => ({ comment_id: null }), "moderation_actions_target_check"],
    [
      "takes a line about the site as a whole",
      () => ({ kind: "SET_SITE", comment_id: null, to_status: null }),
      "taken",
    ],
    ["refuses a line about two things", () => ({ article_id: here.articleId }), "moderation_actions_target_check"],
    ["refuses a line without a reason", () => ({ reason: "" }), "moderation_actions_reason_check"],
    ["refuses a line that changes nothing", () => ({ to_status: null }), "moderation_actions_status_check"],
    ["refuses a long note", () => ({ note: "x".repeat(limits.actionNote + 1) }), "moderation_actions_note_check"],
  ];
  it.each(table)("%s", async (_sentence, about, expected) => expect(await line(about())).toBe(expected));

  it("only grows", async () => {
    await db.sql(
      "INSERT INTO moderation_actions (kind, comment_id, to_status, reason) VALUES ('HOLD', $1, 'PENDING', 'x')",
      [commentId],
    );
    expect(await outcome("UPDATE moderation_actions SET reason = 'y'")).toBe("23001");
    expect(await outcome("DELETE FROM moderation_actions")).toBe("23001");
    expect(await outcome("TRUNCATE moderation_actions CASCADE")).toBe("23001");
  });
});

it("refuses earlier texts of comments that are too long, twice of one number, or of nothing", async () => {
  const text = (about: Row) =>
    insert("comment_revisions", {
      comment_id: commentId,
      number: 1,
      body: "x",
      html: "",
      created_at: new Date(),
      public: false,
      ...about,
    });
  expect(await text({})).toBe("taken");
  expect(await text({ body: "" })).toBe("comment_revisions_body_check");
  expect(await text({ body: "x".repeat(limits.commentBody + 1) })).toBe("comment_revisions_body_check");
  expect(await text({ comment_id: 999_999_999 })).toBe("comment_revisions_comment_id_fkey");
});

it("refuses two visitors one token, and one thread two of the same automatic name", async () => {
  expect(await outcome("INSERT INTO visitors (token_hash) VALUES ('x'), ('x')")).toBe("visitors_token_hash_key");
  expect(
    await outcome(
      `WITH two AS (INSERT INTO visitors DEFAULT VALUES RETURNING id)
       INSERT INTO pseudonyms (thread_id, visitor_id, name) SELECT $1, id, name FROM pseudonyms, (SELECT $2::int AS id) other
       WHERE thread_id = $1`,
      [here.threadId, (await visitorOf(await post(there, { body: "Elsewhere." }))).visitorId],
    ),
  ).toBe("pseudonyms_thread_id_name_key");
});
