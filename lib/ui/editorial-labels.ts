// Words of the review desk: kinds of change with what they mean, and what the editorial record tells of.
import type { EditorialKind } from "@/lib/domain/editorial-record";
import type { RevisionClass } from "@/lib/domain/revision";

export const revisionClassWords: Record<RevisionClass, { name: string; means: string }> = {
  TYPO: { name: "Typo", means: "Spelling, punctuation, a broken link." },
  CLARIFICATION: { name: "Clarification", means: "The same, said more clearly." },
  UPDATE: { name: "Update", means: "Something new. Moves the Last Modified Date and is listed on the article." },
  CORRECTION: { name: "Correction", means: "Something was wrong. Moves the date and is listed, too." },
};

/** Said after somebody’s name: "Ada asked for changes". */
export const editorialWords: Record<EditorialKind, string> = {
  START: "began the article",
  REVISE: "began a new revision",
  SUBMIT: "handed it in",
  REQUEST_CHANGES: "asked for changes",
  SCHEDULE: "set a day",
  PUBLISH: "published it",
  WITHDRAW: "withdrew it",
  UNPUBLISH: "took it from readers",
  REVERT: "began again from an earlier text",
  SET_CREDITS: "said who is named",
  SET_WRITERS: "changed who writes it",
  SHARE: "gave away a link to it",
  UNSHARE: "took a link back",
};

/** Of a text that the renderer gives up on (R58). */
export const tooMuchMarkup =
  "There is too much markup in this text to lay it out. Readers would see it as it is written; simpler markup helps.";
