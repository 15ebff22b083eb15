// What an editor decides about a text that waits for review: changes first, publish now, or on a day to come.
import { userIdOf } from "@/lib/domain/actor";
import { revisionMachine } from "@/lib/domain/article-workflow";
import { DomainError } from "@/lib/domain/errors";
import type { DomainEvent } from "@/lib/domain/events";
import { limits } from "@/lib/domain/limits";
import { authorize, type Permit } from "@/lib/domain/permissions";
import type { RevisionClass } from "@/lib/domain/revision";
import { transition } from "@/lib/domain/state-machine";
import type { Context } from "@/lib/services/context";
import { publishRevision } from "@/lib/services/publish-revision";
import { tellWriters } from "@/lib/services/tell-writers";
import { inTransaction, type Transaction } from "@/lib/store/client";
import { logEditorialAction } from "@/lib/store/editorial-log";
import { enqueue } from "@/lib/store/jobs";
import { slugIsTaken } from "@/lib/store/live-articles";
import { lockRevision, moveRevision, type RevisionInHand } from "@/lib/store/revision-states";

/** Which text is decided about. */
export interface SeenRevision {
  revisionId: number;
  /** The save that the reviewer has read: a text that was changed and handed in again is another one. */
  saveNumber: number;
}

/** What readers are told of a change. */
export interface ToldReaders {
  /** Null: none was chosen, as for a first text. */
  class: RevisionClass | null;
  note: string;
}

/**
 * Sends a text back to its writers.
 * @throws DomainError `not_found`, `forbidden` (also: one's own), `conflict` (decided or changed meanwhile), `invalid` on `reason`
 */
export async function requestChanges(ctx: Context, input: SeenRevision & { reason: string }): Promise<void> {
  await inTransaction(async (tx) => {
    const { revision, permit } = await inReview(tx, ctx, input);
    const { id, articleId, state: from } = revision;
    const to = transition(revisionMachine, "requestChanges", from);
    if (input.reason === "") throw new DomainError("invalid", { fields: { reason: "reason.missing" } });
    const actorId = userIdOf(ctx.actor);
    await moveRevision(tx, permit, { id, from, to, set: { decidedById: actorId } });
    const about = { articleId, revisionId: id, actorId, from, to, reason: input.reason };
    await logEditorialAction(tx, { kind: "REQUEST_CHANGES", ...about });
    const path = `/desk/drafts/${articleId}` as const;
    await tellWriters(tx, revision, { news: "changesRequested", path, reason: input.reason, except: actorId });
  });
}

/**
 * Publishes a text now; one that a day was set for is published before it.
 * @throws DomainError `not_found`, `forbidden` (also: one's own), `conflict` (decided or changed meanwhile), `invalid` on `class`, `note`
 *   or `slug`
 */
export async function publish(ctx: Context, input: SeenRevision & ToldReaders): Promise<DomainEvent[]> {
  return inTransaction(async (tx) => {
    const { revision, permit } = await inReview(tx, ctx, input);
    transition(revisionMachine, "publish", revision.state);
    return publishRevision(tx, permit, { revision, ...toldReaders(revision, input), takenSlug: "refuse" });
  });
}

/**
 * Sets the day for a text. Class and note are kept until then.
 * @throws DomainError `not_found`, `forbidden` (also: one's own), `conflict` (decided or changed meanwhile), `invalid` on `at`, `class`,
 *   `note` or `slug`
 */
export async function schedule(ctx: Context, input: SeenRevision & ToldReaders & { at: Date }): Promise<void> {
  await inTransaction(async (tx) => {
    const { revision, permit } = await inReview(tx, ctx, input);
    const { id, articleId, state: from } = revision;
    const to = transition(revisionMachine, "schedule", from);
    const told = toldReaders(revision, input);
    checkDay(input.at, revision.now);
    if (revision.slug !== "" && (await slugIsTaken(tx, revision.slug, articleId))) {
      throw new DomainError("invalid", { fields: { slug: "slug.taken" } });
    }
    const actorId = userIdOf(ctx.actor);
    await moveRevision(tx, permit, {
      ...{ id, from, to },
      set: { scheduledFor: input.at, class: told.class, note: told.note, decidedById: actorId },
    });
    const about = { articleId, revisionId: id, actorId, from, to, reason: told.note };
    const detail = { for: input.at.toISOString(), ...(told.class && { class: told.class }) };
    await logEditorialAction(tx, { kind: "SCHEDULE", ...about, detail });
    const due = { runAt: input.at, key: `publish-due:${id}` };
    await enqueue(tx, { task: "publish-due", payload: { revisionId: id } }, due);
    const path = `/desk/drafts/${articleId}` as const;
    await tellWriters(tx, revision, { news: "scheduled", path, reason: "", except: actorId });
  });
}

/** The text that the reviewer has read, in hand. */
async function inReview(
  tx: Transaction,
  ctx: Context,
  seen: SeenRevision,
): Promise<{ revision: RevisionInHand; permit: Permit<"revision.review"> }> {
  const revision = await lockRevision(tx, seen.revisionId);
  if (!revision) throw new DomainError("not_found");
  const permit = authorize(ctx.actor, "revision.review", { writers: revision.writers });
  if (revision.saveNumber !== seen.saveNumber) throw new DomainError("conflict", { reason: "review.changed" });
  return { revision, permit };
}

/** What readers have seen before changes with a class and a note; a first text has neither. */
function toldReaders(revision: RevisionInHand, told: ToldReaders): ToldReaders {
  if (revision.firstPublishedAt === null) return { class: null, note: "" };
  const fields = {
    ...(told.class === null && { class: "revisionClass.missing" }),
    ...(told.note === "" && { note: "revisionNote.missing" }),
  };
  if (Object.keys(fields).length > 0) throw new DomainError("invalid", { fields });
  return { class: told.class, note: told.note };
}

function checkDay(at: Date, now: Date): void {
  if (at <= now) throw new DomainError("invalid", { fields: { at: "schedule.past" } });
  const furthest = now.getTime() + limits.scheduleDays * 86_400_000;
  if (at.getTime() > furthest) throw new DomainError("invalid", { fields: { at: "schedule.too_far" } });
}
