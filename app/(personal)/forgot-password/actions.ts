"use server";
// Asking for a new password.
import { z } from "zod";
import { emailSchema } from "@/lib/domain/account";
import { askReset as ask } from "@/lib/services/recover-account";
import { action } from "@/lib/web/action";
import { proofField } from "@/lib/web/proof-field";

/** Sends a link where the address has an account; the answer is the same where it has none. */
export const askReset = action({
  form: "forgotPassword",
  schema: z.object({ email: emailSchema, ...proofField }),
  run: async (ctx, input) => {
    await ask(ctx, input);
    return { goTo: "/forgot-password?sent=1" };
  },
});
