"use server";
// Taking a changed address back.
import { z } from "zod";
import { undoEmailChange } from "@/lib/services/change-email";
import { action } from "@/lib/web/action";
import { linkTokenSchema } from "@/lib/web/link";
import { dropSession } from "@/lib/web/session";

/** Uses the link up: the old address is back, everything open ends, and a link to set a new password is on its way. */
export const undoEmail = action({
  form: "undoEmail",
  schema: z.object({ token: linkTokenSchema }),
  run: async (ctx, input) => {
    await undoEmailChange(ctx, input);
    await dropSession();
    return { goTo: "/log-in?news=undone" };
  },
});
