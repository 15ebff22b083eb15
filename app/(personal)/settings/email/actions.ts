"use server";
// The mail address: confirming it, changing it.
import { z } from "zod";
import { emailSchema } from "@/lib/domain/account";
import { askEmailChange } from "@/lib/services/change-email";
import { resendVerification } from "@/lib/services/verify-email";
import { action } from "@/lib/web/action";
import { confirmed, confirmField } from "@/lib/web/confirm";

/** Sends a link to the new address. */
export const changeEmail = action({
  form: "email",
  members: "/settings/email",
  schema: z.object({ email: emailSchema, ...confirmField }),
  run: async (ctx, { email, confirmPassword }) => {
    await confirmed(ctx, confirmPassword, (sure) => askEmailChange(sure, { email }));
    return { goTo: "/settings/email?news=asked" };
  },
});

/** Sends the link that confirms the address anew. */
export const resend = action({
  form: "resend",
  members: "/settings/email",
  schema: z.object({}),
  run: async (ctx) => {
    await resendVerification(ctx);
    return { goTo: "/settings/email?news=sent" };
  },
});
