import "server-only";
// Comments as the API gives them. Of one that cannot be read only its place is told: no text, no name.
import { z } from "zod";
import type { CommentStatus, CommentView } from "@/lib/domain/comment";
import { isShut } from "@/lib/domain/thread-terms";
import type { CommentPage } from "@/lib/services/read-comment";
import { removalWords } from "@/lib/ui/labels";
import { markdown, personJson, safeHtml, slugJson } from "@/lib/web/contract/article-json";

const time = z.iso.datetime();
const idJson = z.string().meta({ example: "42" });

const statuses = ["published", "pending", "removed", "deleted"] as const;

/** Spam is told like any comment that waits: its writer need not know. */
const statusOf: Record<CommentStatus, (typeof statuses)[number]> = {
  PUBLISHED: "published",
  PENDING: "pending",
  SPAM: "pending",
  REMOVED: "removed",
  DELETED: "deleted",
};

const fields = {
  id: idJson,
  url: z.url().meta({ description: "Its page, which always lands." }),
  parentId: z.string().nullable().meta({ description: "The comment it answers; null at the top of the discussion." }),
  depth: z.number().int().meta({ description: "0 at the top." }),
  status: z.enum(statuses).meta({ description: "Only a published comment has a text and an author." }),
  // As a union, because the generator describes a nullable named schema as one that is never null.
  author: z.union([personJson, z.null()]),
  html: safeHtml,
  createdAt: time,
  editedAt: time.nullable(),
  removalReason: z.string().nullable().meta({ description: "Why a moderator removed it." }),
  replyCount: z.number().int().meta({ description: "Direct replies." }),
};

export const commentJson = z.object(fields).meta({ id: "Comment" });

export const commentPageJson = z
  .object({
    ...fields,
    article: z.object({ slug: slugJson, title: z.string() }),
    locked: z.boolean().meta({ description: "Whether nothing new can be posted." }),
    may: z.array(z.enum(["reply", "edit", "delete", "report"])).meta({ description: "What you may do with it." }),
    source: markdown.nullable().meta({ description: "Its Markdown, for its author; null for others." }),
    heldReason: z.string().nullable().meta({ description: "Why it, or an edit of it, waits; for its author." }),
  })
  .meta({ id: "CommentPage" });

export function toCommentJson(comment: CommentView, origin: string): z.output<typeof commentJson> {
  return {
    id: comment.id,
    url: `${origin}/comments/${comment.id}`,
    parentId: comment.parentId,
    depth: comment.depth,
    status: statusOf[comment.status],
    author: comment.author.name ? { name: comment.author.name, handle: comment.author.handle } : null,
    html: comment.html,
    createdAt: comment.createdAt.toISOString(),
    editedAt: comment.editedAt?.toISOString() ?? null,
    removalReason: comment.removalReason === null ? null : removalWords(comment.removalReason),
    replyCount: comment.replyCount,
  };
}

export function toCommentPageJson(page: CommentPage, origin: string): z.output<typeof commentPageJson> {
  const { subThread, may } = page;
  return {
    ...toCommentJson(subThread.node.comment, origin),
    article: { slug: subThread.article.slug, title: subThread.article.title },
    locked: isShut(subThread),
    may: (["reply", "edit", "delete", "report"] as const).filter((verb) => may[verb]),
    source: page.source,
    heldReason: page.heldReason,
  };
}
