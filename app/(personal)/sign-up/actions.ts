"use server";
// Becoming a member.
import { signUpSchema } from "@/lib/domain/account";
import { signUp as begin } from "@/lib/services/sign-up";
import { action } from "@/lib/web/action";
import { proofField } from "@/lib/web/proof-field";
import { browserOfRequest, keepBrowser } from "@/lib/web/session";

/** Makes an account and sends the link that confirms it. The answer is the same where the address has an account. */
export const signUp = action({
  form: "signUp",
  schema: signUpSchema.extend(proofField),
  run: async (ctx, input) => {
    const browser = await browserOfRequest();
    await begin(ctx, { ...input, browser });
    await keepBrowser(browser);
    return { goTo: "/sign-up?sent=1" };
  },
});
