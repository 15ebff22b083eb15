// What may stand in the files of the first-run content: one schema per kind of file. What the files say about each other
// is checked in `content.ts`.
import { z } from "zod";
import { roles } from "@/lib/domain/actor";
import { handleSchema, slugSchema } from "@/lib/domain/article";
import { commentBodySchema, guestNameSchema } from "@/lib/domain/comment";
import { limits } from "@/lib/domain/limits";
import { codePointLength } from "@/lib/text/normalize";

const revisionClasses = ["TYPO", "CLARIFICATION", "UPDATE", "CORRECTION"] as const;
export type SeedRevisionClass = (typeof revisionClasses)[number];

/** One to `max` code points, without space around them. */
const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .refine((value) => codePointLength(value) <= max, `is longer than ${max} characters`);

/** Days before the first start; fractions allowed. */
const daysAgo = z.number().positive();
/** Minutes since the article was first published. */
const minutes = z.number().nonnegative();

export const peopleFile = z
  .array(
    z.strictObject({
      handle: handleSchema,
      name: text(limits.displayName),
      roles: z.array(z.enum(roles)),
      joinedDaysAgo: daysAgo,
      bio: text(limits.bio),
    }),
  )
  .min(1);

export type PeopleFile = z.infer<typeof peopleFile>;

export const topicsFile = z
  .array(z.strictObject({ slug: slugSchema, name: text(limits.topicName), description: text(limits.summary) }))
  .min(1);

export type TopicsFile = z.infer<typeof topicsFile>;

export const frontMatter = z.strictObject({
  title: text(limits.title),
  summary: text(limits.summary),
  topics: z.array(slugSchema).min(1),
  writtenBy: z.array(handleSchema).min(1),
  editedBy: z.array(handleSchema).min(1),
  publishedDaysAgo: daysAgo,
  // The database allows as much as for a title.
  copyrightHolder: text(limits.title),
  licence: text(limits.title),
  /** A second revision: the file holds the newest text, `changes` leads back to the first. */
  revision: z
    .strictObject({
      publishedDaysAgo: daysAgo,
      class: z.string().toUpperCase().pipe(z.enum(revisionClasses)),
      editedBy: z.array(handleSchema).min(1),
      note: text(limits.actionNote),
      changes: z.array(z.strictObject({ was: z.string(), now: z.string().min(1) })).min(1),
    })
    .optional(),
});

export const articleBody = text(limits.articleBody);

const author = z.union([
  z.strictObject({ member: handleSchema }),
  z.strictObject({
    guest: z.literal(true),
    /** Tells that two comments are by the same guest, on any article; without it, a guest who was seen once. */
    person: slugSchema.optional(),
    name: guestNameSchema,
  }),
]);

const comment = z.strictObject({
  author,
  minutesAfter: minutes,
  body: commentBodySchema,
  /** An edit that readers can see; `was` is the text before it. */
  edited: z.strictObject({ minutesAfter: minutes, was: commentBodySchema }).optional(),
  deleted: z.strictObject({ minutesAfter: minutes }).optional(),
  removed: z.strictObject({ minutesAfter: minutes, by: handleSchema, reason: text(limits.actionNote) }).optional(),
  /** The number of the revision in which the article took it up. */
  resolvedByRevision: z.int().min(2).optional(),
  get replies() {
    return z.optional(z.array(comment));
  },
});
export type CommentInFile = z.infer<typeof comment>;

export const commentsFile = z.array(comment);
