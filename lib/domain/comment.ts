// A comment as readers see it, and what may be said in one. Text arrives normalised (`lib/text/normalize`).
import { z } from "zod";
import { limits } from "@/lib/domain/limits";
import type { SafeHtml } from "@/lib/text/markdown";
import {
  codePointLength,
  hasBidiControls,
  hasVisibleContent,
  normalizeName,
  normalizeText,
} from "@/lib/text/normalize";

export const commentStatuses = ["PUBLISHED", "PENDING", "SPAM", "REMOVED", "DELETED"] as const;
export type CommentStatus = (typeof commentStatuses)[number];

/** Readers see the text. */
export const visibleStatuses: readonly CommentStatus[] = ["PUBLISHED"];
/** A moderator has to look at it. */
export const queuedStatuses: readonly CommentStatus[] = ["PENDING", "SPAM"];
/** Its place stays, its text is gone. */
export const tombstoneStatuses: readonly CommentStatus[] = ["REMOVED", "DELETED"];

export const commentSorts = ["best", "newest", "oldest"] as const;
export type CommentSort = (typeof commentSorts)[number];

/** Who wrote it, as readers may know it. */
export interface CommentAuthor {
  name: string;
  /** A member's handle; null for a guest. */
  handle: string | null;
}

/** One comment, ready to draw. */
export interface CommentView {
  id: string;
  parentId: string | null;
  rootId: string | null;
  depth: number;
  /** Order of appearance in the whole thread. */
  place: number;
  status: CommentStatus;
  author: CommentAuthor;
  /** Empty for tombstones. */
  html: SafeHtml;
  createdAt: Date;
  editedAt: Date | null;
  decidedAt: Date | null;
  removalReason: string | null;
  /** Direct replies with a place, shown or not. */
  replyCount: number;
}

const reason = (text: string) => ({ message: text, abort: true });

/** The text of a comment: normalised, not empty to the eye, within its length. Issues carry reasons of `lib/ui/labels`. */
export const commentBodySchema = z
  .string(reason("comment.empty"))
  // Cheap first: nothing longer than this could be within the limit once normalised (composition shortens at most threefold).
  .max(limits.commentBody * 6, reason("comment.too_long"))
  .transform((text) =>
    normalizeText(text)
      .replace(/^(?:[ \t]*\n)+/, "")
      .trimEnd(),
  )
  .refine((text) => hasVisibleContent(text), reason("comment.empty"))
  .refine((text) => codePointLength(text) <= limits.commentBody, reason("comment.too_long"));

/** The optional name of a guest; absent or blank means an automatic one. */
export const guestNameSchema = z
  .string(reason("name.invalid"))
  .max(limits.guestName * 6, reason("name.too_long"))
  .transform((name) => ({ raw: name, name: normalizeName(name) }))
  .refine(({ raw, name }) => !(hasBidiControls(raw) && name !== ""), reason("name.invalid"))
  .transform(({ name }) => name)
  .refine((name) => codePointLength(name) <= limits.guestName, reason("name.too_long"))
  .refine((name) => name === "" || hasVisibleContent(name), reason("name.invalid"))
  .transform((name) => (name === "" ? undefined : name))
  .optional();

/** A comment's id as it stands in addresses. */
export const commentIdSchema = z.string().regex(/^[1-9][0-9]{0,17}$/);
