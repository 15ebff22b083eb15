// What kinds of change are called where readers see them.
import type { RevisionClass } from "@/lib/domain/revision";

export const revisionClassLabels: Record<RevisionClass, string> = {
  TYPO: "Typo",
  CLARIFICATION: "Clarification",
  UPDATE: "Update",
  CORRECTION: "Correction",
};

/** The kind of a change; the first text of an article has none. */
export function revisionKind(kind: RevisionClass | null): string {
  return kind === null ? "First text" : revisionClassLabels[kind];
}
