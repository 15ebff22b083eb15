"use server";
// Beginning something: an article, or a new text of one that there is.
import { z } from "zod";
import { newTitleSchema } from "@/lib/domain/draft";
import { reviseArticle as revise } from "@/lib/services/revise-article";
import { startArticle as start } from "@/lib/services/start-article";
import { action } from "@/lib/web/action";

/** A new article, by its title. */
export const startArticle = action({
  form: "start",
  members: "/desk/drafts",
  schema: z.object({ title: newTitleSchema }),
  run: async (ctx, input) => {
    const { articleId } = await start(ctx, input);
    return { goTo: `/desk/drafts/${articleId}` };
  },
});

/** A new revision of an article. */
export const reviseArticle = action({
  form: "revise",
  members: "/desk/drafts",
  schema: z.object({ article: z.coerce.number().int().positive() }),
  run: async (ctx, { article }) => {
    await revise(ctx, { articleId: article });
    return { goTo: `/desk/drafts/${article}` };
  },
});
