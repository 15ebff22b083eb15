// Saving a draft, every few seconds and by anybody who writes in it: what began from the newest state is written, what began from an
// older one is merged with what came since, and only what both changed in the same place goes back to the person.
import { userIdOf } from "@/lib/domain/actor";
import { writableStates } from "@/lib/domain/article-workflow";
import { type DraftFields, draftBodySchema, sameFields } from "@/lib/domain/draft";
import { decideDraft, type MergedDraft, mergeDrafts } from "@/lib/domain/draft-merge";
import { DomainError } from "@/lib/domain/errors";
import { limits } from "@/lib/domain/limits";
import { authorize } from "@/lib/domain/permissions";
import { allowancesFor } from "@/lib/services/allowances";
import type { Context } from "@/lib/services/context";
import { freeSlug } from "@/lib/services/free-slug";
import { database, inTransaction, type Transaction } from "@/lib/store/client";
import { presentIn, touchPresence } from "@/lib/store/draft-presence";
import { findSaveAt, pruneSaves, saversSince } from "@/lib/store/draft-saves";
import { writeDraft } from "@/lib/store/drafts";
import { consume } from "@/lib/store/rate-limits";
import { lockRevision, type RevisionInHand, readRevisionInHand } from "@/lib/store/revision-states";
import { attributeChange, attributionOf } from "@/lib/text/attribution";
import type { Choice } from "@/lib/text/merge";
import { slugify } from "@/lib/text/slug";

export interface SaveDraft {
  revisionId: number;
  /** The save that the text began from. */
  saveNumber: number;
  fields: DraftFields;
  /** What a person decided about conflicts with save number `seen`, in their order. */
  decided?: { seen: number; choices: readonly (Choice | undefined)[] };
}

export interface SavedDraft {
  saveNumber: number;
  savedAt: Date;
  /** As they are now, with what others changed meanwhile. */
  fields: DraftFields;
  /** An address like the one wished for that is free; null when that one is. */
  freeSlug: string | null;
  /** Names of others who have it open. */
  present: string[];
}

/** Of so many saves one looks whether old ones can go. */
const pruneEvery = 10;

/**
 * Saves a draft. The same state twice is one save.
 * @throws DomainError `unauthenticated`, `not_found`, `forbidden`, `invalid`, `rate_limited`,
 *   `conflict` (`draft.conflict`: ask `readConflict`; `draft.closed`: it is not a draft any more)
 */
export async function saveDraft(ctx: Context, input: SaveDraft): Promise<SavedDraft> {
  const { revisionId } = input;
  const savedById = userIdOf(ctx.actor);
  if (savedById === null) throw new DomainError("unauthenticated", { reason: "draft.logged_out" });
  const allowances = await allowancesFor(ctx, "save");
  return inTransaction(async (tx) => {
    await consume(tx, allowances);
    const current = await lockRevision(tx, revisionId);
    if (!current) throw new DomainError("not_found");
    const permit = authorize(ctx.actor, "draft.save", { writers: current.writers });
    if (!isWritable(current)) throw new DomainError("conflict", { reason: `draft.closed.${current.state}` });
    await touchPresence(tx, revisionId, savedById);
    const { fields, conflicts } = await mergedWith(tx, current, input);
    if (conflicts.length > 0) throw new DomainError("conflict", { reason: "draft.conflict" });
    if (!draftBodySchema.safeParse(fields.body).success) {
      throw new DomainError("invalid", { fields: { body: "draft.body_too_long" } });
    }
    const about = await aboutSave(tx, current, { fields, savedById });
    if (sameFields(fields, fieldsOf(current))) {
      return { saveNumber: current.saveNumber, savedAt: ctx.now, fields, ...about };
    }
    const change = { before: current.body, after: fields.body, author: savedById };
    const saveNumber = await writeDraft(tx, permit, {
      ...{ id: revisionId, after: current.saveNumber, fields, savedById, at: ctx.now },
      attribution: attributeChange(attributionOf(current.attribution), change),
    });
    if (saveNumber % pruneEvery === 0) await pruneSaves(tx, permit, revisionId);
    return { saveNumber, savedAt: ctx.now, fields, ...about };
  });
}

export interface DraftConflictView {
  merged: MergedDraft;
  /** What a person's own text amounts to by now: earlier decisions are part of it. */
  ours: DraftFields;
  /** The save that `ours` began from. */
  saveNumber: number;
  /** The save that it is merged with. */
  seen: number;
  /** Who saved meanwhile. */
  by: string[];
}

/**
 * What there is to decide about a save that was refused; null when nothing is any more.
 * @throws DomainError `not_found`, `forbidden`
 */
export async function readConflict(ctx: Context, input: SaveDraft): Promise<DraftConflictView | null> {
  const db = database();
  const current = await readRevisionInHand(db, input.revisionId);
  if (!current) throw new DomainError("not_found");
  authorize(ctx.actor, "draft.save", { writers: current.writers });
  if (!isWritable(current)) return null;
  const { ours, saveNumber } = await decidedBefore(db, current, input);
  const merged = await mergedWith(db, current, { revisionId: current.id, saveNumber, fields: ours });
  if (merged.conflicts.length === 0) return null;
  const since = { revisionId: current.id, after: saveNumber, userId: userIdOf(ctx.actor) ?? 0 };
  return { merged, ours, saveNumber, seen: current.saveNumber, by: await saversSince(db, since) };
}

function isWritable({ state }: RevisionInHand): boolean {
  return writableStates.some((writable) => writable === state);
}

function fieldsOf(row: RevisionInHand): DraftFields {
  const { title, topics, summary, body, copyrightHolder, licence } = row;
  return { title, slug: row.slug || row.articleSlug, topics, summary, body, copyrightHolder, licence };
}

/** The person's text with what they decided earlier, and the save that it stands on then. */
async function decidedBefore(
  db: Transaction,
  current: RevisionInHand,
  { saveNumber, fields, decided }: SaveDraft,
): Promise<{ ours: DraftFields; saveNumber: number }> {
  const typed = completed(current, fields);
  if (!decided) return { ours: typed, saveNumber };
  const [base, theirs] = [await findSaveAt(db, current.id, saveNumber), await findSaveAt(db, current.id, decided.seen)];
  if (!base || !theirs) return { ours: typed, saveNumber };
  return { ours: decideDraft(mergeDrafts(base, typed, theirs), decided.choices), saveNumber: decided.seen };
}

async function mergedWith(db: Transaction, current: RevisionInHand, input: SaveDraft): Promise<MergedDraft> {
  const { ours, saveNumber } = await decidedBefore(db, current, input);
  const theirs = fieldsOf(current);
  if (saveNumber === current.saveNumber) return { fields: ours, conflicts: [], pieces: [] };
  const base = await findSaveAt(db, current.id, saveNumber);
  // A draft without any saves was never written in; what it holds is what everybody began from.
  return mergeDrafts(base ?? theirs, ours, theirs);
}

/** What may be left empty, filled in. */
function completed(current: RevisionInHand, fields: DraftFields): DraftFields {
  const title = fields.title || current.title;
  const made = current.firstPublishedAt === null ? slugify(title, limits.slug) : current.articleSlug;
  return { ...fields, title, slug: fields.slug || made || current.articleSlug };
}

async function aboutSave(
  tx: Transaction,
  current: RevisionInHand,
  { fields, savedById }: { fields: DraftFields; savedById: number },
): Promise<Pick<SavedDraft, "freeSlug" | "present">> {
  const wish = { slug: fields.slug, articleId: current.articleId };
  return { freeSlug: await freeSlug(tx, wish), present: await presentIn(tx, current.id, savedById) };
}
