// What moderators do with a discussion: lock it, close it, slow it down, say how comments come to be seen; pin a comment, and make a
// reply with all under it a conversation of its own.
import { DomainError } from "@/lib/domain/errors";
import type { DomainEvent } from "@/lib/domain/events";
import { limits } from "@/lib/domain/limits";
import { authorize } from "@/lib/domain/permissions";
import type { PinnedComment } from "@/lib/domain/thread";
import { type ManagedThread, settingsWished, type ThreadSettings } from "@/lib/domain/thread-tools";
import type { Context } from "@/lib/services/context";
import { toPinned } from "@/lib/services/pinned-comment";
import { database, inTransaction } from "@/lib/store/client";
import {
  countPinned,
  findManagedThread,
  lockPlaced,
  logThread,
  moveToTop,
  pinnedIn,
  setPinned,
  writeThreadSettings,
} from "@/lib/store/thread-tools";

interface Changed {
  slug: string;
  events: DomainEvent[];
}

/** A change without words of its own. */
const noWords = "thread.changed";

const changed = (articleId: number, slug: string): Changed => ({
  slug,
  events: [{ type: "ThreadChanged", articleId, articleSlug: slug }, { type: "ModerationLogged" }],
});

/**
 * A discussion as it is set, with what is pinned in it.
 * @throws DomainError `forbidden`, `not_found`
 */
export async function readThreadSettings(
  ctx: Context,
  input: { slug: string },
): Promise<ManagedThread & { pinned: PinnedComment[] }> {
  authorize(ctx.actor, "thread.manage");
  const db = database();
  const thread = await findManagedThread(db, input.slug, { lock: false });
  if (!thread) throw new DomainError("not_found");
  const pinned = await pinnedIn(db, thread.id, limits.pinned);
  return { ...thread, pinned: pinned.map(toPinned) };
}

/**
 * Sets how a discussion is held, with a reason for everybody. What is the same already is no change, nor is what `seen` has the same:
 * another moderator may have set that meanwhile.
 * @throws DomainError `forbidden`, `not_found`
 */
export async function setThread(
  ctx: Context,
  input: { slug: string; settings: ThreadSettings; seen?: Partial<ThreadSettings>; reason: string },
): Promise<Changed> {
  const permit = authorize(ctx.actor, "thread.manage");
  return inTransaction(async (tx) => {
    const thread = await findManagedThread(tx, input.slug, { lock: true });
    if (!thread) throw new DomainError("not_found");
    const settings = settingsWished(thread, input.settings, input.seen ?? {});
    const { id, articleId, slug } = thread;
    const reason = input.reason || noWords;
    const lockMoves = settings.locked !== thread.locked;
    const others =
      settings.mode !== thread.mode ||
      settings.slowSeconds !== thread.slowSeconds ||
      settings.closesAt?.getTime() !== thread.closesAt?.getTime();
    if (!lockMoves && !others) return { slug, events: [] };
    await writeThreadSettings(tx, permit, { id, settings });
    if (lockMoves) await logThread(tx, permit, { kind: settings.locked ? "LOCK" : "UNLOCK", articleId, reason });
    if (others) await logThread(tx, permit, { kind: "SET_THREAD", articleId, reason });
    return changed(articleId, slug);
  });
}

/**
 * Pins a comment above its discussion, or takes the pin away.
 * @throws DomainError `forbidden`, `not_found`, `conflict` (it cannot be read, or enough are pinned)
 */
export async function pinComment(ctx: Context, input: { id: string; pinned: boolean }): Promise<Changed> {
  const permit = authorize(ctx.actor, "thread.manage");
  return inTransaction(async (tx) => {
    const comment = await lockPlaced(tx, input.id);
    if (!comment) throw new DomainError("not_found");
    const { articleId, slug } = comment;
    if (comment.pinned === input.pinned) return { slug, events: [] };
    if (input.pinned) {
      if (comment.status !== "PUBLISHED") throw new DomainError("conflict", { reason: "comment.gone" });
      if ((await countPinned(tx, comment.threadId)) >= limits.pinned) {
        throw new DomainError("conflict", { reason: "thread.enough_pinned" });
      }
    }
    await setPinned(tx, permit, { comment, pinned: input.pinned });
    return changed(articleId, slug);
  });
}

/**
 * Makes a reply and all under it a conversation of their own.
 * @throws DomainError `forbidden`, `not_found`, `conflict` (it stands at the top already)
 */
export async function moveComment(ctx: Context, input: { id: string }): Promise<Changed> {
  const permit = authorize(ctx.actor, "thread.manage");
  return inTransaction(async (tx) => {
    const comment = await lockPlaced(tx, input.id);
    if (!comment) throw new DomainError("not_found");
    if (comment.parentId === null) throw new DomainError("conflict", { reason: "thread.top_already" });
    await moveToTop(tx, permit, comment);
    return changed(comment.articleId, comment.slug);
  });
}
