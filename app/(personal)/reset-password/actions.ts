"use server";
// Setting a new password by a link.
import { z } from "zod";
import { newPasswordSchema } from "@/lib/domain/account";
import { resetPassword as reset } from "@/lib/services/recover-account";
import { action } from "@/lib/web/action";
import { linkTokenSchema } from "@/lib/web/link";
import { dropSession } from "@/lib/web/session";

/** Sets the new password; every browser, this one too, is logged out. */
export const resetPassword = action({
  form: "resetPassword",
  schema: z.object({ token: linkTokenSchema, password: newPasswordSchema }),
  run: async (ctx, input) => {
    await reset(ctx, input);
    await dropSession();
    return { goTo: "/log-in?news=reset" };
  },
});
