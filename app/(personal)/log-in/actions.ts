"use server";
// Logging in.
import { z } from "zod";
import { identifierSchema, typedPasswordSchema } from "@/lib/domain/account";
import { logIn as begin } from "@/lib/services/log-in";
import { action } from "@/lib/web/action";
import { proofField } from "@/lib/web/proof-field";
import { returnPath } from "@/lib/web/return-path";
import { browserOfRequest, keepSession } from "@/lib/web/session";

/** Logs this browser in, and leads back to where it came from. */
export const logIn = action({
  form: "logIn",
  schema: z.object({
    identifier: identifierSchema,
    password: typedPasswordSchema,
    next: z.string().optional(),
    ...proofField,
  }),
  run: async (ctx, { next, ...credentials }) => {
    const browser = await browserOfRequest();
    const begun = await begin(ctx, { ...credentials, browser });
    await keepSession(begun, browser);
    // Who is leaving may believe that logging in is enough to stay: they come to the button for it.
    return { goTo: begun.leaving ? "/settings/data" : returnPath(next, "/") };
  },
});
