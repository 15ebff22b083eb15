"use server";
// What can be done on an article's page.
import { z } from "zod";
import { slugSchema } from "@/lib/domain/article";
import { commentBodySchema, commentIdSchema, guestNameSchema } from "@/lib/domain/comment";
import { postComment as post } from "@/lib/services/post-comment";
import { previewComment } from "@/lib/services/render-comment";
import { action } from "@/lib/web/action";
import { composedFields, postedOutcome, signedContext } from "@/lib/web/composer";

const schema = z.object({
  article: slugSchema,
  parent: z.union([z.literal(""), commentIdSchema]).default(""),
  body: commentBodySchema,
  name: guestNameSchema,
  ...composedFields,
});

/** Post your comments: at the top of the discussion, or in reply. */
export const postComment = action({
  form: "comment",
  schema,
  run: async (ctx, input) => {
    if (input.intent === "preview") return { show: { preview: (await previewComment(ctx, input.body)).html } };
    const { article, parent, body, name, key, website, age, proof } = input;
    const wish = { slug: article, parentId: parent || null, body, name, key, honeypot: website, ageMs: age, proof };
    return postedOutcome(await post(await signedContext(ctx, input), wish));
  },
});
