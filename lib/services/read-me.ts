// What the browser may know about the person who uses it: who they are, which rooms are open to them, and what on this article is theirs.
import { type Actor, userIdOf } from "@/lib/domain/actor";
import { can } from "@/lib/domain/permissions";
import type { Context } from "@/lib/services/context";
import { readSanctionsInForce, type StandingEntry } from "@/lib/services/standing";
import { findThread, type OpenThread } from "@/lib/store/articles";
import { hasClaimable } from "@/lib/store/claims";
import { database } from "@/lib/store/client";
import { ownComments } from "@/lib/store/comments";
import { articleWriters } from "@/lib/store/drafts";

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
  /** What keeps them from posting freely; the page /standing says more. */
  standing: StandingEntry[];
  /** On the article that was asked for. */
  comments: OwnCommentHere[];
  /** That article, and what one may do with its text; null when none was asked for, or nothing may be done. */
  article: { id: number; may: ("revise" | "manage")[] } | null;
}

/** Who asks, and their comments on the article `slug`, when one is named and exists. */
export async function readMe(ctx: Context, input: { slug?: string }): Promise<Me> {
  const { actor } = ctx;
  const found = input.slug && isSomebody(actor) ? await findThread(database(), input.slug) : null;
  const [claimable, standing, comments, article] = await Promise.all([
    mayClaim(actor),
    readSanctionsInForce(ctx),
    found ? commentsOn(actor, found) : [],
    found ? mayDoWith(actor, found.id) : null,
  ]);
  return {
    actor:
      actor.kind === "member" ? { kind: "member", name: actor.displayName, handle: actor.handle } : { kind: "visitor" },
    may: rooms.filter((room) => isOpen(room, actor)),
    claimable,
    standing,
    comments,
    article,
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

/** Whether anything on an article could be theirs. */
function isSomebody(actor: Actor): boolean {
  return actor.kind === "member" || (actor.kind === "visitor" && actor.visitorId !== null);
}

async function mayDoWith(actor: Actor, id: number): Promise<Me["article"]> {
  if (actor.kind !== "member") return null;
  const writers = await articleWriters(database(), id);
  const may = (["revise", "manage"] as const).filter((verb) => can(actor, `article.${verb}`, { writers }));
  return may.length > 0 ? { id, may } : null;
}

async function commentsOn(actor: Actor, article: OpenThread): Promise<OwnCommentHere[]> {
  const userId = userIdOf(actor);
  const visitorId = actor.kind === "system" ? null : actor.visitorId;
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
