// What the browser may know about the person who uses it: who they are, and what on this article is theirs.
import { userIdOf } from "@/lib/domain/actor";
import { can } from "@/lib/domain/permissions";
import type { Context } from "@/lib/services/context";
import { findThread } from "@/lib/store/articles";
import { database } from "@/lib/store/client";
import { ownComments } from "@/lib/store/comments";

export interface Me {
  actor: { kind: "visitor" } | { kind: "member"; name: string; handle: string };
  comments: { id: string; parentId: string | null; status: "published" | "pending"; may: ("edit" | "delete")[] }[];
}

/** Who asks, and their comments on the article `slug`, when one is named and exists. */
export async function readMe(ctx: Context, input: { slug?: string }): Promise<Me> {
  const actor: Me["actor"] =
    ctx.actor.kind === "member"
      ? { kind: "member", name: ctx.actor.displayName, handle: ctx.actor.handle }
      : { kind: "visitor" };
  const userId = userIdOf(ctx.actor);
  // A member sees what this browser left anonymously, too: the answer is theirs alone.
  const visitorId = ctx.actor.kind === "system" ? null : ctx.actor.visitorId;
  if (!input.slug || (userId === null && visitorId === null)) return { actor, comments: [] };
  const article = await findThread(database(), input.slug);
  if (!article) return { actor, comments: [] };
  const own = { userId, visitorId };
  const open = article.threadState === "OPEN" ? (["edit", "delete"] as const) : (["delete"] as const);
  const may = open.filter((verb) => can(ctx.actor, `comment.${verb}`, own));
  const rows = await ownComments(database(), { threadId: article.threadId, ...own });
  return {
    actor,
    comments: rows.map((row) => ({
      id: String(row.id),
      parentId: row.parentId === null ? null : String(row.parentId),
      status: row.status === "PUBLISHED" ? "published" : "pending",
      may,
    })),
  };
}
