"use server";
// Confirming the address of a new account.
import { z } from "zod";
import { readClaimable } from "@/lib/services/claim-comments";
import { identify } from "@/lib/services/identify";
import { verifyEmail as verify } from "@/lib/services/verify-email";
import { action } from "@/lib/web/action";
import { linkTokenSchema } from "@/lib/web/link";
import { browserOfRequest, keepSession } from "@/lib/web/session";
import { visitorTokenOfRequest } from "@/lib/web/visitor";

/** Uses the link up. In the browser that signed up it also logs in, and what was posted there before is offered. */
export const verifyEmail = action({
  form: "verifyEmail",
  schema: z.object({ token: linkTokenSchema }),
  run: async (ctx, input) => {
    const browser = await browserOfRequest();
    const { session, events } = await verify(ctx, { ...input, browser });
    if (!session) {
      return { goTo: ctx.actor.kind === "member" ? "/settings?news=verified" : "/log-in?news=verified", events };
    }
    await keepSession(session, browser);
    const actor = await identify({ session: session.sessionToken, visitor: await visitorTokenOfRequest() });
    const left = await readClaimable({ ...ctx, actor });
    return { goTo: left.length > 0 ? "/settings/comments?news=welcome" : "/settings?news=welcome", events };
  },
});
