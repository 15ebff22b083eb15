// One person's complaint about one comment.
import { z } from "zod";
import { limits } from "@/lib/domain/limits";
import { codePointLength, normalizeText } from "@/lib/text/normalize";

export const reportReasons = ["SPAM", "ABUSE", "OFF_TOPIC", "PRIVATE_INFORMATION", "ILLEGAL", "OTHER"] as const;
export type ReportReason = (typeof reportReasons)[number];

const reason = (text: string) => ({ message: text, abort: true });

export const reportSchema = z.object({
  reason: z.enum(reportReasons, reason("report.reason_missing")),
  note: z
    .string()
    .max(limits.reportNote * 6, reason("report.note_too_long"))
    .transform((note) => normalizeText(note).trim())
    .refine((note) => codePointLength(note) <= limits.reportNote, reason("report.note_too_long"))
    .default(""),
});
