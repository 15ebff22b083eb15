// A link by which somebody without an account reads a draft: what it is good for, and for how long.
import { z } from "zod";
import type { PersonLink } from "@/lib/domain/article";
import { guestNameSchema } from "@/lib/domain/comment";
import { draftNoteSchema } from "@/lib/domain/editorial-input";
import { limits } from "@/lib/domain/limits";

export const shareRights = ["READ", "COMMENT"] as const;
export type ShareRight = (typeof shareRights)[number];

/** The wish for a link, as its form sends it. */
export const shareWishSchema = z.object({
  right: z.enum(shareRights).catch("READ"),
  days: z.coerce
    .number()
    .refine((days) => limits.shareDays.some((known) => known === days))
    .catch(limits.shareDays[1]),
});

/** A note that is left by such a link. */
export const guestNoteSchema = z.object({
  name: guestNameSchema
    .transform((name) => name ?? "")
    .refine((name) => name !== "", { message: "share.name_missing" }),
  body: draftNoteSchema,
});

/** A link that works, as its givers see it; the link itself is not kept. */
export interface DraftShareView {
  id: number;
  right: ShareRight;
  createdBy: PersonLink;
  createdAt: Date;
  expiresAt: Date;
}
