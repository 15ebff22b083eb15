"use server";
// Changing one's password, and linking other ways in.
import { z } from "zod";
import { newPasswordSchema, typedPasswordSchema } from "@/lib/domain/account";
import { DomainError, isDomainError } from "@/lib/domain/errors";
import { changePassword as change } from "@/lib/services/change-account";
import { requireConfirmed } from "@/lib/services/confirm-identity";
import { unlinkProvider } from "@/lib/services/own-providers";
import { action } from "@/lib/web/action";
import { confirmed, confirmField } from "@/lib/web/confirm";
import { renewSession } from "@/lib/web/session";

/** The service's names of the fields → the form's, whose names say that they are passwords and are never given back. */
const fieldNames = new Map([
  ["current", "currentPassword"],
  ["next", "newPassword"],
]);

/** Gives the account a new password; other browsers are logged out. */
export const changePassword = action({
  form: "password",
  members: "/settings/password",
  schema: z.object({ currentPassword: typedPasswordSchema.optional(), newPassword: newPasswordSchema }),
  run: async (ctx, { currentPassword, newPassword }) => {
    try {
      const started = await confirmed(ctx, "", (sure) => change(sure, { current: currentPassword, next: newPassword }));
      await renewSession(started);
    } catch (error) {
      if (!isDomainError(error) || !error.details.fields) throw error;
      const fields = Object.entries(error.details.fields).map(([name, reason]) => [
        fieldNames.get(name) ?? name,
        reason,
      ]);
      throw new DomainError(error.code, { ...error.details, fields: Object.fromEntries(fields) });
    }
    return { goTo: "/settings/password?news=changed" };
  },
});

/** Takes the password once more, so that another service can be linked. */
export const confirmToLink = action({
  form: "confirmToLink",
  members: "/settings/password",
  schema: z.object(confirmField),
  run: async (ctx, { confirmPassword }) => {
    await confirmed(ctx, confirmPassword, async (fresh) => requireConfirmed(fresh));
    return { goTo: "/settings/password#services" };
  },
});

/** Ends a way in through another service. */
export const unlink = action({
  form: "unlink",
  members: "/settings/password",
  schema: z.object({ ...confirmField, provider: z.string().max(20) }),
  run: async (ctx, { confirmPassword, provider }) => {
    await confirmed(ctx, confirmPassword, (fresh) => unlinkProvider(fresh, { provider }));
    return { goTo: "/settings/password?news=unlinked" };
  },
});
