"use server";
// Making anonymous comments of this browser one's own.
import { z } from "zod";
import { commentIdSchema } from "@/lib/domain/comment";
import { claimComments, claimedAtOnce } from "@/lib/services/claim-comments";
import { action } from "@/lib/web/action";

/** A box for each comment, and the form's own few fields. */
const fields = claimedAtOnce + 20;
const boxPrefix = "comment-";

/** Puts one's name on the chosen comments, or on all. */
export const claim = action({
  form: "claim",
  members: "/settings/comments",
  fields,
  schema: z.object({ intent: z.enum(["chosen", "all"]).catch("chosen") }).catchall(z.string()),
  run: async (ctx, { intent, ...boxes }) => {
    const chosen = Object.keys(boxes)
      .filter((name) => name.startsWith(boxPrefix))
      .map((name) => name.slice(boxPrefix.length))
      .filter((id) => commentIdSchema.safeParse(id).success);
    const { claimed, events } = await claimComments(ctx, { ids: intent === "all" ? "all" : chosen });
    return { goTo: `/settings/comments?news=${claimed > 0 ? "claimed" : "none"}`, events };
  },
});
