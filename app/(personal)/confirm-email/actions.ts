"use server";
// Taking a new address into use.
import { z } from "zod";
import { confirmEmailChange } from "@/lib/services/change-email";
import { action } from "@/lib/web/action";
import { linkTokenSchema } from "@/lib/web/link";

/** Uses the link up: from now on the account has the address that it went to. */
export const confirmEmail = action({
  form: "confirmEmail",
  schema: z.object({ token: linkTokenSchema }),
  run: async (ctx, input) => {
    const { events } = await confirmEmailChange(ctx, input);
    return { goTo: ctx.actor.kind === "member" ? "/settings/email?news=changed" : "/log-in?news=changed", events };
  },
});
