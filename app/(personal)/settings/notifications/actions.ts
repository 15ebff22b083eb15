"use server";
// Which mails one wants.
import { z } from "zod";
import { changeProfile } from "@/lib/services/change-account";
import { action } from "@/lib/web/action";

/** Turns mail about replies on or off. */
export const changeMail = action({
  form: "mail",
  members: "/settings/notifications",
  schema: z.object({ replies: z.string().optional() }),
  run: async (ctx, { replies }) => {
    await changeProfile(ctx, { mailReplies: replies !== undefined });
    return { goTo: "/settings/notifications?news=saved" };
  },
});
