"use server";
// Saving a draft by its form, also without scripts; and deciding about what two people changed in the same place.
import { previewArticle } from "@/lib/services/preview-article";
import { saveDraft as save } from "@/lib/services/save-draft";
import { submitRevision } from "@/lib/services/submit-revision";
import { tooMuchMarkup } from "@/lib/ui/editorial-labels";
import { action } from "@/lib/web/action";
import { draftFormFields, draftFormSchema, saveOf } from "@/lib/web/draft-input";

/** Save, save and hand in, or preview what is not saved yet. */
export const saveDraft = action({
  form: "draft",
  members: "/desk/drafts",
  schema: draftFormSchema,
  fields: draftFormFields,
  run: async (ctx, form) => {
    if (form.intent === "preview") {
      const { html, plain } = await previewArticle(ctx, form.body);
      return { show: { preview: html, ...(plain && { message: tooMuchMarkup }) } };
    }
    const { saveNumber } = await save(ctx, saveOf(form));
    if (form.intent !== "submit") return { goTo: `/desk/drafts/${form.article}?news=saved` };
    await submitRevision(ctx, { revisionId: form.revision, saveNumber, note: form.submitNote });
    return { goTo: `/desk/review/${form.revision}?news=submitted` };
  },
});
