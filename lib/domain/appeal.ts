// An author's one objection to the removal of a comment, and what is answered to it.
import { z } from "zod";
import { limits } from "@/lib/domain/limits";
import { codePointLength, hasVisibleContent, normalizeText } from "@/lib/text/normalize";

export const appealStates = ["OPEN", "GRANTED", "DENIED"] as const;
export type AppealState = (typeof appealStates)[number];

const said = (longest: number, reasons: { missing: string; long: string }) =>
  z
    .string({ message: reasons.missing })
    .max(longest * 6, { message: reasons.long, abort: true })
    .transform((text) => normalizeText(text).trim())
    .refine(hasVisibleContent, { message: reasons.missing, abort: true })
    .refine((text) => codePointLength(text) <= longest, { message: reasons.long });

/** What the author says. */
export const appealBodySchema = said(limits.appealBody, { missing: "appeal.missing", long: "appeal.too_long" });

/** What the moderator answers: the author reads it. */
export const appealAnswerSchema = said(limits.actionNote, {
  missing: "appeal.answer_missing",
  long: "appeal.answer_too_long",
});

/** An appeal as its author sees it. */
export interface OwnAppeal {
  state: AppealState;
  body: string;
  answer: string;
  createdAt: Date;
  decidedAt: Date | null;
}

/** What became of one's comment, with the way to object while there is one. */
export interface OwnRemoval {
  commentId: string;
  article: { slug: string; title: string };
  /** The beginning of the text. */
  opening: string;
  /** As it is kept. */
  reason: string;
  removedAt: Date;
  appeal: OwnAppeal | null;
}

/** A comment of one's own that waits for a moderator. */
export interface OwnWaiting {
  commentId: string;
  article: { slug: string; title: string };
  opening: string;
  edit: boolean;
  /** A code; null when none is known. */
  heldReason: string | null;
  at: Date;
}

/** An appeal as moderators see it. */
export interface AppealItem {
  id: number;
  commentId: string;
  authorName: string;
  article: { slug: string; title: string };
  /** The comment as it was. */
  html: string;
  removedBy: string | null;
  removedAt: Date;
  removalReason: string;
  /** For moderators alone, written with the removal. */
  removalNote: string;
  body: string;
  createdAt: Date;
  /** This moderator may decide it. */
  mayDecide: boolean;
}
