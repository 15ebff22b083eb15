// One numbered text of an article as readers may know it: those that are or were published.
import type { SafeHtml } from "@/lib/text/safe-html";

export const revisionClasses = ["TYPO", "CLARIFICATION", "UPDATE", "CORRECTION"] as const;
export type RevisionClass = (typeof revisionClasses)[number];

/** Whether such a change is news to readers: it moves Last Modified Date, and stands among the article's corrections. */
export function movesLastModified(kind: RevisionClass | null): boolean {
  return kind === "UPDATE" || kind === "CORRECTION";
}

export interface PublicRevision {
  /** From 1, in the order of the article's life. */
  number: number;
  title: string;
  summary: string;
  /** What kind of change it was; null for the first text. */
  class: RevisionClass | null;
  /** For readers: what changed. */
  note: string;
  words: number;
  publishedAt: Date;
  /** Whether it is the one that readers see now. */
  current: boolean;
}

export interface PublicRevisionText extends PublicRevision {
  /** Markdown. */
  body: string;
  html: SafeHtml;
}
