// Anonymous and member are one life: who signs up in the browser that posted can make those comments theirs, all, some or none.
import { DomainError } from "@/lib/domain/errors";
import type { DomainEvent } from "@/lib/domain/events";
import { authorize } from "@/lib/domain/permissions";
import type { Context } from "@/lib/services/context";
import { audit } from "@/lib/store/audit";
import { type ClaimableComment, claimComments as claim, claimableComments } from "@/lib/store/claims";
import { database, inTransaction } from "@/lib/store/client";
import { retirePseudonyms } from "@/lib/store/visitors";

/** At most so many are offered at once; more are offered when these are claimed. */
export const claimedAtOnce = 200;

/** What this browser has left anonymously and its member could claim, newest first. */
export async function readClaimable(ctx: Context): Promise<ClaimableComment[]> {
  if (ctx.actor.kind !== "member" || ctx.actor.visitorId === null || ctx.actor.scopes !== null) return [];
  return claimableComments(database(), ctx.actor.visitorId, claimedAtOnce);
}

/**
 * Makes comments of this browser's visitor the member's own, under their name. Ids that are not the visitor's are left alone. What the
 * browser says anonymously in those threads from now on comes under another name.
 * @param ids of comments, or "all"
 * @returns how many were claimed
 * @throws DomainError `unauthenticated` for somebody without account, `forbidden` for a program
 */
export async function claimComments(
  ctx: Context,
  input: { ids: readonly string[] | "all" },
): Promise<{ claimed: number; events: DomainEvent[] }> {
  const { actor } = ctx;
  if (actor.kind !== "member") throw new DomainError("unauthenticated");
  const { visitorId } = actor;
  if (visitorId === null) return { claimed: 0, events: [] };
  const permit = authorize(actor, "comment.claim", { visitorId });
  return inTransaction(async (tx) => {
    const rows = await claim(tx, permit, {
      visitorId,
      userId: actor.userId,
      authorName: actor.displayName,
      ids: input.ids === "all" ? "all" : input.ids.filter((id) => /^\d{1,18}$/.test(id)),
    });
    if (rows.length > 0) {
      await retirePseudonyms(tx, { visitorId, threadIds: rows.map((row) => row.threadId) });
      // Moderators see by it whose history these comments have left.
      const detail = { comments: rows.length, visitor: visitorId };
      await audit(tx, { kind: "commentsClaimed", actorId: actor.userId, subjectId: actor.userId, detail });
    }
    return {
      claimed: rows.length,
      events: rows.map((row) => ({
        type: "CommentChanged",
        articleId: row.articleId,
        articleSlug: row.slug,
        authorHandle: actor.handle,
        commentId: String(row.id),
      })),
    };
  });
}
