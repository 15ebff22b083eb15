// Sharing a draft with somebody without an account: a link that ends, for reading or for notes, too; given, taken back, followed.
import { randomBytes } from "node:crypto";
import { userIdOf } from "@/lib/domain/actor";
import { openStates } from "@/lib/domain/article-workflow";
import type { DraftShareView, ShareRight } from "@/lib/domain/draft-share";
import { DomainError } from "@/lib/domain/errors";
import { limits } from "@/lib/domain/limits";
import { authorize, can } from "@/lib/domain/permissions";
import { allowancesFor } from "@/lib/services/allowances";
import type { Context } from "@/lib/services/context";
import { type DraftNoteView, notesIn } from "@/lib/services/draft-notes";
import { renderArticle } from "@/lib/services/render-article";
import { sha256 } from "@/lib/services/tokens";
import { database, inTransaction, type Transaction } from "@/lib/store/client";
import { countNotes, insertNote } from "@/lib/store/draft-notes";
import { countShares, endShare, findShare, insertShare, listShares, revisionOfShare } from "@/lib/store/draft-shares";
import { logEditorialAction } from "@/lib/store/editorial-log";
import { consume } from "@/lib/store/rate-limits";
import { type RevisionInHand, readRevisionInHand } from "@/lib/store/revision-states";
import type { SafeHtml } from "@/lib/text/safe-html";

/** 256 bits: nobody guesses a link. */
const tokenBytes = 32;
const dayMs = 86_400_000;

const isOpen = ({ state }: Pick<RevisionInHand, "state">) => openStates.some((open) => open === state);

/**
 * Gives a link to a draft. Only now can it be read.
 * @throws DomainError `not_found`, `forbidden`, `conflict` when it is no draft any more, `closed` when there are too many
 */
export async function shareDraft(
  ctx: Context,
  input: { revisionId: number; right: ShareRight; days: number },
): Promise<{ path: string; articleId: number }> {
  const token = randomBytes(tokenBytes).toString("base64url");
  return inTransaction(async (tx) => {
    const revision = await readRevisionInHand(tx, input.revisionId);
    if (!revision) throw new DomainError("not_found");
    const permit = authorize(ctx.actor, "draft.share", { writers: revision.writers });
    const createdById = userIdOf(ctx.actor);
    if (createdById === null) throw new DomainError("unauthenticated");
    if (!isOpen(revision)) throw new DomainError("conflict", { reason: "share.not_open" });
    const { id: revisionId, articleId } = revision;
    if ((await countShares(tx, { revisionId, now: ctx.now })) >= limits.draftShares) {
      throw new DomainError("closed", { reason: "share.too_many" });
    }
    const { right, days } = input;
    const expiresAt = new Date(ctx.now.getTime() + days * dayMs);
    const { id } = await insertShare(tx, permit, {
      revisionId,
      tokenHash: sha256(token),
      right,
      createdById,
      expiresAt,
    });
    await log(tx, { kind: "SHARE", revision, actorId: createdById, detail: { share: id, right, days } });
    return { path: `/drafts/${token}`, articleId };
  });
}

/**
 * Takes a link back. One that has ended already stays so.
 * @throws DomainError `not_found`, `forbidden`
 */
export async function takeShareBack(ctx: Context, input: { shareId: number }): Promise<{ articleId: number }> {
  return inTransaction(async (tx) => {
    const revisionId = await revisionOfShare(tx, input.shareId);
    const revision = revisionId === null ? null : await readRevisionInHand(tx, revisionId);
    if (!revision) throw new DomainError("not_found");
    const permit = authorize(ctx.actor, "draft.share", { writers: revision.writers });
    const ended = await endShare(tx, permit, { id: input.shareId, now: ctx.now });
    const detail = { share: input.shareId };
    if (ended) await log(tx, { kind: "UNSHARE", revision, actorId: userIdOf(ctx.actor), detail });
    return { articleId: revision.articleId };
  });
}

function log(
  tx: Transaction,
  line: {
    kind: "SHARE" | "UNSHARE";
    revision: RevisionInHand;
    actorId: number | null;
    detail: Record<string, string | number>;
  },
): Promise<void> {
  const { kind, revision, actorId, detail } = line;
  const { id: revisionId, articleId, state } = revision;
  return logEditorialAction(tx, { kind, articleId, revisionId, actorId, from: state, to: state, detail });
}

/** The links to a draft that work; null for whoever may not give any. @throws DomainError `not_found` */
export async function readShares(ctx: Context, input: { revisionId: number }): Promise<DraftShareView[] | null> {
  const { revisionId } = input;
  const revision = await readRevisionInHand(database(), revisionId);
  if (!revision) throw new DomainError("not_found");
  if (!can(ctx.actor, "draft.share", { writers: revision.writers }) || !isOpen(revision)) return null;
  return listShares(database(), { revisionId, now: ctx.now, limit: limits.draftShares });
}

export interface SharedDraft {
  right: ShareRight;
  expiresAt: Date;
  title: string;
  summary: string;
  html: SafeHtml;
  words: number;
  savedNumber: number;
  /** Only for whoever may leave some, too. */
  notes: DraftNoteView[];
}

/**
 * The draft that a link leads to; `published` is the article's address, when readers have it meanwhile.
 * @throws DomainError `not_found` when the link does not work, `unavailable`
 */
export async function readSharedDraft(
  ctx: Context,
  input: { token: string },
): Promise<{ published: string } | { draft: SharedDraft }> {
  const { share, revision } = await followed(ctx, input.token);
  authorize(ctx.actor, "draft.read", { writers: revision.writers, linkMatches: true });
  if (revision.publishedRevisionId === revision.id) return { published: `/articles/${revision.articleSlug}` };
  if (!isOpen(revision)) throw new DomainError("not_found");
  const [{ html, words }, notes] = await Promise.all([
    renderArticle(ctx, revision.body),
    share.right === "COMMENT" ? notesIn(revision.body, revision.id) : [],
  ]);
  const { title, summary, saveNumber } = revision;
  const { right, expiresAt } = share;
  return { draft: { right, expiresAt, title, summary, html, words, savedNumber: saveNumber, notes } };
}

/**
 * Leaves a note by a link that is good for notes.
 * @param input.name as `guestNameSchema` leaves it
 * @throws DomainError `not_found`, `forbidden` with a link for reading, `closed` when there are too many notes, `rate_limited`
 */
export async function leaveGuestNote(
  ctx: Context,
  input: { token: string; name: string; body: string },
): Promise<void> {
  const { share, revision } = await followed(ctx, input.token);
  if (!isOpen(revision)) throw new DomainError("not_found");
  if (share.right !== "COMMENT") throw new DomainError("forbidden", { reason: "share.read_only" });
  const permit = authorize(ctx.actor, "draft.note", { writers: revision.writers, linkMatches: true });
  const allowances = await allowancesFor(ctx, "guestNote");
  const revisionId = revision.id;
  await inTransaction(async (tx) => {
    await consume(tx, allowances);
    if ((await countNotes(tx, revisionId)) >= limits.draftNotes) {
      throw new DomainError("closed", { reason: "note.too_many" });
    }
    await insertNote(tx, permit, { revisionId, line: null, quote: "", body: input.body, guestName: input.name });
  });
}

/** @throws DomainError `not_found` */
async function followed(ctx: Context, token: string) {
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) throw new DomainError("not_found");
  const share = await findShare(database(), { tokenHash: sha256(token), now: ctx.now });
  const revision = share && (await readRevisionInHand(database(), share.revisionId));
  if (!share || !revision) throw new DomainError("not_found", { reason: "share.over" });
  return { share, revision };
}
