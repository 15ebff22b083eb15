"use server";
// Saving a draft by its form, also without scripts; and deciding about what two people changed in the same place.
import { previewArticle } from "@/lib/services/preview-article";
import { saveDraft as save } from "@/lib/services/save-draft";
import { action } from "@/lib/web/action";
import { draftFormFields, draftFormSchema, saveOf } from "@/lib/web/draft-input";

/** Save, or preview what is not saved yet. */
export const saveDraft = action({
  form: "draft",
  members: "/desk/drafts",
  schema: draftFormSchema,
  fields: draftFormFields,
  run: async (ctx, form) => {
    if (form.intent === "preview") return { show: { preview: (await previewArticle(ctx, form.body)).html } };
    await save(ctx, saveOf(form));
    return { goTo: `/desk/drafts/${form.article}?news=saved` };
  },
});
