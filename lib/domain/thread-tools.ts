// What a moderator sets for one discussion.
import { z } from "zod";
import { limits } from "@/lib/domain/limits";
import { discussionModes } from "@/lib/domain/settings";
import { codePointLength, normalizeText } from "@/lib/text/normalize";

const wrong = { message: "field.wrong" };

/** Seconds to wait between two comments, to choose from. */
export const slowChoices = [30, 60, 300, 900, 3_600, 21_600, 86_400] as const;

/** A day as a form sends it, at whose end (UTC) the discussion closes; empty: it does not. */
const closingDay = z
  .union([z.literal(""), z.iso.date(wrong)], wrong)
  .transform((day) => (day === "" ? null : new Date(`${day}T23:59:59.999Z`)));

/** The form of one discussion. An empty choice is "as the site has it". */
export const threadSettingsSchema = z.object({
  locked: z.literal("1").optional().catch(undefined),
  mode: z.union([z.literal(""), z.enum(discussionModes)], wrong).transform((mode) => (mode === "" ? null : mode)),
  slow: z
    .union(
      [z.literal(""), z.coerce.number().refine((seconds) => slowChoices.some((choice) => choice === seconds))],
      wrong,
    )
    .transform((slow) => (slow === "" ? null : slow)),
  closes: closingDay,
  reason: z
    .string()
    .max(limits.actionNote * 6, { message: "verdict.words_too_long", abort: true })
    .transform((text) => normalizeText(text).trim())
    .refine((text) => codePointLength(text) <= limits.actionNote, { message: "verdict.words_too_long" })
    .default(""),
});

/** A discussion as its settings page shows it. */
export interface ManagedThread extends ThreadSettings {
  slug: string;
  title: string;
  commentCount: number;
}

export interface ThreadSettings {
  locked: boolean;
  /** Null: as the site has it. */
  mode: (typeof discussionModes)[number] | null;
  slowSeconds: number | null;
  closesAt: Date | null;
}
