// What may not be read is nowhere (R45): a marker in the texts of hidden comments, of edits that wait or are kept for moderators, of drafts,
// and in what moderators and reporters noted, looked for in everything anybody can ask for.
import { beforeAll, describe, expect, it } from "vitest";
import type { VisitorActor } from "@/lib/domain/actor";
import { appealRemoval, readOwnTroubles } from "@/lib/services/appeal-removal";
import { compareRevisions } from "@/lib/services/compare-revisions";
import type { Context } from "@/lib/services/context";
import { deleteComment, editComment } from "@/lib/services/edit-comment";
import { listArticles } from "@/lib/services/list-articles";
import { listComments } from "@/lib/services/list-comments";
import { moderateComment } from "@/lib/services/moderate-comment";
import { readArticle, readDiscussion } from "@/lib/services/read-article";
import { readCard } from "@/lib/services/read-card";
import { readCitation } from "@/lib/services/read-citation";
import { readComment } from "@/lib/services/read-comment";
import { readDiscussionFeed, readSiteFeed } from "@/lib/services/read-feed";
import { readFront } from "@/lib/services/read-front";
import { readHistoryFeed } from "@/lib/services/read-history-feed";
import { readMe } from "@/lib/services/read-me";
import { readModerationFeed, readModerationFigures, readModerationLog } from "@/lib/services/read-moderation-log";
import { readPerson } from "@/lib/services/read-person";
import { readPublishedText, readRevision, readRevisions } from "@/lib/services/read-revisions";
import { readSitemap } from "@/lib/services/read-sitemap";
import { readTopic, readTopics } from "@/lib/services/read-topics";
import { reportComment } from "@/lib/services/report-comment";
import { sanctionPerson } from "@/lib/services/sanction-person";
import { readStanding } from "@/lib/services/standing";
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
import { aModerator, seenNow } from "@/tests/services/moderation";
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
/** Somebody known here, of whom nothing is hidden. */
let somebodyElse: VisitorActor;

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
  somebodyElse = await aVisitor(article);
  await leaveTraces();
  await draftTexts();
});

/** What is kept of comments for moderators, or for nobody. */
async function leaveTraces(): Promise<void> {
  const moderator = await aModerator(db, "maria");
  const written = async (body: string) => {
    const posted = await post(article, { body });
    return { id: posted.id, author: await visitorOf(posted) };
  };
  const deleted = await written(`${marker} deleted.`);
  await deleteComment(by(deleted.author), { id: deleted.id });
  const corrected = await written(`${marker} written in haste.`);
  await editComment(by(corrected.author), { id: corrected.id, body: "Thought over." });
  const removed = await written(`${marker} removed by a moderator.`);
  await reportComment(by(), { id: removed.id, reason: "ABUSE", note: `${marker} hurts.` });
  const seen = await seenNow(removed.id);
  const verdict = {
    id: removed.id,
    seen,
    verdict: "remove",
    reason: "removal.ABUSE",
    note: `${marker} again.`,
  } as const;
  await moderateComment(by(moderator), verdict);
  await appealRemoval(by(removed.author), { id: removed.id, body: `${marker} was meant kindly.` });
  const wish = { about: { commentId: removed.id }, reason: `${marker} is known.` };
  await sanctionPerson(by(moderator), { ...wish, kind: "NOTE" });
  await sanctionPerson(by(moderator), { ...wish, kind: "WARN" });
}

/** Texts of the article that were never shown, and an article that never was, all under a topic. */
async function draftTexts(): Promise<void> {
  const [topic] = await db.sql("INSERT INTO topics (slug, name) VALUES ('bees', 'Bees') RETURNING id");
  const never = await anArticle(`${marker} of articles`);
  await db.sql("UPDATE articles SET published_revision_id = NULL, slug = $2 WHERE id = $1", [
    never.articleId,
    "zaphod",
  ]);
  await db.sql("UPDATE revisions SET state = 'DRAFT', published_at = NULL WHERE id = $1", [never.revisionId]);
  for (const { articleId } of [article, never]) {
    await db.sql("INSERT INTO article_topics (article_id, topic_id) VALUES ($1, $2)", [articleId, topic?.id]);
  }
  for (const [index, state] of ["IN_REVIEW", "WITHDRAWN"].entries()) {
    await db.sql(
      `INSERT INTO revisions (article_id, number, state, title, summary, body, html, renderer_version, words, class, note)
       VALUES ($1, $2, $3::revision_state, $4, $4, $4, $4, 1, 2, 'TYPO', $4)`,
      [article.articleId, index + 2, state, `${marker} as a draft`],
    );
  }
}

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
  ["the texts that were published", (ctx) => readRevisions(ctx, { slug: article.slug, limit: 50 })],
  ["one of them", (ctx) => readRevision(ctx, { slug: article.slug, number: 1 })],
  ["the history's feed", (ctx) => readHistoryFeed(ctx, { slug: article.slug })],
  ["the citation", (ctx) => readCitation(ctx, { slug: article.slug })],
  ["the picture for sharing", (ctx) => readCard(ctx, { slug: article.slug })],
  ["the sitemap", (ctx) => readSitemap(ctx)],
  ["the topics", (ctx) => readTopics(ctx)],
  ["the topic", (ctx) => readTopic(ctx, { slug: "bees" })],
  ["the moderation log", (ctx) => readModerationLog(ctx, {})],
  ["the moderation log of the article", (ctx) => readModerationLog(ctx, { article: article.slug })],
  ["the moderation log's feed", (ctx) => readModerationFeed(ctx)],
  ["the figures of moderation", (ctx) => readModerationFigures(ctx)],
  ["how another stands", (ctx) => readStanding(ctx)],
  ["the removals of another", (ctx) => readOwnTroubles({ ...ctx, actor: somebodyElse })],
];

it.each(reads)("is not in %s", async (_what, read) => {
  for (const actor of [stranger, hidden.spam?.author ?? stranger]) {
    expect(JSON.stringify(await read(by(actor)))).not.toMatch(/zaphod/i);
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

it.each([2, 3])("has no text number %d of the article, nor what it changed", async (number) => {
  const { slug } = article;
  expect(await refusalOf(readRevision(by(), { slug, number }))).toBe("not_found");
  for (const view of ["rendered", "source"] as const) {
    expect(await refusalOf(compareRevisions(by(), { slug, before: 1, now: number, view }))).toBe("not_found");
  }
});

it("has no article that never was published", async () => {
  const slug = "zaphod";
  const attempts = [
    () => readArticle(by(), { slug, sort: "best", page: 1 }),
    () => readCitation(by(), { slug }),
    () => readCard(by(), { slug }),
    () => readRevisions(by(), { slug, limit: 5 }),
    () => readHistoryFeed(by(), { slug }),
    () => readDiscussionFeed(by(), { slug }),
    () => post({ slug }),
  ];
  for (const attempt of attempts) expect(await refusalOf(attempt())).toBe("not_found");
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
