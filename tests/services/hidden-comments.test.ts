// What may not be read is nowhere (R45): a marker in the text of hidden comments, looked for in everything anybody can ask for.
import { beforeAll, describe, expect, it } from "vitest";
import type { VisitorActor } from "@/lib/domain/actor";
import type { Context } from "@/lib/services/context";
import { editComment } from "@/lib/services/edit-comment";
import { listArticles } from "@/lib/services/list-articles";
import { listComments } from "@/lib/services/list-comments";
import { readArticle, readDiscussion } from "@/lib/services/read-article";
import { readComment } from "@/lib/services/read-comment";
import { readDiscussionFeed, readSiteFeed } from "@/lib/services/read-feed";
import { readFront } from "@/lib/services/read-front";
import { readMe } from "@/lib/services/read-me";
import { readPerson } from "@/lib/services/read-person";
import { readPublishedText } from "@/lib/services/read-revisions";
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
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

const marker = "Zaphod";
const links = "[a](https://a.example) [b](https://b.example) [c](https://c.example)";

let article: TestArticle;
/** The hidden comments by what they are. */
const hidden: Record<string, { id: string; author: VisitorActor }> = {};
/** The comment that can be read, under which and beside which the others hang. */
let open: { id: string; author: VisitorActor };

async function hiddenComment(name: string, change: string | null): Promise<void> {
  const posted = await post(article, {
    body: `${marker} ${name}. ${change === null ? links : ""}`,
    name: `${marker} ${name}`,
    parentId: open.id,
  });
  const author = await visitorOf(posted);
  if (change !== null) await db.sql(`UPDATE comments SET ${change} WHERE id = $1`, [posted.id]);
  hidden[name] = { id: posted.id, author };
}

beforeAll(async () => {
  article = await anArticle();
  const posted = await post(article, { body: "For everybody." });
  open = { id: posted.id, author: await visitorOf(posted) };
  await hiddenComment("waiting", null);
  await hiddenComment("held later", "status = 'PENDING'");
  await hiddenComment("spam", "status = 'SPAM'");
  await hiddenComment("spam at once", "status = 'SPAM', place = NULL, root_place = NULL");
  await hiddenComment("removed", "status = 'REMOVED', removal_reason = 'Off the point'");
  await editComment(by(open.author), { id: open.id, body: `${marker} edit: ${links}` });
  // A member whose only comment waits.
  const member = await aMember("quiet", "Quiet");
  const { id } = await post(article, { body: `${marker} member.` }, by(member));
  await db.sql("UPDATE comments SET status = 'PENDING', place = NULL, root_place = NULL WHERE id = $1", [id]);
});

/** Everything that can be asked for without naming one hidden comment. */
const reads: [string, (ctx: Context) => Promise<unknown>][] = [
  ["the article, oldest first", (ctx) => readArticle(ctx, { slug: article.slug, sort: "oldest", page: 1 })],
  ["the article, newest first", (ctx) => readArticle(ctx, { slug: article.slug, sort: "newest", page: 1 })],
  ["the whole discussion", (ctx) => readDiscussion(ctx, { slug: article.slug })],
  ["the comment above them", (ctx) => readComment(ctx, { id: open.id })],
  ["the list for programs", (ctx) => listComments(ctx, { slug: article.slug, sort: "newest", limit: 50 })],
  ["the articles for programs", (ctx) => listArticles(ctx, { limit: 50 })],
  ["the article for programs", (ctx) => readPublishedText(ctx, { slug: article.slug })],
  ["the discussion's feed", (ctx) => readDiscussionFeed(ctx, { slug: article.slug })],
  ["the site's feed", (ctx) => readSiteFeed(ctx)],
  ["the front page", (ctx) => readFront(ctx, {})],
  ["the member's page", (ctx) => readPerson(ctx, { handle: "quiet" })],
  ["what is known of oneself", (ctx) => readMe(ctx, { slug: article.slug })],
];

it.each(reads)("is not in %s", async (_what, read) => {
  for (const actor of [stranger, hidden.spam?.author ?? stranger]) {
    expect(JSON.stringify(await read(by(actor)))).not.toContain(marker);
  }
});

it("is in the same reads once it may be read, so the looking works", async () => {
  const other = await anArticle();
  await post(other, { body: `${marker} for all.` });
  const ctx = by();
  const slug = other.slug;
  const texts = [
    await readArticle(ctx, { slug, sort: "oldest", page: 1 }),
    await readDiscussion(ctx, { slug }),
    await listComments(ctx, { slug, sort: "newest", limit: 50 }),
    await readDiscussionFeed(ctx, { slug }),
    await readFront(ctx, {}),
  ].map((read) => JSON.stringify(read));
  for (const text of texts) expect(text).toContain(marker);
  await db.sql("UPDATE threads SET last_comment_at = NULL, comment_count = 0 WHERE id = $1", [other.threadId]);
});

describe("a hidden comment's own page", () => {
  it.each(["waiting", "spam at once"])("does not exist for others when it was never seen: %s", async (name) => {
    const id = hidden[name]?.id ?? "";
    expect(await refusalOf(readComment(by(), { id }))).toBe("not_found");
    expect(await refusalOf(readComment(by(open.author), { id }))).toBe("not_found");
    expect(await refusalOf(readComment(by(), { id, editToken: "wrong" }))).toBe("not_found");
  });

  it.each(["held later", "spam", "removed"])("keeps its place but says nothing when it was seen: %s", async (name) => {
    const page = await readComment(by(), { id: hidden[name]?.id ?? "" });
    expect(JSON.stringify(page)).not.toContain(marker);
    expect(page).toMatchObject({
      source: null,
      heldReason: null,
      may: { reply: false, edit: false, delete: false, report: false },
      subThread: { node: { comment: { html: "", author: { name: "", handle: null } } } },
    });
  });

  it.each(["waiting", "held later", "spam", "spam at once"])("shows its author that it waits: %s", async (name) => {
    const { id, author } = hidden[name] ?? open;
    const page = await readComment(by(author), { id });
    expect(page.subThread.node.comment).toMatchObject({ status: "PENDING", author: { name: `${marker} ${name}` } });
    expect(page.subThread.node.comment.html).toContain(marker);
    expect(page.may.report).toBe(false);
  });

  it("lets its author edit and delete it while it waits, also by the token alone", async () => {
    const posted = await post(article, { body: links });
    const page = await readComment(by(), { id: posted.id, editToken: posted.editToken });
    expect(page).toMatchObject({ may: { reply: false, edit: true, delete: true }, source: links, heldReason: "links" });
  });
});

it("is listed to its author among their own, as waiting", async () => {
  const { id, author } = hidden.waiting ?? open;
  expect((await readMe(by(author), { slug: article.slug })).comments).toEqual([
    expect.objectContaining({ id, parentId: open.id, status: "pending", may: ["edit", "delete"] }),
  ]);
});

it("is nowhere of an article that is no longer published", async () => {
  const withdrawn = await anArticle();
  const posted = await post(withdrawn, { body: `${marker} withdrawn.` });
  await db.sql("UPDATE articles SET published_revision_id = NULL WHERE id = $1", [withdrawn.articleId]);
  const ctx = by(await visitorOf(posted));
  const { slug } = withdrawn;
  expect(await refusalOf(readArticle(ctx, { slug, sort: "oldest", page: 1 }))).toBe("not_found");
  expect(await refusalOf(readDiscussion(ctx, { slug }))).toBe("not_found");
  expect(await refusalOf(listComments(ctx, { slug, sort: "newest", limit: 5 }))).toBe("not_found");
  expect(await refusalOf(readComment(ctx, { id: posted.id }))).toBe("not_found");
  expect(JSON.stringify(await readFront(ctx, {}))).not.toContain(slug);
  expect(await readMe(ctx, { slug })).toMatchObject({ actor: { kind: "visitor" }, comments: [] });
});
