"use server";
// What an admin does with people.
import { z } from "zod";
import { roles } from "@/lib/domain/actor";
import { endPersonSessions, setRoles as give, setSuspended } from "@/lib/services/people";
import { action } from "@/lib/web/action";
import { confirmed, confirmField } from "@/lib/web/confirm";
import { returnPath } from "@/lib/web/return-path";

const box = z.string().optional();
const person = { id: z.coerce.number().int().positive(), back: z.string().default(""), ...confirmField };

/** Back to the list as it was searched, at this person, with a word about what was done. */
function backTo(input: { id: number; back: string }, news: string): { goTo: string } {
  const path = returnPath(input.back, "/desk/people").split("#")[0] ?? "";
  return { goTo: `${path}${path.includes("?") ? "&" : "?"}done=${input.id}&news=${news}#person-${input.id}` };
}

/** Gives a person exactly the ticked roles. */
export const setRoles = action({
  form: "roles",
  members: "/desk/people",
  schema: z.object({ ...person, AUTHOR: box, EDITOR: box, MODERATOR: box, ADMIN: box }),
  run: async (ctx, input) => {
    const wanted = roles.filter((role) => input[role] !== undefined);
    await confirmed(ctx, input.confirmPassword, (sure) => give(sure, { id: input.id, roles: wanted }));
    return backTo(input, "roles");
  },
});

/** Keeps a person out, or lets them in again. */
export const suspend = action({
  form: "suspend",
  members: "/desk/people",
  schema: z.object({ ...person, suspended: z.enum(["yes", "no"]) }),
  run: async (ctx, input) => {
    const suspended = input.suspended === "yes";
    await confirmed(ctx, input.confirmPassword, (sure) => setSuspended(sure, { id: input.id, suspended }));
    return backTo(input, suspended ? "suspended" : "unsuspended");
  },
});

/** Logs a person out everywhere. */
export const endSessions = action({
  form: "endSessions",
  members: "/desk/people",
  schema: z.object(person),
  run: async (ctx, input) => {
    await confirmed(ctx, input.confirmPassword, (sure) => endPersonSessions(sure, { id: input.id }));
    return backTo(input, "ended");
  },
});
