"use server";
// What an editor does with an article beyond reviewing.
import { z } from "zod";
import { creditedSchema, editorialReasonSchema } from "@/lib/domain/editorial-input";
import {
  computeCreditsAgain,
  revert as goBack,
  setCredits as name,
  unpublish as takeAway,
} from "@/lib/services/manage-published";
import { action } from "@/lib/web/action";

const members = "/desk/review";
const id = z.coerce.number().int().positive();
const at = (article: number, news: string) => ({ goTo: `/desk/articles/${article}?news=${news}` });

/** Take it from readers. */
export const unpublish = action({
  form: "unpublish",
  members,
  schema: z.object({ article: id, revision: id, reason: editorialReasonSchema }),
  run: async (ctx, { article, revision, reason }) => {
    const events = await takeAway(ctx, { revisionId: revision, reason });
    return { ...at(article, "unpublished"), events };
  },
});

/** Begin a draft from an earlier text. */
export const revert = action({
  form: "revert",
  members,
  schema: z.object({ revision: id }),
  run: async (ctx, { revision }) => {
    const { articleId } = await goBack(ctx, { revisionId: revision });
    return { goTo: `/desk/drafts/${articleId}` };
  },
});

/** Say who is named. */
export const setCredits = action({
  form: "credits",
  members,
  schema: z.object({ article: id, written: creditedSchema, edited: creditedSchema, reason: editorialReasonSchema }),
  run: async (ctx, { article, written, edited, reason }) => {
    const events = await name(ctx, { articleId: article, people: { written, edited }, reason });
    return { ...at(article, "named"), events };
  },
});

/** Let the article name those who gave it its words again. */
export const computeCredits = action({
  form: "computeCredits",
  members,
  schema: z.object({ article: id, reason: editorialReasonSchema }),
  run: async (ctx, { article, reason }) => {
    const events = await computeCreditsAgain(ctx, { articleId: article, reason });
    return { ...at(article, "computed"), events };
  },
});
