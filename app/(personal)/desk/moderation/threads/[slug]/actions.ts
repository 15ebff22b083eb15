"use server";
// Setting a discussion, and taking a pin away.
import { z } from "zod";
import { slugSchema } from "@/lib/domain/article";
import { commentIdSchema } from "@/lib/domain/comment";
import { threadSettingsSchema } from "@/lib/domain/thread-tools";
import { pinComment, setThread as set } from "@/lib/services/manage-thread";
import { action } from "@/lib/web/action";

const pathOf = (slug: string) => `/desk/moderation/threads/${slug}?news=saved`;

export const setThread = action({
  form: "thread",
  members: "/desk/moderation",
  schema: threadSettingsSchema.extend({ slug: slugSchema }),
  run: async (ctx, { slug, locked, mode, slow, closes, reason }) => {
    const settings = { locked: locked !== undefined, mode, slowSeconds: slow, closesAt: closes };
    const { events } = await set(ctx, { slug, settings, reason });
    return { goTo: pathOf(slug), events };
  },
});

export const unpinComment = action({
  form: "thread",
  members: "/desk/moderation",
  schema: z.object({ id: commentIdSchema }),
  run: async (ctx, { id }) => {
    const { slug, events } = await pinComment(ctx, { id, pinned: false });
    return { goTo: pathOf(slug), events };
  },
});
