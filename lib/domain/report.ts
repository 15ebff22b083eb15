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

/** What a person's reports before this one came to. */
export interface ReportRecord {
  upheld: number;
  dismissed: number;
}

/** A report of somebody who is mostly wrong still counts a little. */
const leastWeight = 0.25;

/**
 * How much a report counts: 1 for somebody new, more the more often they were right before, below 2. One verdict moves it little, so that
 * nobody is judged by a single report (Laplace's rule of succession, doubled).
 */
export function reportWeight({ upheld, dismissed }: ReportRecord): number {
  return Math.max(leastWeight, (2 * (upheld + 1)) / (upheld + dismissed + 2));
}
