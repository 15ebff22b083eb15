// Turns the flat comments of a page into the nested lists that are drawn. Pure; linear in the number of comments.
import type { CommentView } from "@/lib/domain/comment";
import { limits } from "@/lib/domain/limits";

export interface CommentNode {
  comment: CommentView;
  children: CommentNode[];
  /** The comment it answers, when that one is on the page: "in reply to …". Who draws it right above need not say so. */
  inReplyTo: { id: string; name: string } | null;
  /** Direct replies that exist but are not on this page. */
  moreReplies: number;
}

/**
 * Builds the trees of `comments`, which hold their parents before them (ascending `place`).
 * Below `limits.nestingShown` levels a reply is drawn flat, beside its parent, and says to whom it replies.
 * @param comments the page's comments; one whose parent is missing becomes a root
 * @param order of the roots; replies always read from old to new
 */
export function buildTree(comments: readonly CommentView[], order: "oldest" | "newest" = "oldest"): CommentNode[] {
  const drawn = new Map<string, { node: CommentNode; level: number; siblings: CommentNode[] }>();
  const shownReplies = new Map<string, number>();
  const roots: CommentNode[] = [];
  for (const comment of [...comments].sort((a, b) => a.place - b.place)) {
    const parent = comment.parentId === null ? undefined : drawn.get(comment.parentId);
    const flat = parent !== undefined && parent.level >= limits.nestingShown - 1;
    const siblings = parent === undefined ? roots : flat ? parent.siblings : parent.node.children;
    const level = parent === undefined ? 0 : flat ? parent.level : parent.level + 1;
    const node: CommentNode = {
      comment,
      children: [],
      inReplyTo: parent ? { id: parent.node.comment.id, name: parent.node.comment.author.name } : null,
      moreReplies: 0,
    };
    siblings.push(node);
    drawn.set(comment.id, { node, level, siblings });
    if (comment.parentId !== null) shownReplies.set(comment.parentId, (shownReplies.get(comment.parentId) ?? 0) + 1);
  }
  for (const { node } of drawn.values()) {
    node.moreReplies = Math.max(0, node.comment.replyCount - (shownReplies.get(node.comment.id) ?? 0));
  }
  return order === "newest" ? roots.reverse() : roots;
}
