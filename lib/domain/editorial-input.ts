// What people write about texts on the desk: reasons, notes for readers, private notes, names to credit. Texts arrive as typed; what leaves
// is normalised. Issues carry reasons of `lib/ui/labels`.
import { z } from "zod";
import { limits } from "@/lib/domain/limits";
import { codePointLength, hasVisibleContent, normalizeName, normalizeText } from "@/lib/text/normalize";

const reason = (text: string) => ({ message: text, abort: true });

/** Cheap first: nothing longer could be within the limit once normalised (composition shortens at most threefold). */
const unnormalised = 6;

/** A text of several lines; "" when nothing in it can be seen. */
const text = (most: number, tooLong: string) =>
  z
    .string(reason("field.wrong"))
    .max(most * unnormalised, reason(tooLong))
    .transform((typed) => (hasVisibleContent(typed) ? normalizeText(typed).trim() : ""))
    .refine((kept) => codePointLength(kept) <= most, reason(tooLong));

/** Why something was decided, or what a reviewer should know. May be empty. */
export const editorialReasonSchema = text(limits.editorialReason, "reason.too_long").default("");

/** For readers: what a revision changes, in a line. May be empty. */
export const revisionNoteSchema = z
  .string(reason("field.wrong"))
  .max(limits.revisionNote * unnormalised, reason("revisionNote.too_long"))
  .transform((typed) => (hasVisibleContent(typed) ? normalizeName(typed) : ""))
  .refine((kept) => codePointLength(kept) <= limits.revisionNote, reason("revisionNote.too_long"))
  .default("");

/** A private note on a draft. */
export const draftNoteSchema = text(limits.draftNote, "note.too_long").refine(
  (kept) => kept !== "",
  reason("note.empty"),
);

/** The line that a note stands at; null for the whole. */
export const noteLineSchema = z
  .string(reason("field.wrong"))
  .trim()
  .regex(/^\d{0,7}$/, reason("note.no_such_line"))
  .transform((typed) => (typed === "" ? null : Number(typed)))
  .default(null);

/** People to name, one a line: "@handle" or a name. */
export const creditedSchema = z
  .string(reason("field.wrong"))
  .max(limits.creditedPeople * limits.creditedName * unnormalised, reason("credits.too_many"))
  .transform((typed) => [...new Set(typed.split("\n").filter(hasVisibleContent).map(normalizeName))])
  .refine(
    (people) =>
      people.length <= limits.creditedPeople && people.every((one) => codePointLength(one) <= limits.creditedName),
    reason("credits.too_many"),
  )
  .default([]);
