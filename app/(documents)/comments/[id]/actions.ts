"use server";
// What can be done on the page of one comment: reply, edit, delete, report.
import { z } from "zod";
import { appealBodySchema } from "@/lib/domain/appeal";
import { slugSchema } from "@/lib/domain/article";
import { commentBodySchema, commentIdSchema, guestNameSchema } from "@/lib/domain/comment";
import { reportSchema } from "@/lib/domain/report";
import { appealRemoval } from "@/lib/services/appeal-removal";
import { editComment as edit, deleteComment as remove } from "@/lib/services/edit-comment";
import { moveComment as move, pinComment as pin } from "@/lib/services/manage-thread";
import { postComment } from "@/lib/services/post-comment";
import { previewComment } from "@/lib/services/render-comment";
import { reportComment as report } from "@/lib/services/report-comment";
import { action } from "@/lib/web/action";
import { composedFields, postedOutcome, signedContext } from "@/lib/web/composer";

/** Answers the comment. */
export const postReply = action({
  form: "reply",
  schema: z.object({
    article: slugSchema,
    id: commentIdSchema,
    body: commentBodySchema,
    name: guestNameSchema,
    ...composedFields,
  }),
  run: async (ctx, input) => {
    if (input.intent === "preview") return { show: { preview: (await previewComment(ctx, input.body)).html } };
    const { article, id, body, name, key, website, age, proof } = input;
    const wish = { slug: article, parentId: id, body, name, key, honeypot: website, ageMs: age, proof };
    return postedOutcome(await postComment(await signedContext(ctx, input), wish));
  },
});

/** Gives one's own comment a new text. */
export const editComment = action({
  form: "edit",
  schema: z.object({ id: commentIdSchema, body: commentBodySchema, intent: composedFields.intent }),
  run: async (ctx, input) => {
    if (input.intent === "preview") return { show: { preview: (await previewComment(ctx, input.body)).html } };
    const changed = await edit(ctx, input);
    return { goTo: `/comments/${changed.id}`, events: changed.events };
  },
});

/** Empties one's own comment for good. */
export const deleteComment = action({
  form: "delete",
  schema: z.object({ id: commentIdSchema }),
  run: async (ctx, input) => {
    const changed = await remove(ctx, input);
    return { goTo: `/comments/${changed.id}`, events: changed.events };
  },
});

/** Objects to the removal of one's own comment. */
export const appealComment = action({
  form: "appeal",
  schema: z.object({ id: commentIdSchema, body: appealBodySchema }),
  run: async (ctx, input) => {
    await appealRemoval(ctx, input);
    return { goTo: `/comments/${input.id}#appeal` };
  },
});

/** Pins a comment above its discussion, or takes the pin away. */
export const pinComment = action({
  form: "tools",
  schema: z.object({ id: commentIdSchema, pinned: z.literal("1").optional().catch(undefined) }),
  run: async (ctx, { id, pinned }) => {
    const { events } = await pin(ctx, { id, pinned: pinned !== undefined });
    return { goTo: `/comments/${id}`, events };
  },
});

/** Makes a reply a conversation of its own. */
export const moveComment = action({
  form: "tools",
  schema: z.object({ id: commentIdSchema }),
  run: async (ctx, { id }) => {
    const { events } = await move(ctx, { id });
    return { goTo: `/comments/${id}`, events };
  },
});

/** Tells the moderators. */
export const reportComment = action({
  form: "report",
  schema: reportSchema.extend({ id: commentIdSchema }),
  run: async (ctx, input) => {
    const { visitorToken, events } = await report(ctx, input);
    return { goTo: `/comments/${input.id}?reported=1`, events, visitorToken };
  },
});
