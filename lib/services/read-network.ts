// The network that a guest posted from, as far as moderators may know it: whether it can still be limited, and what is laid on it.
import { authorize } from "@/lib/domain/permissions";
import type { Context } from "@/lib/services/context";
import { database } from "@/lib/store/client";
import { lastFromNetwork, limitsOn } from "@/lib/store/sanctions";

export interface KnownNetwork {
  /** The comment that it is known by. */
  commentId: string;
  limits: { id: number; kind: "PREMODERATE" | "BAN"; reason: string; endsAt: Date | null }[];
}

/** What is known of it; null when nothing is any more. @throws DomainError `forbidden` */
export async function readNetwork(ctx: Context, { visitorId }: { visitorId: number }): Promise<KnownNetwork | null> {
  authorize(ctx.actor, "network.limit");
  const db = database();
  const last = await lastFromNetwork(db, visitorId);
  if (!last) return null;
  const rows = await limitsOn(db, [last.networkKey]);
  return {
    commentId: String(last.commentId),
    limits: rows.flatMap(({ id, kind, reason, endsAt }) =>
      kind === "PREMODERATE" || kind === "BAN" ? [{ id, kind, reason, endsAt }] : [],
    ),
  };
}
