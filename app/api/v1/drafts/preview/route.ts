// What an article will look like.
import { previewArticle } from "@/lib/services/preview-article";
import { api, doors } from "@/lib/web/api";
import { previewDraftOperation } from "@/lib/web/contract/drafts";

const preview = api(previewDraftOperation, async (ctx, { input }) => {
  const { html, plain = false } = await previewArticle(ctx, input.body);
  return { body: { html, plain } };
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = doors({ POST: preview });
