"use server";
// Tokens for programs.
import { z } from "zod";
import { scopes } from "@/lib/domain/actor";
import { accessTokenSchema, makeAccessToken, revokeAccessToken } from "@/lib/services/access-tokens";
import { action } from "@/lib/web/action";
import { confirmed, confirmField } from "@/lib/web/confirm";
import { invalidInput } from "@/lib/web/problem";

const box = z.string().optional();
const days = new Map<string, 7 | 30 | 365 | null>([
  ["7", 7],
  ["30", 30],
  ["365", 365],
  ["never", null],
]);

/** Makes a token; the answer shows it, once. */
export const makeToken = action({
  form: "token",
  members: "/settings/tokens",
  schema: z.object({
    name: accessTokenSchema.shape.name,
    read: box,
    comment: box,
    write: box,
    days: z.string().optional(),
    ...confirmField,
  }),
  run: async (ctx, input) => {
    const wanted = scopes.filter((scope) => input[scope] !== undefined);
    const wish = accessTokenSchema.safeParse({
      name: input.name,
      scopes: wanted,
      days: days.get(input.days ?? "") ?? (input.days === "never" ? null : 30),
    });
    if (!wish.success) throw invalidInput(wish.error);
    const { token } = await confirmed(ctx, input.confirmPassword, (sure) => makeAccessToken(sure, wish.data));
    return { show: { secret: token, values: {} } };
  },
});

/** Ends a token. */
export const revokeToken = action({
  form: "revokeToken",
  members: "/settings/tokens",
  schema: z.object({ id: z.coerce.number().int().positive() }),
  run: async (ctx, input) => {
    await revokeAccessToken(ctx, input);
    return { goTo: "/settings/tokens?news=revoked" };
  },
});
