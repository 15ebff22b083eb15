"use server";
// Deciding an appeal.
import { z } from "zod";
import { appealAnswerSchema } from "@/lib/domain/appeal";
import { decideAppeal as decide } from "@/lib/services/decide-appeal";
import { action } from "@/lib/web/action";

const appeals = "/desk/moderation/appeals";

export const decideAppeal = action({
  form: "appeal",
  members: appeals,
  schema: z.object({
    id: z.coerce.number().int().positive(),
    decision: z.enum(["grant", "deny"]),
    answer: z.union([z.literal(""), appealAnswerSchema]).default(""),
  }),
  run: async (ctx, { id, decision, answer }) => {
    const { events } = await decide(ctx, { id, granted: decision === "grant", answer });
    return { goTo: `${appeals}?news=${decision === "grant" ? "granted" : "denied"}`, events };
  },
});
