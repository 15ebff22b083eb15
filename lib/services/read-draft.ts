// A draft as its writers see it, its earlier saves, and who else has it open.
import { userIdOf } from "@/lib/domain/actor";
import type { RevisionState } from "@/lib/domain/article-workflow";
import { writableStates } from "@/lib/domain/article-workflow";
import type { DraftFields } from "@/lib/domain/draft";
import { DomainError } from "@/lib/domain/errors";
import { authorize, can } from "@/lib/domain/permissions";
import type { Context } from "@/lib/services/context";
import { freeSlug } from "@/lib/services/free-slug";
import { database } from "@/lib/store/client";
import { articleTitle, namesOf } from "@/lib/store/desk";
import { endPresence, presentIn, touchPresence } from "@/lib/store/draft-presence";
import { findSave, listSaves, type SaveRow } from "@/lib/store/draft-saves";
import { articleWriters, findDraftArticle, findOpenDraft, type OpenDraft } from "@/lib/store/drafts";
import { listTopics } from "@/lib/store/topics";

export interface DraftView {
  kind: "draft";
  articleId: number;
  /** Where readers find the article; null when they do not. */
  livePath: string | null;
  /** Its address is made from its title as long as readers have never seen it. */
  wasLive: boolean;
  revisionId: number;
  number: number;
  state: RevisionState;
  fields: DraftFields;
  saveNumber: number;
  savedAt: Date | null;
  scheduledFor: Date | null;
  /** Names of who writes in it, in the order in which they came. */
  writers: string[];
  /** Names of others who have it open just now. */
  present: string[];
  /** A free address like the one wished for, which is taken; null when it is not. */
  freeSlug: string | null;
  /** Names of the topics there are. */
  topics: string[];
  may: { save: boolean; submit: boolean; withdraw: boolean };
}

/** An article that nobody is writing in. */
export interface NoDraft {
  kind: "none";
  articleId: number;
  title: string;
  /** Where readers find it; null when they do not. */
  livePath: string | null;
}

/**
 * The open draft of an article, or what one could begin.
 * @throws DomainError `not_found` also for whoever may not know of it
 */
export async function readDraft(ctx: Context, input: { articleId: number }): Promise<DraftView | NoDraft> {
  const db = database();
  const draft = await findOpenDraft(db, input.articleId);
  if (!draft) return readNoDraft(ctx, input.articleId);
  authorize(ctx.actor, "draft.read", draft);
  const { articleId, live, wasLive, id: revisionId, number, state, saveNumber, savedAt, scheduledFor, writers } = draft;
  const userId = userIdOf(ctx.actor) ?? 0;
  const save = can(ctx.actor, "draft.save", { writers }) && isWritable(draft);
  if (save) await touchPresence(db, revisionId, userId);
  const [article, names, present, taken, topics] = await Promise.all([
    findDraftArticle(db, articleId),
    namesOf(db, writers),
    presentIn(db, revisionId, userId),
    freeSlug(db, { slug: draft.slug, articleId }),
    listTopics(db),
  ]);
  const withdraw = state === "SCHEDULED" ? "revision.withdrawScheduled" : "revision.withdraw";
  return {
    ...{ kind: "draft", articleId, wasLive, revisionId, number, state, saveNumber, savedAt, scheduledFor, present },
    livePath: live && article ? `/articles/${article.slug}` : null,
    fields: fieldsOf(draft),
    writers: names,
    freeSlug: taken,
    topics: topics.map(({ name }) => name),
    may: {
      save,
      submit: can(ctx.actor, "draft.submit", { writers }) && isWritable(draft),
      withdraw: can(ctx.actor, withdraw, { writers }),
    },
  };
}

async function readNoDraft(ctx: Context, articleId: number): Promise<NoDraft> {
  const db = database();
  const article = await findDraftArticle(db, articleId);
  if (!article) throw new DomainError("not_found");
  authorize(ctx.actor, "article.revise", { writers: await articleWriters(db, articleId) });
  const title = await articleTitle(db, articleId);
  return { kind: "none", articleId, title, livePath: article.live ? `/articles/${article.slug}` : null };
}

function fieldsOf({ title, slug, topics, summary, body, copyrightHolder, licence }: OpenDraft): DraftFields {
  return { title, slug, topics, summary, body, copyrightHolder, licence };
}

function isWritable({ state }: OpenDraft): boolean {
  return writableStates.some((writable) => writable === state);
}

/** The draft, for whoever may write in it. */
async function writableDraft(ctx: Context, articleId: number): Promise<OpenDraft> {
  const draft = await findOpenDraft(database(), articleId);
  if (!draft) throw new DomainError("not_found");
  authorize(ctx.actor, "draft.save", draft);
  return draft;
}

/**
 * The states of a draft that are kept, newest first.
 * @throws DomainError `not_found`, `forbidden`
 */
export async function readSaves(
  ctx: Context,
  input: { articleId: number },
): Promise<{ title: string; saves: SaveRow[] }> {
  const draft = await writableDraft(ctx, input.articleId);
  return { title: draft.title, saves: await listSaves(database(), draft.id) };
}

export interface EarlierSave {
  fields: DraftFields;
  savedBy: string | null;
  createdAt: Date;
  /** The draft as it is now. */
  current: { revisionId: number; saveNumber: number; fields: DraftFields; writable: boolean };
}

/**
 * One kept state of a draft.
 * @throws DomainError `not_found`, `forbidden`
 */
export async function readSave(ctx: Context, input: { articleId: number; number: number }): Promise<EarlierSave> {
  const draft = await writableDraft(ctx, input.articleId);
  const save = await findSave(database(), draft.id, input.number);
  if (!save) throw new DomainError("not_found");
  const { id: revisionId, saveNumber } = draft;
  return { ...save, current: { revisionId, saveNumber, fields: fieldsOf(draft), writable: isWritable(draft) } };
}

export interface DraftNews {
  present: string[];
  saveNumber: number;
  /** The draft as it is, when it was saved after the number that the asker has. */
  fields: DraftFields | null;
}

/**
 * Says that one has a draft open, and hears who else has, and what was saved meanwhile.
 * @param input.leaving has put it down
 * @throws DomainError `not_found`, `forbidden`, `conflict` when it is not a draft any more
 */
export async function heartbeat(
  ctx: Context,
  input: { articleId: number; saveNumber: number; leaving: boolean },
): Promise<DraftNews> {
  const draft = await writableDraft(ctx, input.articleId);
  const userId = userIdOf(ctx.actor);
  if (userId === null) throw new DomainError("forbidden");
  if (!isWritable(draft)) throw new DomainError("conflict", { reason: `draft.closed.${draft.state}` });
  const db = database();
  if (input.leaving) await endPresence(db, draft.id, userId);
  else await touchPresence(db, draft.id, userId);
  const { saveNumber } = draft;
  const news = saveNumber > input.saveNumber ? fieldsOf(draft) : null;
  return { present: await presentIn(db, draft.id, userId), saveNumber, fields: news };
}
