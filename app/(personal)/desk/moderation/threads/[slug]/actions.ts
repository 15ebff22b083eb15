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
  run: async (ctx, { slug, locked, mode, slow, closes, reason, ...was }) => {
    const settings = { locked: locked !== undefined, mode, slowSeconds: slow, closesAt: closes };
    const seen = {
      // A box that was not ticked sends nothing; the choices beside it tell whether the form says how it came.
      locked: was.wasMode === undefined ? undefined : was.wasLocked !== undefined,
      mode: was.wasMode,
      slowSeconds: was.wasSlow,
      closesAt: was.wasCloses,
    };
    const { events } = await set(ctx, { slug, settings, seen, reason });
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
