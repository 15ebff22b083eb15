// What an editor does with an article beyond reviewing: take it from readers' eyes, begin again from an earlier text, say who is named.
import { userIdOf } from "@/lib/domain/actor";
import { revisionMachine } from "@/lib/domain/article-workflow";
import type { Credited, Credits } from "@/lib/domain/credits";
import { DomainError } from "@/lib/domain/errors";
import type { DomainEvent } from "@/lib/domain/events";
import { authorize } from "@/lib/domain/permissions";
import { transition } from "@/lib/domain/state-machine";
import type { Context } from "@/lib/services/context";
import { recomputeCredits } from "@/lib/services/publish-revision";
import { inTransaction, type Transaction } from "@/lib/store/client";
import { creditsBeforeSet, markCreditsSet, readCredits, writeCredits } from "@/lib/store/credits";
import { insertDraft } from "@/lib/store/drafts";
import { logEditorialAction } from "@/lib/store/editorial-log";
import { pointAtNothing, takeOffLists, topicNamesOf, topicSlugsOf } from "@/lib/store/live-articles";
import {
  type ArticleInHand,
  lockArticle,
  lockRevision,
  moveRevision,
  readRevisionInHand,
} from "@/lib/store/revision-states";
import { findMembers } from "@/lib/store/users";
import { attributionOf } from "@/lib/text/attribution";

/**
 * Takes an article from readers' eyes. Its texts, its discussion and its address stay; publishing a revision brings it back.
 * @param input.revisionId the revision that the editor saw published
 * @throws DomainError `not_found`, `forbidden`, `conflict` when another is published by now, or none, `invalid` on `reason`
 */
export async function unpublish(ctx: Context, input: { revisionId: number; reason: string }): Promise<DomainEvent[]> {
  return inTransaction(async (tx) => {
    const permit = authorize(ctx.actor, "article.manage");
    const revision = await lockRevision(tx, input.revisionId);
    if (!revision) throw new DomainError("not_found");
    const { id, articleId, articleSlug, state: from } = revision;
    const to = transition(revisionMachine, "unpublish", from);
    requireReason(input.reason);
    await pointAtNothing(tx, permit, articleId);
    await moveRevision(tx, permit, { id, from, to });
    const topics = await takeOffLists(tx, permit, articleId);
    const about = { articleId, revisionId: id, actorId: userIdOf(ctx.actor), from, to };
    await logEditorialAction(tx, { kind: "UNPUBLISH", ...about, reason: input.reason });
    return [{ type: "ArticleUnpublished", articleId, articleSlug, topics }];
  });
}

/**
 * Begins a new draft with the text of an earlier revision. Where the article is filed and its address stay as they are.
 * @throws DomainError `not_found`, `forbidden`, `conflict` when readers never saw that text, or a draft is open already
 */
export async function revert(ctx: Context, input: { revisionId: number }): Promise<{ articleId: number }> {
  return inTransaction(async (tx) => {
    const permit = authorize(ctx.actor, "article.manage");
    const old = await lockRevision(tx, input.revisionId);
    const authorId = userIdOf(ctx.actor);
    if (!old || authorId === null) throw new DomainError("not_found");
    const { articleId, title, summary, body, copyrightHolder, licence } = old;
    if (old.state !== "PUBLISHED" && old.state !== "SUPERSEDED") {
      throw new DomainError("conflict", { reason: "state.changed" });
    }
    const topics = await topicNamesOf(tx, articleId);
    const { id } = await insertDraft(tx, permit, {
      ...{ articleId, authorId, basedOnId: old.id, at: old.now },
      fields: { title, slug: old.articleSlug, topics, summary, body, copyrightHolder, licence },
      attribution: attributionOf(old.attribution),
    });
    await logEditorialAction(tx, {
      ...{ kind: "REVERT", articleId, revisionId: id, actorId: authorId, from: null, to: "DRAFT" },
      detail: { toNumber: old.number },
    });
    return { articleId };
  });
}

/** People as an editor writes them: "@handle" of a member, or a name. */
export interface NamedPeople {
  written: readonly string[];
  edited: readonly string[];
}

/**
 * Says who is named on an article. Publishing leaves it so, until it is taken back.
 * @throws DomainError `not_found`, `forbidden`, `invalid` on `written`, `edited` or `reason`
 */
export async function setCredits(
  ctx: Context,
  input: { articleId: number; people: NamedPeople; reason: string },
): Promise<DomainEvent[]> {
  return inTransaction(async (tx) => {
    const permit = authorize(ctx.actor, "article.manage");
    const article = await lockArticle(tx, input.articleId);
    if (!article) throw new DomainError("not_found");
    const { articleId } = article;
    const credits = await creditsOf(tx, input.people);
    requireReason(input.reason);
    const before = await readCredits(tx, articleId);
    await writeCredits(tx, permit, { articleId, credits });
    await markCreditsSet(tx, permit, { articleId, set: true });
    const detail = { chosen: true, chosenBefore: article.creditsSet, before };
    await logCredits(tx, ctx, { article, reason: input.reason, detail });
    return seenAnew(tx, article);
  });
}

/**
 * Lets an article name those who gave it its words again.
 * @throws DomainError `not_found`, `forbidden`, `conflict` when nobody has chosen who is named, `invalid` on `reason`
 */
export async function computeCreditsAgain(
  ctx: Context,
  input: { articleId: number; reason: string },
): Promise<DomainEvent[]> {
  return inTransaction(async (tx) => {
    const permit = authorize(ctx.actor, "article.manage");
    const article = await lockArticle(tx, input.articleId);
    if (!article) throw new DomainError("not_found");
    const { articleId, publishedRevisionId } = article;
    if (!article.creditsSet) throw new DomainError("conflict", { reason: "state.changed" });
    requireReason(input.reason);
    const before = await creditsBeforeSet(tx, articleId);
    await markCreditsSet(tx, permit, { articleId, set: false });
    await writeCredits(tx, permit, { articleId, credits: before });
    const live = publishedRevisionId === null ? null : await readRevisionInHand(tx, publishedRevisionId);
    if (live) await recomputeCredits(tx, permit, live);
    await logCredits(tx, ctx, { article, reason: input.reason, detail: { chosen: false } });
    return seenAnew(tx, article);
  });
}

function requireReason(reason: string): void {
  if (reason === "") throw new DomainError("invalid", { fields: { reason: "reason.missing" } });
}

/** What readers see of it is drawn anew. */
async function seenAnew(tx: Transaction, article: ArticleInHand): Promise<DomainEvent[]> {
  const { articleId, articleSlug, publishedRevisionId } = article;
  if (publishedRevisionId === null) return [];
  return [{ type: "ArticlePublished", articleId, articleSlug, topics: await topicSlugsOf(tx, articleId) }];
}

async function logCredits(
  tx: Transaction,
  ctx: Context,
  line: { article: ArticleInHand; reason: string; detail: Record<string, boolean | Credits> },
): Promise<void> {
  const { articleId, publishedRevisionId: revisionId } = line.article;
  const about = { articleId, revisionId, actorId: userIdOf(ctx.actor), from: null, to: null };
  await logEditorialAction(tx, { kind: "SET_CREDITS", ...about, reason: line.reason, detail: line.detail });
}

/** The people that were named, found. */
async function creditsOf(tx: Transaction, people: NamedPeople): Promise<Credits> {
  const handles = [...people.written, ...people.edited].filter((one) => one.startsWith("@"));
  const members = await findMembers(
    tx,
    handles.map((one) => one.slice(1).toLowerCase()),
  );
  const fields: Record<string, string> = {};
  const found = (field: "written" | "edited") =>
    people[field].flatMap((one): Credited[] => {
      if (!one.startsWith("@")) return [{ userId: null, name: one }];
      const userId = members.get(one.slice(1).toLowerCase());
      if (userId === undefined) fields[field] = "credits.unknown_member";
      return userId === undefined ? [] : [{ userId, name: null }];
    });
  const credits = { written: found("written"), edited: found("edited") };
  if (credits.written.length === 0) fields.written ??= "credits.nobody";
  if (Object.keys(fields).length > 0) throw new DomainError("invalid", { fields });
  return credits;
}
