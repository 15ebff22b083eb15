"use server";
// Becoming the first admin.
import { signUpSchema } from "@/lib/domain/account";
import { makeFirstAdmin } from "@/lib/services/first-admin";
import { action } from "@/lib/web/action";
import { linkTokenSchema } from "@/lib/web/link";
import { browserOfRequest, keepSession } from "@/lib/web/session";

/** Makes the admin and logs them in. */
export const becomeAdmin = action({
  form: "firstRun",
  schema: signUpSchema.extend({ token: linkTokenSchema }),
  run: async (ctx, input) => {
    const browser = await browserOfRequest();
    await keepSession(await makeFirstAdmin(ctx, { ...input, browser }), browser);
    return { goTo: "/desk/people?news=welcome" };
  },
});
