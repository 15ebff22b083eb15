"use server";
// Giving links to a draft, and taking them back.
import { z } from "zod";
import { shareWishSchema } from "@/lib/domain/draft-share";
import { shareDraft, takeShareBack } from "@/lib/services/share-draft";
import { action } from "@/lib/web/action";

const id = z.coerce.number().int().positive();

/** Makes a link; the answer shows it, once. */
export const makeShare = action({
  form: "share",
  members: "/desk/drafts",
  schema: shareWishSchema.extend({ revision: id }),
  run: async (ctx, { revision, right, days }) => {
    const { path } = await shareDraft(ctx, { revisionId: revision, right, days });
    return { show: { secret: `${ctx.ownOrigin}${path}`, values: {} } };
  },
});

/** Ends a link. */
export const endShare = action({
  form: "endShare",
  members: "/desk/drafts",
  schema: z.object({ share: id }),
  run: async (ctx, { share }) => {
    const { articleId } = await takeShareBack(ctx, { shareId: share });
    return { goTo: `/desk/drafts/${articleId}?news=unshared#shares` };
  },
});
