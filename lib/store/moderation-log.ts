// The moderation log: lines are added, never changed.
import type { CommentStatus } from "@/lib/domain/comment";
import type { Transaction } from "@/lib/store/client";

export interface CommentActionLine {
  kind: "APPROVE" | "HOLD" | "MARK_SPAM" | "REMOVE" | "RESTORE";
  commentId: bigint;
  /** Null: the system. */
  actorId: number | null;
  from: CommentStatus | null;
  to: CommentStatus;
  reason: string;
  createdAt?: Date;
}

/** Adds the line that belongs to a change of a comment's status; called in the same transaction. */
export async function logCommentAction(db: Transaction, line: CommentActionLine): Promise<void> {
  await db.moderationAction.create({
    data: {
      kind: line.kind,
      commentId: line.commentId,
      actorId: line.actorId,
      fromStatus: line.from,
      toStatus: line.to,
      reason: line.reason,
      createdAt: line.createdAt,
    },
    select: { id: true },
  });
}

/** Why the system or a moderator last held a comment or an edit of it: the reason's code; null when nobody did. */
export async function holdReasonOf(db: Transaction, commentId: string): Promise<string | null> {
  const row = await db.moderationAction.findFirst({
    where: { commentId: BigInt(commentId), kind: "HOLD" },
    select: { reason: true },
    orderBy: { id: "desc" },
  });
  return row?.reason ?? null;
}
