// Writing people, topics, articles and their revisions: the steps of publishing, importing and planting.

import type { Role } from "@/lib/domain/actor";
import type { CommentStatus } from "@/lib/domain/comment";
import { DomainError } from "@/lib/domain/errors";
import { limits } from "@/lib/domain/limits";
import type { Permit } from "@/lib/domain/permissions";
import type { Transaction } from "@/lib/store/client";
import type { Rendered } from "@/lib/text/rendered";

type ImportPermit = Permit<"site.import">;

export interface NewUser {
  handle: string;
  displayName: string;
  nameKey: string;
  handleKey: string;
  roles: readonly Role[];
  bio: string;
  bioHtml: string;
  createdAt: Date;
}

/** Writes a member who has no way to log in. */
export function insertUser(db: Transaction, _permit: ImportPermit, user: NewUser): Promise<{ id: number }> {
  return db.user.create({ data: { ...user, roles: [...user.roles] }, select: { id: true } });
}

/** Writes a topic, or finds the one at the same slug; two at once write one. */
export async function ensureTopic(
  db: Transaction,
  _permit: Permit<"site.import" | "revision.review" | "revision.publishDue">,
  topic: { slug: string; name: string; description: string },
): Promise<{ id: number }> {
  const { slug, name, description } = topic;
  const rows = await db.$queryRaw<{ id: number }[]>`
    INSERT INTO topics (slug, name, description) VALUES (${slug}, ${name}, ${description})
    ON CONFLICT (slug) DO UPDATE SET slug = excluded.slug RETURNING id`;
  const row = rows[0];
  if (!row) throw new DomainError("unavailable");
  return row;
}

/** Writes an article that nobody can see yet, with its empty thread. */
export async function insertArticle(
  db: Transaction,
  _permit: ImportPermit,
  article: { slug: string; createdAt: Date },
): Promise<{ id: number; threadId: number }> {
  const row = await db.article.create({
    data: { ...article, thread: { create: {} } },
    select: { id: true, thread: { select: { id: true } } },
  });
  if (!row.thread) throw new DomainError("unavailable");
  return { id: row.id, threadId: row.thread.id };
}

export interface NewRevision {
  articleId: number;
  number: number;
  state: "DRAFT" | "SUPERSEDED" | "PUBLISHED";
  title: string;
  summary: string;
  body: string;
  rendered: Pick<Rendered, "html" | "headings" | "words">;
  rendererVersion: number;
  copyrightHolder: string;
  licence: string;
  class: "TYPO" | "CLARIFICATION" | "UPDATE" | "CORRECTION" | null;
  note: string;
  authorId: number | null;
  decidedById: number | null;
  /** What it is filed under: the next text is compared with that. */
  topicIds: readonly number[];
  createdAt: Date;
  /** When readers first saw it; null for a draft. */
  publishedAt: Date | null;
}

/** Writes a revision. */
export async function insertRevision(
  db: Transaction,
  _permit: ImportPermit,
  revision: NewRevision,
): Promise<{ id: number }> {
  const { rendered, topicIds, ...row } = revision;
  return db.revision.create({
    data: {
      ...row,
      topics: await topicNames(db, topicIds),
      html: rendered.html,
      headings: rendered.headings.map(({ level, id, text }) => ({ level, id, text })),
      words: rendered.words,
      submittedAt: row.publishedAt,
    },
    select: { id: true },
  });
}

/** As many as a text can say; an article that was brought in may be listed under more, until somebody revises it. */
async function topicNames(db: Transaction, ids: readonly number[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db.topic.findMany({
    where: { id: { in: [...ids] } },
    select: { name: true },
    orderBy: { name: "asc" },
    take: limits.topics,
  });
  return rows.map(({ name }) => name);
}

/** Lets readers see an article: points it at its published revision and lists it under its topics, which count it. */
export async function showArticle(
  db: Transaction,
  _permit: ImportPermit,
  show: { articleId: number; revisionId: number; firstPublishedAt: Date; lastModifiedAt: Date; topicIds: number[] },
): Promise<void> {
  const { articleId, firstPublishedAt, topicIds } = show;
  await db.article.update({
    where: { id: articleId },
    data: { publishedRevisionId: show.revisionId, firstPublishedAt, lastModifiedAt: show.lastModifiedAt },
    select: { id: true },
  });
  const filed = [...new Set(topicIds)].map((topicId) => ({ articleId, topicId, listedAt: firstPublishedAt }));
  await db.articleTopic.createMany({ data: filed });
  await db.topic.updateMany({
    where: { id: { in: filed.map(({ topicId }) => topicId) } },
    data: { articleCount: { increment: 1 } },
  });
}

/** Writes who is credited, in this order. */
export async function insertCredits(
  db: Transaction,
  _permit: ImportPermit,
  credits: { articleId: number; kind: "WRITTEN" | "EDITED"; people: { userId: number | null; name: string | null }[] },
): Promise<void> {
  const { articleId, kind } = credits;
  await db.credit.createMany({
    data: credits.people.map((person, nth) => ({ articleId, kind, position: nth + 1, ...person })),
  });
}

/** Takes a comment's text from readers' eyes at a moderator's word. */
export async function markRemoved(
  db: Transaction,
  _permit: ImportPermit,
  removal: { commentId: bigint; threadId: number; from: CommentStatus; reason: string; at: Date },
): Promise<void> {
  await db.comment.update({
    where: { id: removal.commentId },
    data: { status: "REMOVED", removalReason: removal.reason, decidedAt: removal.at },
    select: { id: true },
  });
  if (removal.from === "PUBLISHED") {
    await db.$executeRaw`UPDATE threads SET comment_count = comment_count - 1 WHERE id = ${removal.threadId}`;
  }
}

/** Whether the site has neither people nor articles. */
export async function isEmptySite(db: Transaction): Promise<boolean> {
  const [user, article] = await Promise.all([
    db.user.findFirst({ select: { id: true } }),
    db.article.findFirst({ select: { id: true } }),
  ]);
  return user === null && article === null;
}
