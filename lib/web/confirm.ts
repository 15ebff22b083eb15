import "server-only";
// Forms that ask for the password once more when it was not asked for lately (R41): the same form comes back with a field for it, and the
// next try does what was asked. Who has no password goes to the service that lets them in, and comes back.
import { z } from "zod";
import { typedPasswordSchema } from "@/lib/domain/account";
import { DomainError, isDomainError } from "@/lib/domain/errors";
import { confirmIdentity, servicesThatConfirm } from "@/lib/services/confirm-identity";
import type { Context } from "@/lib/services/context";

/** The field that such a form may have. */
export const confirmField = { confirmPassword: z.union([z.literal(""), typedPasswordSchema]).default("") };

/**
 * Does `work`, after taking the password where one was given.
 * @throws DomainError with the field `confirmPassword` when it is needed or wrong, with `confirmBy` for who has none; whatever `work` throws
 */
export async function confirmed<T>(ctx: Context, password: string, work: (ctx: Context) => Promise<T>): Promise<T> {
  try {
    return await work(password === "" ? ctx : await confirm(ctx, password));
  } catch (error) {
    if (!isDomainError(error) || error.details.reason !== "confirm.needed") throw error;
    const confirmBy = await servicesThatConfirm(ctx);
    if (confirmBy.length > 0) throw new DomainError("unauthenticated", { reason: "confirm.by_service", confirmBy });
    throw new DomainError("unauthenticated", { ...error.details, fields: { confirmPassword: "confirm.needed" } });
  }
}

async function confirm(ctx: Context, password: string): Promise<Context> {
  const { actor } = ctx;
  try {
    await confirmIdentity(ctx, { password });
  } catch (error) {
    const wrong = isDomainError(error) ? error.details.fields?.password : undefined;
    if (wrong === undefined) throw error;
    throw new DomainError("invalid", { fields: { confirmPassword: wrong } });
  }
  if (actor.kind !== "member" || actor.session === null) return ctx;
  return { ...ctx, actor: { ...actor, session: { ...actor.session, confirmedAt: ctx.now } } };
}
