import "server-only";
// A draft as its form sends it: the fields, the save that they began from, and what was decided about conflicts.
import { z } from "zod";
import { draftShape, saveNumberSchema } from "@/lib/domain/draft";
import { editorialReasonSchema } from "@/lib/domain/editorial-input";
import { limits } from "@/lib/domain/limits";
import type { SaveDraft } from "@/lib/services/save-draft";
import type { Choice } from "@/lib/text/merge";
import { normalizeText } from "@/lib/text/normalize";

const id = z.coerce.number().int().positive();

/** The form's fields; those of conflicts ("choice-0", "own-0") come besides. */
export const draftFormSchema = z.looseObject({
  article: id,
  revision: id,
  saveNumber: saveNumberSchema,
  ...draftShape,
  /** The save that was decided about. */
  seen: saveNumberSchema.optional(),
  intent: z.enum(["save", "preview", "submit"]).catch("save"),
  /** For the reviewer, when it is handed in. */
  submitNote: editorialReasonSchema,
});

/** Fields that such a form has at most: two for each conflict, and its own. */
export const draftFormFields = 2 * (limits.conflictsShown + 10) + 30;

/** What the form asks to be saved. */
export function saveOf(form: z.output<typeof draftFormSchema>): SaveDraft {
  const { revision, saveNumber, seen, title, slug, topics, summary, body, copyrightHolder, licence } = form;
  return {
    revisionId: revision,
    saveNumber,
    fields: { title, slug, topics, summary, body, copyrightHolder, licence },
    ...(seen !== undefined && { decided: { seen, choices: choicesOf(form) } }),
  };
}

/** The decisions in order; undefined for one that was left open. */
function choicesOf(form: Record<string, unknown>): (Choice | undefined)[] {
  const numbers = Object.keys(form).flatMap((name) => /^choice-(\d{1,3})$/.exec(name)?.[1] ?? []);
  const choices: (Choice | undefined)[] = [];
  for (const number of numbers.map(Number)) {
    const [choice, own] = [form[`choice-${number}`], form[`own-${number}`]];
    if (choice === "ours" || choice === "theirs" || choice === "both") choices[number] = choice;
    else if (choice === "own" && typeof own === "string") choices[number] = { own: normalizeText(own) };
  }
  return choices;
}
