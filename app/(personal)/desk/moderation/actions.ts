"use server";
// What moderators do in the queue by plain forms.
import { z } from "zod";
import { commentIdSchema } from "@/lib/domain/comment";
import { limits } from "@/lib/domain/limits";
import { bulkFields, pickedItems, reasonOf, verdictFields } from "@/lib/domain/verdict-form";
import { moderateComment, moderateComments } from "@/lib/services/moderate-comment";
import { undoVerdict } from "@/lib/services/undo-verdict";
import { bulkNews } from "@/lib/ui/moderation-words";
import { action } from "@/lib/web/action";
import { problemOf } from "@/lib/web/problem";
import { returnPath } from "@/lib/web/return-path";

const queue = "/desk/moderation";
const back = z.string().max(500).default("");

/** The list as it was asked for, with more in its address. */
function backTo(path: string, more: Record<string, string | number>): string {
  const [base = queue, query = ""] = returnPath(path, queue).split("?");
  const address = new URLSearchParams(query);
  for (const [name, value] of Object.entries(more)) if (value !== "") address.set(name, String(value));
  return `${base}?${address}`;
}

/** One verdict; then the next item. */
export const judge = action({
  form: "verdict",
  members: queue,
  schema: z.object({ ...verdictFields, back, next: commentIdSchema.or(z.literal("")).default("") }),
  run: async (ctx, input) => {
    const { id, verdict, seen, note } = input;
    const { events } = await moderateComment(ctx, { id, verdict, seen, note, reason: reasonOf(input) });
    return { goTo: backTo(input.back, { item: input.next, news: verdict }), events };
  },
});

/** Fields beside the boxes. */
const fieldsBeside = 10;

/** The same verdict on all that were ticked. */
export const judgeSeveral = action({
  form: "bulk",
  members: queue,
  fields: limits.queuePage + fieldsBeside,
  schema: z.object({ ...bulkFields, back }).catchall(z.string()),
  run: async (ctx, input) => {
    const { verdict } = input;
    const items = pickedItems(input);
    const { done, refused, events } = await moderateComments(ctx, { items, verdict, reason: reasonOf(input) });
    if (refused.length === 0) return { goTo: backTo(input.back, { did: verdict, done: done.length }), events };
    // Each that was left as it is, by its id: whose it is, and why.
    const values = Object.fromEntries(refused.map(({ id, authorName }) => [id, authorName]));
    const errors = Object.fromEntries(refused.map(({ id, error }) => [id, problemOf(error)?.detail ?? ""]));
    return { show: { message: bulkNews(verdict, done.length), values, errors }, events };
  },
});

/** Takes a verdict back, and shows what it was about. */
export const takeBack = action({
  form: "undo",
  members: queue,
  schema: z.object({ action: z.coerce.number().int().positive(), back }),
  run: async (ctx, input) => {
    const { id, events } = await undoVerdict(ctx, { action: input.action });
    return { goTo: backTo(input.back, { item: id, news: "undone" }), events };
  },
});
