"use server";
// Saying that one has read a moderator's warning.
import { z } from "zod";
import { acknowledgeWarning } from "@/lib/services/standing";
import { action } from "@/lib/web/action";

/** Marks one's own warning as read. */
export const acknowledge = action({
  form: "acknowledge",
  schema: z.object({ id: z.coerce.number().int().positive().max(2_147_483_647) }),
  run: async (ctx, input) => {
    await acknowledgeWarning(ctx, input);
    return { goTo: "/standing?news=read" };
  },
});
