// What comes with a verdict from a form or a program: which one, on what state, and why.
import { z } from "zod";
import { commentIdSchema, commentStatuses } from "@/lib/domain/comment";
import { DomainError } from "@/lib/domain/errors";
import { limits } from "@/lib/domain/limits";
import {
  bulkVerdicts,
  type RemovalReason,
  removalCode,
  removalReasons,
  type Seen,
  verdicts,
} from "@/lib/domain/verdict";
import { codePointLength, hasVisibleContent, normalizeText } from "@/lib/text/normalize";

const wrong = { message: "field.wrong" };
const seenShape = new RegExp(`^(${commentStatuses.join("|")})\\.([1-9]\\d{0,5})\\.([0-9a-f]{8})\\.([01])$`);

/** A Seen as `printSeen` writes it. */
export const seenSchema = z
  .string(wrong)
  .max(40, wrong)
  .transform((text, context): Seen => {
    const [, status, revision, edit, reported] = seenShape.exec(text) ?? [];
    const known = commentStatuses.find((each) => each === status);
    if (!known || !revision || !edit) {
      context.addIssue({ code: "custom", message: "field.wrong" });
      return z.NEVER;
    }
    return { status: known, revision: Number(revision), edit, reported: reported === "1" };
  });

const said = (longest: number) =>
  z
    .string(wrong)
    .max(longest * 6, { message: "verdict.words_too_long", abort: true })
    .transform((text) => normalizeText(text).trim())
    .refine((text) => codePointLength(text) <= longest, { message: "verdict.words_too_long" });

/** One of the closed list, as a form or a program sends it, or own words. */
const givenReason = {
  reason: z.enum([...removalReasons, "OWN", ""], { message: "verdict.reason_missing" }).default(""),
  words: said(limits.removalWords).default(""),
};

/** The reason that comes with a removal, as it is kept; undefined when none was given. */
export function reasonOf({ reason, words }: { reason: RemovalReason | "OWN" | ""; words: string }): string | undefined {
  if (reason !== "" && reason !== "OWN") return removalCode(reason);
  return hasVisibleContent(words) ? words : undefined;
}

/** The fields of one verdict. */
export const verdictFields = {
  id: commentIdSchema,
  verdict: z.enum(verdicts, wrong),
  seen: seenSchema,
  ...givenReason,
  note: said(limits.actionNote).default(""),
};

/** The fields of a verdict on several. */
export const bulkFields = { verdict: z.enum(bulkVerdicts, wrong), ...givenReason };

const pickName = /^pick-([1-9]\d{0,17})$/;

/**
 * The items that were ticked in a form: a field "pick-ID" each, whose value is the state that was seen.
 * @throws DomainError `invalid` when there is none
 */
export function pickedItems(fields: Record<string, unknown>): { id: string; seen: Seen }[] {
  const items = Object.entries(fields).flatMap(([name, value]) => {
    const id = pickName.exec(name)?.[1];
    const seen = seenSchema.safeParse(value);
    return id && seen.success ? [{ id, seen: seen.data }] : [];
  });
  if (items.length === 0) throw new DomainError("invalid", { reason: "verdict.none_chosen" });
  return items;
}
