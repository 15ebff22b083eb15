"use server";
// A note on a draft by somebody who came by a link.
import { z } from "zod";
import { guestNoteSchema } from "@/lib/domain/draft-share";
import { leaveGuestNote } from "@/lib/services/share-draft";
import { action } from "@/lib/web/action";

export const leaveNote = action({
  form: "guestNote",
  schema: guestNoteSchema.extend({ token: z.string().max(100) }),
  run: async (ctx, { token, name, body }) => {
    await leaveGuestNote(ctx, { token, name, body });
    return { goTo: `/drafts/${encodeURIComponent(token)}?news=noted#notes-heading` };
  },
});
