// What a comment will look like.
import { previewComment } from "@/lib/services/render-comment";
import { api, doors } from "@/lib/web/api";
import { previewOperation } from "@/lib/web/contract/comments";

const preview = api(previewOperation, async (ctx, { input }) => {
  const { html } = await previewComment(ctx, input.body);
  return { body: { html } };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = doors({ POST: preview });
