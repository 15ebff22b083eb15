// One numbered text of an article as readers may know it: those that are or were published.
import type { PersonLink } from "@/lib/domain/article";
import type { Piece } from "@/lib/text/diff";
import type { RenderedDifference } from "@/lib/text/rendered-difference";
import type { SafeHtml } from "@/lib/text/safe-html";
import type { SourceLine } from "@/lib/text/source-difference";

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
  /** Who wrote in it, whoever began it first; nobody is known for some that were imported. */
  contributors: PersonLink[];
  publishedAt: Date;
  /** Whether it is the one that readers see now. */
  current: boolean;
}

export interface PublicRevisionText extends PublicRevision {
  /** Markdown. */
  body: string;
  html: SafeHtml;
  copyrightHolder: string;
  licence: string;
}

/** The published texts beside one in the article's life; null at its ends. */
export interface RevisionNeighbours {
  older: number | null;
  newer: number | null;
}

/** The history of an article, or a page of it. */
export interface RevisionList {
  articleId: number;
  slug: string;
  /** The article's title, as readers see it now. */
  title: string;
  revisions: PublicRevision[];
  /** The number to go on before; null at the end. */
  older: number | null;
}

/** One published text in its place among the others. */
export interface OneRevision {
  articleId: number;
  slug: string;
  revision: PublicRevisionText;
  neighbours: RevisionNeighbours;
}

/** What changed in a text, as readers see it or in its source. */
export type TextComparison =
  | { view: "rendered"; difference: RenderedDifference }
  | { view: "source"; lines: SourceLine[] }
  /** Nearly everything did. `passing`: there was no time to find out more, and asked again there may be. */
  | { view: "rendered" | "source"; tooDifferent: true; passing: boolean };

/** Two published texts side by side. */
export interface RevisionComparison {
  articleId: number;
  slug: string;
  before: PublicRevision;
  now: PublicRevision;
  /** What changed around the text, without what stayed as it was. */
  facts: { name: "Title" | "Summary" | "Copyright holder" | "Licence"; pieces: Piece[] }[];
  text: TextComparison;
  /** The next newer published text after `now`, and the next older one before `before`; null where there is none. */
  newer: number | null;
  older: number | null;
}

/** The number of a revision as an address has it; undefined for anything else. */
export function revisionNumberIn(written: unknown): number | undefined {
  return typeof written === "string" && /^[1-9][0-9]{0,8}$/.test(written) ? Number(written) : undefined;
}
