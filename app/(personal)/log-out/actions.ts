"use server";
// Logging out, from the head of any page and from /log-out.
import { z } from "zod";
import { logOut as end } from "@/lib/services/log-out";
import { action } from "@/lib/web/action";
import { dropSession } from "@/lib/web/session";

/** Ends this browser's log-in. */
export const logOut = action({
  form: "logOut",
  schema: z.object({}),
  run: async (ctx) => {
    await end(ctx);
    await dropSession();
    return { goTo: "/" };
  },
});
