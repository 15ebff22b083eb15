// Whether a new password is good enough for this person (R25-R27). Its form was checked before by `newPasswordSchema`.
import { DomainError } from "@/lib/domain/errors";
import { limits } from "@/lib/domain/limits";
import { weaknessOf } from "@/lib/domain/weak-password";
import { isBreached } from "@/lib/services/breached-passwords";
import { readSite } from "@/lib/services/read-site";
import { codePointLength } from "@/lib/text/normalize";

/** Whose password it shall be. */
export interface PasswordAbout {
  email: string | null;
  handle: string;
  displayName: string;
  /** Staff have more to lose: `limits.password.staffMin`. */
  staff: boolean;
}

/**
 * Refuses a password that is too short for staff, common, known from a breach, a sequence, a repetition, or made of what everybody knows.
 * @param field the form's field that the reason is for
 * @throws DomainError `invalid` with the reason
 */
export async function judgePassword(password: string, about: PasswordAbout, field = "password"): Promise<void> {
  const reason = await reasonAgainst(password, about);
  if (reason) throw new DomainError("invalid", { fields: { [field]: reason } });
}

async function reasonAgainst(password: string, about: PasswordAbout): Promise<string | null> {
  if (about.staff && codePointLength(password) < limits.password.staffMin) return "password.too_short_staff";
  const { name: siteName } = await readSite({ now: new Date() });
  return weaknessOf(password, { ...about, siteName }) ?? ((await isBreached(password)) ? "password.breached" : null);
}
