// Two people saved the same draft: both changes together, field by field, and the places that a person has to decide.
import type { DraftFields } from "@/lib/domain/draft";
import { limits } from "@/lib/domain/limits";
import { type Choice, type Conflict, type Merged, type MergePiece, merge, resolve } from "@/lib/text/merge";

/** Fields of one line, for which one of the two is chosen. */
export const lineFields = ["title", "slug", "summary", "copyrightHolder", "licence"] as const;
type LineField = (typeof lineFields)[number];

export interface DraftConflict extends Conflict {
  field: LineField | "body";
}

export interface MergedDraft {
  /** With what is ours standing at the conflicts. */
  fields: DraftFields;
  /** In the order in which they are decided: fields of one line first, then the places of the text. */
  conflicts: DraftConflict[];
  /** The text in pieces, for showing what surrounds a conflict. */
  pieces: MergePiece[];
}

/** Merges two states of a draft that both came from `base`, or from something that came after it. */
export function mergeDrafts(base: DraftFields, ours: DraftFields, theirs: DraftFields): MergedDraft {
  const conflicts: DraftConflict[] = [];
  const one = (field: LineField): string => {
    if (ours[field] === base[field]) return theirs[field];
    if (theirs[field] !== base[field] && theirs[field] !== ours[field]) {
      conflicts.push({ field, base: base[field], ours: ours[field], theirs: theirs[field] });
    }
    return ours[field];
  };
  const lines = Object.fromEntries(lineFields.map((field) => [field, one(field)]));
  const body = mergedBody(base.body, ours.body, theirs.body);
  for (const conflict of body.conflicts) conflicts.push({ field: "body", ...conflict });
  const fields = { ...ours, ...lines, topics: topicsOf(base, ours, theirs), body: body.text };
  return { fields, conflicts, pieces: body.pieces };
}

/** The merged draft with its conflicts decided in order; ours where nothing was said. */
export function decideDraft(merged: MergedDraft, choices: readonly (Choice | undefined)[]): DraftFields {
  const fields = { ...merged.fields };
  let nth = 0;
  for (const { field, ours, theirs } of merged.conflicts) {
    if (field === "body") break;
    const choice = choices[nth++];
    // One of the two: two titles in one line are no title.
    fields[field] = choice === "theirs" ? theirs : ours;
  }
  fields.body = resolve(merged.pieces, choices.slice(nth));
  return fields;
}

/** Two texts that went quite different ways are chosen between as a whole. */
function mergedBody(base: string, ours: string, theirs: string): Merged {
  const merged = merge(base, ours, theirs);
  if (merged.conflicts.length <= limits.conflictsShown) return merged;
  const whole = { base, ours, theirs };
  return { pieces: [{ kind: "conflict", ...whole }], conflicts: [whole], text: ours };
}

/** Theirs, with what we added and without what we took out: sets never collide. */
function topicsOf(base: DraftFields, ours: DraftFields, theirs: DraftFields): string[] {
  const key = (name: string) => name.toLowerCase();
  const has = (fields: DraftFields, name: string) => fields.topics.some((each) => key(each) === key(name));
  const kept = theirs.topics.filter((name) => has(ours, name) || !has(base, name));
  const added = ours.topics.filter((name) => !has(base, name) && !has(theirs, name));
  return [...kept, ...added];
}
