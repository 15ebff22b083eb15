// What somebody says of a picture that they bring, and what it becomes in a text.
import { z } from "zod";
import { limits } from "@/lib/domain/limits";
import { codePointLength, normalizeName } from "@/lib/text/normalize";

const reason = (text: string) => ({ message: text, abort: true });

/** Cheap first: nothing longer could be within the limit once normalised (composition shortens at most threefold). */
const unnormalised = 6;

/** What a picture shows, for whoever cannot see it. */
export const altSchema = z
  .string(reason("upload.alt_missing"))
  .max(limits.pictureAlt * unnormalised, reason("upload.alt_too_long"))
  .transform(normalizeName)
  .refine((text) => text !== "", reason("upload.alt_missing"))
  .refine((text) => codePointLength(text) <= limits.pictureAlt, reason("upload.alt_too_long"));

/** A picture that somebody brought. */
export interface UploadedPicture {
  id: string;
  width: number;
  height: number;
  alt: string;
  /** Bytes kept, of all its widths together. */
  bytes: number;
  createdAt: Date;
}

/** The Markdown that shows a picture. */
export function pictureMarkdown({ id, alt }: { id: string; alt: string }): string {
  return `![${alt.replace(/[\\[\]`*_<>&!~^]/g, "\\$&")}](/u/${id})`;
}
