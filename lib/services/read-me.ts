// What the browser may know about the person who uses it: who they are, which rooms are open to them, and what on this article is theirs.
import { type Actor, userIdOf } from "@/lib/domain/actor";
import { can } from "@/lib/domain/permissions";
import type { Context } from "@/lib/services/context";
import { findThread } from "@/lib/store/articles";
import { hasClaimable } from "@/lib/store/claims";
import { database } from "@/lib/store/client";
import { ownComments } from "@/lib/store/comments";

/** Rooms of the site that are not open to everybody. */
export const rooms = ["settings", "desk", "people"] as const;
export type Room = (typeof rooms)[number];

export interface OwnCommentHere {
  id: string;
  parentId: string | null;
  /** A member sees what this browser left anonymously, too: the answer is theirs alone. */
  by: "member" | "visitor";
  status: "published" | "pending";
  may: ("edit" | "delete")[];
}

export interface Me {
  actor: { kind: "visitor" } | { kind: "member"; name: string; handle: string };
  may: Room[];
  /** This browser left comments that its member could make their own. */
  claimable: boolean;
  /** On the article that was asked for. */
  comments: OwnCommentHere[];
}

/** Who asks, and their comments on the article `slug`, when one is named and exists. */
export async function readMe(ctx: Context, input: { slug?: string }): Promise<Me> {
  const { actor } = ctx;
  const [claimable, comments] = await Promise.all([mayClaim(actor), input.slug ? commentsOn(actor, input.slug) : []]);
  return {
    actor:
      actor.kind === "member" ? { kind: "member", name: actor.displayName, handle: actor.handle } : { kind: "visitor" },
    may: rooms.filter((room) => isOpen(room, actor)),
    claimable,
    comments,
  };
}

function isOpen(room: Room, actor: Actor): boolean {
  const userId = userIdOf(actor);
  if (room === "settings") return userId !== null && can(actor, "account.manage", { userId });
  return can(actor, room === "desk" ? "desk.enter" : "people.read");
}

async function mayClaim(actor: Actor): Promise<boolean> {
  if (actor.kind !== "member" || actor.visitorId === null) return false;
  const { visitorId } = actor;
  return can(actor, "comment.claim", { visitorId }) && hasClaimable(database(), visitorId);
}

async function commentsOn(actor: Actor, slug: string): Promise<OwnCommentHere[]> {
  const userId = userIdOf(actor);
  const visitorId = actor.kind === "system" ? null : actor.visitorId;
  if (userId === null && visitorId === null) return [];
  const article = await findThread(database(), slug);
  if (!article) return [];
  const verbs = article.threadState === "OPEN" ? (["edit", "delete"] as const) : (["delete"] as const);
  const rows = await ownComments(database(), { threadId: article.threadId, userId, visitorId });
  return rows.map((row) => ({
    id: String(row.id),
    parentId: row.parentId === null ? null : String(row.parentId),
    by: row.userId === null ? "visitor" : "member",
    status: row.status === "PUBLISHED" ? "published" : "pending",
    may: verbs.filter((verb) => can(actor, `comment.${verb}`, row)),
  }));
}
