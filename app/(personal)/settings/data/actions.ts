"use server";
// One's data as an archive; leaving, and staying after all.
import { z } from "zod";
import { typedPasswordSchema } from "@/lib/domain/account";
import { askExport } from "@/lib/services/export-data";
import { askToLeave, stay as cancel } from "@/lib/services/leave";
import { action } from "@/lib/web/action";
import { confirmed, confirmField } from "@/lib/web/confirm";

/** Asks for an archive. */
export const askArchive = action({
  form: "archive",
  members: "/settings/data",
  schema: z.object(confirmField),
  run: async (ctx, { confirmPassword }) => {
    await confirmed(ctx, confirmPassword, askExport);
    return { goTo: "/settings/data?news=asked" };
  },
});

/** Asks for the account to be deleted after the days of waiting. */
export const leave = action({
  form: "leave",
  members: "/settings/data",
  schema: z.object({
    password: typedPasswordSchema.optional(),
    mode: z.enum(["DISOWN", "DELETE"], { message: "leaving.mode_missing" }),
  }),
  run: async (ctx, { password, mode }) => {
    await confirmed(ctx, "", (sure) => askToLeave(sure, { password, mode }));
    return { goTo: "/settings/data?news=leaving" };
  },
});

/** Takes the wish to leave back. */
export const stay = action({
  form: "stay",
  members: "/settings/data",
  schema: z.object({}),
  run: async (ctx) => {
    await cancel(ctx);
    return { goTo: "/settings/data?news=stayed" };
  },
});
