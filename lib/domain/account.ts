// What an account's address, names and password may be. Texts arrive as typed; what leaves is normalised. Issues carry reasons of
// `lib/ui/labels`.
import { z } from "zod";
import { limits } from "@/lib/domain/limits";
import { reservedHandles } from "@/lib/domain/reserved-handles";
import {
  codePointLength,
  hasBidiControls,
  hasVisibleContent,
  normalizeName,
  normalizeText,
} from "@/lib/text/normalize";

const reason = (text: string) => ({ message: text, abort: true });

/**
 * A mail address (R54): folded first, checked after, so that no look-alike of "@" or "." slips through. No quotes, comments,
 * controls, address literals or single-label hosts.
 */
export const emailSchema = z
  .string(reason("email.missing"))
  .max(limits.email * 2, reason("email.invalid"))
  .transform((text) => text.normalize("NFKC").trim().toLowerCase())
  .refine((text) => text !== "", reason("email.missing"))
  .refine((text) => text.length <= limits.email, reason("email.invalid"))
  .refine(
    (text) =>
      /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/.test(
        text,
      ),
    reason("email.invalid"),
  )
  .refine((text) => !/(?:^\.|\.\.|\.@)/.test(text), reason("email.invalid"));

/** A handle that somebody wishes to have. */
export const newHandleSchema = z
  .string(reason("handle.invalid"))
  .max(limits.handle.max * 4, reason("handle.invalid"))
  .transform((text) => text.normalize("NFKC").trim().toLowerCase())
  .refine((text) => /^[a-z0-9_]{3,30}$/.test(text), reason("handle.invalid"))
  .refine((text) => /[a-z0-9]/.test(text), reason("handle.invalid"))
  .refine((text) => !reservedHandles.has(text), reason("handle.reserved"));

/** A display name that somebody wishes to have. */
export const displayNameSchema = z
  .string(reason("displayName.missing"))
  .max(limits.displayName * 6, reason("displayName.too_long"))
  .refine((raw) => !hasBidiControls(raw), reason("name.invalid"))
  .transform((raw) => normalizeName(raw))
  .refine((name) => hasVisibleContent(name), reason("displayName.missing"))
  .refine((name) => codePointLength(name) <= limits.displayName, reason("displayName.too_long"));

/**
 * A new password (R25-R27): long enough after folding, not too long to hash. What is too common or too near to the person is
 * judged by `lib/services/judge-password`.
 */
export const newPasswordSchema = z
  .string(reason("password.missing"))
  .max(limits.password.max * 4, reason("password.too_long"))
  .transform((text) => text.normalize("NFKC"))
  .refine((text) => text.length > 0, reason("password.missing"))
  .refine((text) => codePointLength(text) >= limits.password.min, reason("password.too_short"))
  .refine((text) => codePointLength(text) <= limits.password.max, reason("password.too_long"));

/** A password as somebody types it to get in: whatever it is, as long as it can be one. */
export const typedPasswordSchema = z
  .string(reason("password.missing"))
  .max(limits.password.max * 4, reason("password.too_long"))
  .transform((text) => text.normalize("NFKC"))
  .refine((text) => text.length > 0, reason("password.missing"));

/** What somebody types to say who they are: a handle or a mail address. */
export const identifierSchema = z
  .string(reason("identifier.missing"))
  .max(limits.email * 2, reason("identifier.missing"))
  .transform((text) => text.normalize("NFKC").trim().toLowerCase())
  .refine((text) => text !== "", reason("identifier.missing"));

/** What somebody gives to become a member. Nothing else in the form has any effect (R48). */
export const signUpSchema = z.object({
  email: emailSchema,
  handle: newHandleSchema,
  displayName: displayNameSchema,
  password: newPasswordSchema,
});

/** What members say of themselves. */
export const profileSchema = z.object({
  bio: z
    .string(reason("bio.invalid"))
    .max(limits.bio * 4, reason("bio.too_long"))
    .transform((text) => normalizeText(text).trim())
    .refine((text) => codePointLength(text) <= limits.bio, reason("bio.too_long"))
    .optional(),
  mailReplies: z.boolean(reason("field.wrong")).optional(),
});

/**
 * Where to go after logging in (R43): only a path of this site.
 * @returns "/" for everything else
 */
export function safeReturnPath(wish: string | undefined): string {
  if (wish === undefined || wish.length > limits.returnPath || !/^\/(?![/\\])/.test(wish)) return "/";
  if (/[\p{Cc}\\]/u.test(wish)) return "/";
  const url = URL.canParse(wish, "http://site.invalid") ? new URL(wish, "http://site.invalid") : null;
  if (
    url?.origin !== "http://site.invalid" ||
    /^\/(api|_next)(\/|$)/i.test(url.pathname) ||
    url.pathname.startsWith("//")
  ) {
    return "/";
  }
  return url.pathname + url.search + url.hash;
}
