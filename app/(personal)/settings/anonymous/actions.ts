"use server";
// A code on paper for what was posted anonymously.
import { z } from "zod";
import { makeRecoveryCode, moveByRecoveryCode } from "@/lib/services/recovery-code";
import { action } from "@/lib/web/action";

/** Makes a code; the answer shows it, once. */
export const makeCode = action({
  form: "makeCode",
  schema: z.object({}),
  run: async (ctx) => ({ show: { secret: await makeRecoveryCode(ctx) } }),
});

/** Longer than any code, with all the spaces and dashes that somebody may put in. */
const typedAtMost = 200;

/** Brings what the code belongs to into this browser. */
export const enterCode = action({
  form: "enterCode",
  schema: z.object({ code: z.string().max(typedAtMost).catch(""), sure: z.string().optional() }),
  run: async (ctx, { code, sure }) => {
    const { visitorToken } = await moveByRecoveryCode(ctx, { typed: code, sure: sure !== undefined });
    return { goTo: "/settings/anonymous?news=moved", visitorToken };
  },
});
