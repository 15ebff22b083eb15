// How a row of the comments table becomes what readers may see: the one place where hidden text is left out.
import type { CommentStatus, CommentView } from "@/lib/domain/comment";
import { Prisma } from "@/lib/store/generated/client";
import type { SafeHtml } from "@/lib/text/markdown";

export interface CommentRow {
  id: bigint;
  parentId: bigint | null;
  rootId: bigint | null;
  depth: number;
  place: number | null;
  status: CommentStatus;
  authorName: string;
  handle: string | null;
  html: string;
  createdAt: Date;
  editedAt: Date | null;
  decidedAt: Date | null;
  removalReason: string | null;
  replyCount: number;
}

/** The columns of a CommentRow, from `comments c LEFT JOIN users u`. */
export const commentColumns = Prisma.sql`
  c.id, c.parent_id AS "parentId", c.root_id AS "rootId", c.depth, c.place, c.status, c.author_name AS "authorName",
  u.handle, c.html, c.created_at AS "createdAt", c.edited_at AS "editedAt", c.decided_at AS "decidedAt",
  c.removal_reason AS "removalReason", c.reply_count AS "replyCount"`;

/**
 * What may be seen of a row: for all but published comments neither text nor name.
 * @param revealed show it whatever its status, to the one who wrote it
 */
export function toView(row: CommentRow, revealed = false): CommentView {
  // For its author spam is a comment that waits.
  const status = revealed && row.status === "SPAM" ? "PENDING" : row.status;
  const shown = status === "PUBLISHED" || (revealed && status === "PENDING");
  return {
    id: String(row.id),
    parentId: row.parentId === null ? null : String(row.parentId),
    rootId: row.rootId === null ? null : String(row.rootId),
    depth: row.depth,
    place: row.place ?? 0,
    status,
    author: shown ? { name: row.authorName, handle: row.handle } : { name: "", handle: null },
    html: (shown ? row.html : "") as SafeHtml,
    createdAt: row.createdAt,
    editedAt: shown ? row.editedAt : null,
    decidedAt: row.decidedAt,
    removalReason: row.removalReason,
    replyCount: row.replyCount,
  };
}
