// What a moderator can lay on a person or, for a short while, on a network: which kinds there are, how long they last, what is asked for.
import { z } from "zod";
import { limits } from "@/lib/domain/limits";
import { codePointLength, normalizeText } from "@/lib/text/normalize";

/** From what only moderators see to what keeps a person from posting. */
export const sanctionKinds = ["NOTE", "WARN", "MUTE", "PREMODERATE", "BAN"] as const;
export type SanctionKind = (typeof sanctionKinds)[number];

/** What can be laid on a network: nobody there has an account to warn. */
export const networkSanctionKinds = ["PREMODERATE", "BAN"] as const;

/** A sanction that counts just now. */
export interface SanctionInForce {
  id: number;
  kind: Exclude<SanctionKind, "NOTE">;
  reason: string;
  /** Null: until it is lifted, or read if it is a warning. */
  endsAt: Date | null;
  /** Laid on the network that the request comes from. */
  network: boolean;
}

/** Days that a moderator can choose from. */
export const sanctionDays = [1, 3, 7, 30, 90, 365] as const;

/** Hours for a network: other people come from there tomorrow, and its key is forgotten on the day after. */
export const networkHours = [1, 6, 24] as const;

const wrong = { message: "field.wrong" };

const reason = z
  .string({ message: "sanction.reason_missing" })
  .max(limits.sanctionReason * 6, { message: "sanction.reason_too_long", abort: true })
  .transform((text) => normalizeText(text).trim())
  .refine((text) => text !== "", { message: "sanction.reason_missing", abort: true })
  .refine((text) => codePointLength(text) <= limits.sanctionReason, { message: "sanction.reason_too_long" });

const oneOf = (choices: readonly number[]) =>
  z.coerce.number(wrong).refine((number) => choices.includes(number), wrong);

/** How a form asks for a sanction; `days` is left out for a note, a warning, and what lasts until it is lifted. */
export const sanctionSchema = z
  .object({
    kind: z.enum(sanctionKinds, { message: "sanction.kind_missing" }),
    reason,
    days: z.preprocess((sent) => (sent === "" ? undefined : sent), oneOf(sanctionDays).optional()),
  })
  .refine(({ kind, days }) => kind !== "BAN" || days !== undefined, {
    message: "sanction.end_missing",
    path: ["days"],
  });

/** How a form asks for a limit on a network. */
export const networkLimitSchema = z.object({
  kind: z.enum(networkSanctionKinds, { message: "sanction.kind_missing" }),
  reason,
  hours: oneOf(networkHours),
});

/** Whether a kind lasts for a time; notes are only there, and a warning lasts until it is read. */
export function lasts(kind: SanctionKind): boolean {
  return kind !== "NOTE" && kind !== "WARN";
}

const minute = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

/** "3 December 2026 at 10:15 UTC", or until when a sanction without an end lasts. */
export function untilWords(endsAt: Date | null): string {
  return endsAt === null ? "a moderator lifts it" : `${minute.format(endsAt)} UTC`;
}
