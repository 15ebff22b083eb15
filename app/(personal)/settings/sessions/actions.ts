"use server";
// Ending log-ins.
import { z } from "zod";
import { endOneSession, logOutEverywhere } from "@/lib/services/log-out";
import { action } from "@/lib/web/action";

/** Postgres numbers sessions with 32 bits. */
const id = z.coerce.number().int().positive().max(2_147_483_647);

/** Logs one other browser out. */
export const endSession = action({
  form: "endSession",
  members: "/settings/sessions",
  schema: z.object({ id }),
  run: async (ctx, input) => {
    await endOneSession(ctx, input);
    return { goTo: "/settings/sessions?news=ended" };
  },
});

/** Logs all other browsers out. */
export const endOthers = action({
  form: "endOthers",
  members: "/settings/sessions",
  schema: z.object({}),
  run: async (ctx) => {
    await logOutEverywhere(ctx, { keepThis: true });
    return { goTo: "/settings/sessions?news=others" };
  },
});
