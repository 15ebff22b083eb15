// What somebody writes before it is a revision that others judge: its fields, and what may stand in each. A draft may be unfinished, so
// nothing here must be filled in. Texts arrive as typed; what leaves is normalised. Issues carry reasons of `lib/ui/labels`.
import { z } from "zod";
import { limits } from "@/lib/domain/limits";
import { codePointLength, normalizeName, normalizeText } from "@/lib/text/normalize";
import { slugify } from "@/lib/text/slug";

export interface DraftFields {
  /** Empty: as it was. */
  title: string;
  /** The address it wishes for, in the form of a slug; empty: made from the title. */
  slug: string;
  /** Names of topics, each once. */
  topics: string[];
  summary: string;
  /** Markdown. */
  body: string;
  copyrightHolder: string;
  licence: string;
}

const reason = (text: string) => ({ message: text, abort: true });

/** Cheap first: nothing longer could be within the limit once normalised (composition shortens at most threefold). */
const unnormalised = 6;

const line = (most: number, tooLong: string) =>
  z
    .string(reason("field.wrong"))
    .max(most * unnormalised, reason(tooLong))
    .transform(normalizeName)
    .refine((text) => codePointLength(text) <= most, reason(tooLong));

const titleSchema = line(limits.title, "draft.title_too_long");

const slugWishSchema = z
  .string(reason("field.wrong"))
  .max(limits.title * unnormalised, reason("draft.slug_too_long"))
  .transform((text) => slugify(text, limits.slug));

/** "Bees, Dances": commas part them, as people write lists. */
const topicsSchema = z
  .string(reason("field.wrong"))
  .max((limits.topicName + 2) * limits.topics * unnormalised, reason("draft.topic_too_long"))
  .transform((text) => {
    const names = text.split(/[,،、，;]/).map(normalizeName);
    return [...new Map(names.filter(Boolean).map((name) => [name.toLowerCase(), name])).values()];
  })
  .refine((names) => names.length <= limits.topics, reason("draft.topics_too_many"))
  .refine((names) => names.every((name) => codePointLength(name) <= limits.topicName), reason("draft.topic_too_long"));

const textSchema = (most: number, tooLong: string) =>
  z
    .string(reason("field.wrong"))
    .max(most * unnormalised, reason(tooLong))
    .transform(normalizeText)
    .refine((text) => codePointLength(text) <= most, reason(tooLong));

/** Markdown of a draft. */
export const draftBodySchema = textSchema(limits.articleBody, "draft.body_too_long");

/** The fields of a draft, each a string as a form sends it. */
export const draftShape = {
  title: titleSchema,
  slug: slugWishSchema.default(""),
  topics: topicsSchema.default([]),
  summary: textSchema(limits.summary, "draft.summary_too_long").default(""),
  body: draftBodySchema,
  copyrightHolder: line(limits.rightsLine, "draft.line_too_long").default(""),
  licence: line(limits.rightsLine, "draft.line_too_long").default(""),
} satisfies Record<keyof DraftFields, z.ZodType>;

/** The title that an article is begun with. */
export const newTitleSchema = titleSchema.refine((title) => title !== "", reason("draft.title_missing"));

/** Which save a text began from. */
export const saveNumberSchema = z.coerce.number(reason("field.wrong")).int(reason("field.wrong")).min(0).max(1e9);

/** A draft's topics as its form shows them. */
export function topicsLine(topics: readonly string[]): string {
  return topics.join(", ");
}

/** Whether two states of a draft say the same. */
export function sameFields(a: DraftFields, b: DraftFields): boolean {
  const keys = Object.keys(draftShape) as (keyof DraftFields)[];
  return keys.every((key) => String(a[key]) === String(b[key]));
}
