"use server";
// Ending mails by the link in one of them.
import { z } from "zod";
import { DomainError } from "@/lib/domain/errors";
import { stopMails as stop } from "@/lib/services/stop-mails";
import { action } from "@/lib/web/action";
import { linkTokenSchema } from "@/lib/web/link";

/** Sends no more mail about replies to whoever the link was sent to. */
export const stopMails = action({
  form: "stopMails",
  schema: z.object({ token: linkTokenSchema }),
  run: async (_ctx, { token }) => {
    if (!(await stop(token))) throw new DomainError("not_found", { reason: "link.ended" });
    return { goTo: "/unsubscribe?done=1" };
  },
});
