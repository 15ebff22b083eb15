"use server";
// Bringing an earlier text of a draft back.
import { z } from "zod";
import { saveNumberSchema } from "@/lib/domain/draft";
import { restoreSave as restore } from "@/lib/services/restore-save";
import { action } from "@/lib/web/action";

/** The earlier text becomes the newest save. */
export const restoreSave = action({
  form: "restore",
  members: "/desk/drafts",
  schema: z.object({ article: z.coerce.number().int().positive(), number: saveNumberSchema, seen: saveNumberSchema }),
  run: async (ctx, { article, number, seen }) => {
    await restore(ctx, { articleId: article, number, seen });
    return { goTo: `/desk/drafts/${article}?news=restored` };
  },
});
