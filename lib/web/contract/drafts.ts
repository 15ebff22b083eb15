import "server-only";
// The calls of the desk's editor: save, preview, say that one is there. For members in a browser; a program's token opens none of them.
import { z } from "zod";
import { draftBodySchema, draftShape } from "@/lib/domain/draft";
import { limits } from "@/lib/domain/limits";
import { safeHtml } from "@/lib/web/contract/article-json";
import { nothing } from "@/lib/web/contract/articles";
import { operation } from "@/lib/web/contract/operation";

const wrong = { message: "field.wrong" };

const draftParams = z.object({
  article: z
    .string()
    .regex(/^[1-9]\d{0,8}$/)
    .meta({ description: "The article's id.", example: "12" }),
});

const saveNumber = z
  .number(wrong)
  .int(wrong)
  .min(0, wrong)
  .max(1_000_000_000, wrong)
  .meta({ description: "The save that the text began from.", example: 7 });

const body = draftBodySchema.meta({ description: "Markdown.", maxLength: limits.articleBody });

const text = (most: number, description: string) => ({ maxLength: most, description });

const present = z.array(z.string()).meta({ description: "Names of others who have the draft open." });

const changed = z
  .partialRecord(z.enum(["title", "slug", "topics", "summary", "body", "copyrightHolder", "licence"]), z.string())
  .nullable()
  .meta({
    description: "Fields that are not as they were sent, because others changed them, or they were left empty.",
  });

export const saveDraftOperation = operation({
  id: "saveDraft",
  method: "patch",
  path: "/api/v1/drafts/{article}",
  summary: "Save a draft",
  description:
    "What began from an older save is merged with what came since; 409 when both changed the same place, or when it is not a draft any more.",
  audience: { scope: "write" },
  params: draftParams,
  input: z
    .strictObject({
      revision: z
        .number(wrong)
        .int(wrong)
        .min(1, wrong)
        .max(2 ** 31 - 1, wrong),
      saveNumber,
      title: draftShape.title.meta(text(limits.title, "Empty: as it was.")),
      slug: draftShape.slug.meta(text(limits.slug, "The address wished for. Empty: made from the title.")),
      topics: draftShape.topics.meta({ type: "string", description: "Names, parted by commas." }),
      summary: draftShape.summary.meta(text(limits.summary, "For lists.")),
      body,
      copyrightHolder: draftShape.copyrightHolder.meta(text(limits.rightsLine, "Whose it is.")),
      licence: draftShape.licence.meta(text(limits.rightsLine, "On which terms.")),
    })
    .meta({ id: "DraftSave" }),
  sent: nothing,
  answer: {
    status: 200,
    description: "Saved.",
    schema: z
      .object({
        saveNumber,
        savedAt: z.iso.datetime(),
        changed,
        freeSlug: z.string().nullable().meta({ description: "A free address, when the one wished for is taken." }),
        present,
      })
      .meta({ id: "SavedDraft" }),
  },
  refusals: [400, 401, 403, 404, 409, 413, 415, 422, 429],
});

export const previewDraftOperation = operation({
  id: "previewDraft",
  method: "post",
  path: "/api/v1/drafts/preview",
  summary: "What an article will look like",
  audience: { scope: "write" },
  params: nothing,
  input: z.strictObject({ body }).meta({ id: "DraftPreview" }),
  sent: nothing,
  answer: {
    status: 200,
    description: "Its HTML.",
    schema: z
      .object({
        html: safeHtml,
        plain: z
          .boolean()
          .meta({ description: "It has too much markup to be laid out: it is shown as it is written." }),
      })
      .meta({ id: "PreviewedDraft" }),
  },
  refusals: [400, 401, 403, 413, 415, 422, 429],
});

export const draftPresenceOperation = operation({
  id: "draftPresence",
  method: "post",
  path: "/api/v1/drafts/{article}/presence",
  summary: "Say that you have a draft open",
  description: "Good for half a minute. Answers who else has it open, and what was saved meanwhile.",
  audience: { scope: "write" },
  params: draftParams,
  input: z.strictObject({ saveNumber, leaving: z.boolean(wrong).default(false) }).meta({ id: "DraftPresence" }),
  sent: nothing,
  answer: {
    status: 200,
    description: "Who is there.",
    schema: z.object({ saveNumber, present, changed }).meta({ id: "DraftNews" }),
  },
  refusals: [400, 401, 403, 404, 409, 413, 415, 422],
});
