"use server";
// What an admin does about mail that could not be sent.
import { z } from "zod";
import { limits } from "@/lib/domain/limits";
import { workOnMail } from "@/lib/services/desk-mail";
import { action } from "@/lib/web/action";

const ids = z
  .string()
  .transform((text) => text.split(" "))
  .pipe(z.array(z.string().regex(/^[1-9]\d{0,17}$/)).max(limits.mailsPerPage));

/** Tries mails again, or gives them up. */
export const workOn = action({
  form: "mailWork",
  members: "/desk/mail",
  schema: z.object({ ids, work: z.enum(["retry", "drop"]) }),
  run: async (ctx, input) => {
    await workOnMail(ctx, input);
    return { goTo: `/desk/mail?news=${input.work}` };
  },
});
