"use server";
// Changing who one is here.
import { z } from "zod";
import { displayNameSchema, newHandleSchema, profileSchema } from "@/lib/domain/account";
import { changeName, changeHandle as rename, changeProfile as rewrite } from "@/lib/services/change-account";
import { previewComment } from "@/lib/services/render-comment";
import { action } from "@/lib/web/action";

/** The name that stands at what one writes, and what one says of oneself. */
export const changeProfile = action({
  form: "profile",
  members: "/settings",
  schema: z.object({
    displayName: displayNameSchema,
    bio: profileSchema.shape.bio,
    intent: z.enum(["save", "preview"]).catch("save"),
  }),
  run: async (ctx, { displayName, bio = "", intent }) => {
    if (intent === "preview") return { show: { preview: (await previewComment(ctx, bio)).html } };
    await changeName(ctx, { displayName });
    await rewrite(ctx, { bio });
    return { goTo: "/settings?news=saved", events: [{ type: "MemberChanged" }] };
  },
});

/** The user name; the old one leads to the new one for a while. */
export const changeHandle = action({
  form: "handle",
  members: "/settings",
  schema: z.object({ handle: newHandleSchema }),
  run: async (ctx, input) => {
    await rename(ctx, input);
    return { goTo: "/settings?news=renamed", events: [{ type: "MemberChanged" }] };
  },
});
