// Puts a small believable publication into an empty database, so that the first start shows what this place is like.
import type { Role } from "@/lib/domain/actor";
import { authorize, type Permit } from "@/lib/domain/permissions";
import { giveModeratorName } from "@/lib/services/moderator-name";
import { sha256 } from "@/lib/services/tokens";
import { database, inTransaction, type Transaction } from "@/lib/store/client";
import { emptyComment, insertComment, lockComment, type ParentRow, replaceText } from "@/lib/store/comments";
import { logCommentAction } from "@/lib/store/moderation-log";
import {
  ensureTopic,
  insertArticle,
  insertCredits,
  insertRevision,
  insertUser,
  isEmptySite,
  markRemoved,
  showArticle,
} from "@/lib/store/publishing";
import { insertAnonymousVisitor, takePseudonym } from "@/lib/store/visitors";
import { skeleton } from "@/lib/text/confusables";
import { rendererVersion } from "@/lib/text/markdown";
import { pseudonymFrom } from "@/lib/text/pseudonym";
import { renderInWorker } from "@/lib/text/render-pool";

export interface FirstPerson {
  handle: string;
  name: string;
  roles: readonly Role[];
  joinedDaysAgo: number;
  bio: string;
}

export interface FirstComment {
  author: { kind: "member"; handle: string } | { kind: "guest"; person: string; name: string | null };
  minutesAfter: number;
  body: string;
  edited: { minutesAfter: number; was: string } | null;
  deleted: { minutesAfter: number } | null;
  removed: { minutesAfter: number; by: string; reason: string } | null;
  replies: FirstComment[];
}

export interface FirstArticle {
  slug: string;
  title: string;
  summary: string;
  topics: string[];
  writtenBy: string[];
  editedBy: string[];
  publishedDaysAgo: number;
  modifiedDaysAgo: number;
  copyrightHolder: string;
  licence: string;
  revisions: {
    number: number;
    publishedDaysAgo: number;
    body: string;
    class: "TYPO" | "CLARIFICATION" | "UPDATE" | "CORRECTION" | null;
    note: string;
    editedBy: string[];
  }[];
  comments: FirstComment[];
}

export interface FirstSite {
  people: FirstPerson[];
  topics: { slug: string; name: string; description: string }[];
  articles: FirstArticle[];
}

interface Planting {
  tx: Transaction;
  permit: Permit<"site.import">;
  now: Date;
  ownOrigin: string;
  users: Map<string, { id: number; name: string }>;
  topics: Map<string, number>;
  guests: Map<string, number>;
}

/** Longer than the slowest machine needs; nobody waits for a page meanwhile. */
const plantingMs = 120_000;

/**
 * Plants what `read` gives when the database is empty and nobody else is about to plant, all of it or nothing.
 * @returns whether it planted
 */
export async function plantFirstSite(
  read: () => FirstSite,
  options: { now: Date; ownOrigin: string },
): Promise<boolean> {
  if (!(await isEmptySite(database()))) return false;
  const site = read();
  return inTransaction(async (tx) => {
    // Two may begin at once: one of them plants.
    const [turn] = await tx.$queryRaw<{ mine: boolean }[]>`
      SELECT pg_try_advisory_xact_lock(hashtextextended('colloquy.first-site', 0)) AS mine`;
    if (!turn?.mine || !(await isEmptySite(tx))) return false;
    const permit = authorize({ kind: "system" }, "site.import");
    const planting: Planting = { tx, permit, ...options, users: new Map(), topics: new Map(), guests: new Map() };
    for (const person of site.people) await plantPerson(planting, person);
    for (const topic of site.topics) planting.topics.set(topic.slug, (await ensureTopic(tx, permit, topic)).id);
    for (const article of site.articles) await plantArticle(planting, article);
    return true;
  }, plantingMs);
}

function daysAgo(planting: Planting, days: number): Date {
  return new Date(planting.now.getTime() - days * 86_400_000);
}

async function plantPerson(planting: Planting, person: FirstPerson): Promise<void> {
  const bio = await renderInWorker(person.bio, { dialect: "comment", ownOrigin: planting.ownOrigin });
  const { id } = await insertUser(planting.tx, planting.permit, {
    handle: person.handle,
    displayName: person.name,
    nameKey: skeleton(person.name),
    handleKey: skeleton(person.handle),
    roles: person.roles,
    bio: person.bio,
    bioHtml: bio.html,
    createdAt: daysAgo(planting, person.joinedDaysAgo),
  });
  await giveModeratorName(planting.tx, { id, roles: person.roles });
  planting.users.set(person.handle, { id, name: person.name });
}

async function plantArticle(planting: Planting, article: FirstArticle): Promise<void> {
  const { tx, permit } = planting;
  const published = daysAgo(planting, article.publishedDaysAgo);
  const { id: articleId, threadId } = await insertArticle(tx, permit, { slug: article.slug, createdAt: published });
  const people = (handles: string[]) =>
    handles.map((handle) => ({ userId: planting.users.get(handle)?.id ?? null, name: null }));
  const newest = article.revisions.at(-1);
  const topicIds = article.topics.flatMap((slug) => planting.topics.get(slug) ?? []);
  for (const revision of article.revisions) {
    const publishedAt = daysAgo(planting, revision.publishedDaysAgo);
    const { id: revisionId } = await insertRevision(tx, permit, {
      articleId,
      number: revision.number,
      state: revision === newest ? "PUBLISHED" : "SUPERSEDED",
      title: article.title,
      summary: article.summary,
      body: revision.body,
      rendered: await renderInWorker(revision.body, { dialect: "article", ownOrigin: planting.ownOrigin }),
      rendererVersion,
      copyrightHolder: article.copyrightHolder,
      licence: article.licence,
      class: revision.class,
      note: revision.note,
      authorId: people(article.writtenBy)[0]?.userId ?? null,
      decidedById: people(revision.editedBy)[0]?.userId ?? null,
      topicIds,
      createdAt: publishedAt,
      publishedAt,
    });
    if (revision !== newest) continue;
    await showArticle(tx, permit, {
      articleId,
      revisionId,
      firstPublishedAt: published,
      lastModifiedAt: daysAgo(planting, article.modifiedDaysAgo),
      topicIds,
    });
  }
  await insertCredits(tx, permit, { articleId, kind: "WRITTEN", people: people(article.writtenBy) });
  await insertCredits(tx, permit, { articleId, kind: "EDITED", people: people(article.editedBy) });
  await plantDiscussion(planting, { threadId, published, comments: article.comments });
}

/** Comments get their places in the order in which they were said, all branches of the thread together. */
async function plantDiscussion(
  planting: Planting,
  thread: { threadId: number; published: Date; comments: FirstComment[] },
): Promise<void> {
  const parents = new Map<FirstComment, ParentRow>();
  const queue = thread.comments.map((comment) => ({ comment, parent: undefined as FirstComment | undefined }));
  while (queue.length > 0) {
    queue.sort((a, b) => b.comment.minutesAfter - a.comment.minutesAfter);
    const next = queue.pop();
    if (!next) break;
    const parent = next.parent ? (parents.get(next.parent) ?? null) : null;
    parents.set(next.comment, await plantComment(planting, { ...thread, comment: next.comment, parent }));
    for (const reply of next.comment.replies) queue.push({ comment: reply, parent: next.comment });
  }
}

async function plantComment(
  planting: Planting,
  plant: { threadId: number; published: Date; comment: FirstComment; parent: ParentRow | null },
): Promise<ParentRow> {
  const { tx, permit } = planting;
  const { comment, parent, threadId } = plant;
  const at = (minutes: number) =>
    new Date(Math.min(plant.published.getTime() + minutes * 60_000, planting.now.getTime()));
  const author = await authorOf(planting, threadId, comment);
  const first = await textOf(planting, comment.edited?.was ?? comment.body);
  const { id } = await insertComment(tx, permit, {
    ...first,
    ...author,
    threadId,
    parent,
    status: "PUBLISHED",
    articleRevisionId: null,
    createdAt: at(comment.minutesAfter),
  });
  const locked = comment.edited || comment.deleted ? await lockComment(tx, String(id)) : null;
  if (locked && comment.edited) {
    const text = await textOf(planting, comment.body);
    await replaceText(tx, permit, { comment: locked, text, public: true, at: at(comment.edited.minutesAfter) });
  }
  if (locked && comment.deleted) {
    await emptyComment(tx, permit, { comment: locked, to: "DELETED", at: at(comment.deleted.minutesAfter) });
  }
  if (comment.removed) {
    const { reason, by } = comment.removed;
    const removedAt = at(comment.removed.minutesAfter);
    await markRemoved(tx, permit, { commentId: id, threadId, from: "PUBLISHED", reason, at: removedAt });
    await logCommentAction(tx, {
      kind: "REMOVE",
      commentId: id,
      actorId: planting.users.get(by)?.id ?? null,
      from: "PUBLISHED",
      to: "REMOVED",
      reason,
      createdAt: removedAt,
    });
  }
  return {
    id,
    depth: parent ? parent.depth + 1 : 0,
    rootId: parent ? (parent.rootId ?? parent.id) : null,
    status: "PUBLISHED",
  };
}

async function textOf(planting: Planting, body: string) {
  const { html } = await renderInWorker(body, { dialect: "comment", ownOrigin: planting.ownOrigin });
  return { body, html, rendererVersion, bodyHash: sha256(body) };
}

async function authorOf(planting: Planting, threadId: number, { author }: FirstComment) {
  if (author.kind === "member") {
    const user = planting.users.get(author.handle);
    return { userId: user?.id ?? null, visitorId: null, authorName: user?.name ?? author.handle, nameChosen: false };
  }
  const visitorId = planting.guests.get(author.person) ?? (await insertAnonymousVisitor(planting.tx)).id;
  planting.guests.set(author.person, visitorId);
  if (author.name !== null) return { userId: null, visitorId, authorName: author.name, nameChosen: true };
  const names = Array.from({ length: 8 }, (_, nth) => pseudonymFrom(sha256(`${author.person} ${threadId} ${nth}`)));
  const authorName = (await takePseudonym(planting.tx, { threadId, visitorId }, names)) ?? `Guest ${visitorId}`;
  return { userId: null, visitorId, authorName, nameChosen: false };
}
