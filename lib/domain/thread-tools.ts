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

const lock = z.literal("1").optional().catch(undefined);
const way = z.union([z.literal(""), z.enum(discussionModes)], wrong).transform((mode) => (mode === "" ? null : mode));
const pace = z
  .union(
    [z.literal(""), z.coerce.number().refine((seconds) => slowChoices.some((choice) => choice === seconds))],
    wrong,
  )
  .transform((slow) => (slow === "" ? null : slow));

/** The form of one discussion. An empty choice is "as the site has it"; `was…` is how the form came. */
export const threadSettingsSchema = z.object({
  locked: lock,
  mode: way,
  slow: pace,
  closes: closingDay,
  wasLocked: lock,
  wasMode: way.optional().catch(undefined),
  wasSlow: pace.optional().catch(undefined),
  wasCloses: closingDay.optional().catch(undefined),
  reason: z
    .string()
    .max(limits.actionNote * 6, { message: "thread.reason_too_long", abort: true })
    .transform((text) => normalizeText(text).trim())
    .refine((text) => codePointLength(text) <= limits.actionNote, { message: "thread.reason_too_long" })
    .default(""),
});

/** A discussion as its settings page shows it. */
export interface ManagedThread extends ThreadSettings {
  slug: string;
  title: string;
  commentCount: number;
}

/**
 * What is wished for a discussion that somebody else may have set meanwhile: what was left as it was seen stays as it is now.
 * @param seen of each setting what the form came with; what is left out counts as changed
 */
export function settingsWished(
  now: ThreadSettings,
  wished: ThreadSettings,
  seen: Partial<ThreadSettings>,
): ThreadSettings {
  return {
    locked: wished.locked === seen.locked ? now.locked : wished.locked,
    mode: wished.mode === seen.mode ? now.mode : wished.mode,
    slowSeconds: wished.slowSeconds === seen.slowSeconds ? now.slowSeconds : wished.slowSeconds,
    closesAt: isSameTime(wished.closesAt, seen.closesAt) ? now.closesAt : wished.closesAt,
  };
}

/** Null is a time, too: never. */
function isSameTime(one: Date | null, other: Date | null | undefined): boolean {
  return other !== undefined && one?.getTime() === other?.getTime();
}

export interface ThreadSettings {
  locked: boolean;
  /** Null: as the site has it. */
  mode: (typeof discussionModes)[number] | null;
  slowSeconds: number | null;
  closesAt: Date | null;
}
