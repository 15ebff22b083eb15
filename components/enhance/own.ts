// What is the reader's own on this page, and what they may do with it.
import { prepareCollapse } from "@/components/enhance/collapse";
import { commentId } from "@/components/enhance/comment-id";
import { isRecord, textOf } from "@/components/enhance/json";
import { make } from "@/components/enhance/make";
import { askMe } from "@/components/enhance/me";
import { words } from "@/components/enhance/words";

export interface OwnComment {
  id: string;
  /** null for a comment on the article itself. */
  parentId: string | null;
  /** Whether a moderator has to see it before others do. */
  waits: boolean;
  /** "edit", "delete": what the server would let this person do now. */
  may: string[];
}

/** Whether the API's word for a comment's state means that it waits. */
export function isWaiting(status: unknown): boolean {
  return textOf(status).toLowerCase() === "pending";
}

const own = new Map<string, OwnComment>();

function toOwnComments(value: unknown): OwnComment[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map(({ id, parentId, status, may }) => ({
    id: String(id),
    parentId: textOf(parentId) || null,
    waits: isWaiting(status),
    may: Array.isArray(may) ? may.map(String) : [],
  }));
}

/** Remembers a comment as the reader's own. */
export function rememberOwn(comment: OwnComment): void {
  own.set(comment.id, comment);
}

/** The reader's own comments here; an empty list for those who never posted, without any request. */
export async function fetchOwn(): Promise<OwnComment[]> {
  const comments = toOwnComments((await askMe()).comments);
  comments.forEach(rememberOwn);
  return comments;
}

function drawLink(footer: Element, id: string, action: "edit" | "delete"): void {
  if (footer.querySelector(`[data-action="${action}"]`)) return;
  footer.append(" ", make("a", { href: `/comments/${id}#${action}`, "data-action": action }, words[action]));
}

/**
 * Draws what the reader may do with their own comment, on the footer's one line: nothing around it moves. One cannot
 * report oneself, which makes the room.
 */
export function drawOwnTools(article: HTMLElement): void {
  prepareCollapse(article);
  const comment = own.get(commentId(article) ?? "");
  if (!comment || article.classList.contains("tombstone")) return;
  // One that waits comes without a footer: nobody else can answer or report it.
  const footer =
    article.querySelector(".comment-actions") ?? article.appendChild(make("footer", { class: "comment-actions" }));
  footer.querySelector('[data-action="report"]')?.remove();
  if (comment.may.includes("edit")) drawLink(footer, comment.id, "edit");
  if (comment.may.includes("delete")) drawLink(footer, comment.id, "delete");
  if (!footer.querySelector(".own-mark")) footer.append(" ", make("span", { class: "own-mark" }, words.you));
}
