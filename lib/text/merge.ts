// Two people changed the same text: both changes together, and the places where they really touched the same words. First by
// lines, then by words inside the lines that both changed (diff3, after Khanna, Kunal and Pierce 2007).
import { diff3Merge } from "node-diff3";

/** A place that both changed, each in another way. Whole lines, so that a person can read them. */
export interface Conflict {
  /** How it was before either of them. */
  base: string;
  ours: string;
  theirs: string;
}

export type MergePiece = { kind: "agreed"; text: string } | ({ kind: "conflict" } & Conflict);

export interface Merged {
  /** The whole text, in order. */
  pieces: MergePiece[];
  conflicts: Conflict[];
  /** With what is ours standing at the conflicts. */
  text: string;
}

/** What becomes of a conflict when somebody has decided: "both" puts ours first. */
export type Choice = "ours" | "theirs" | "both" | { own: string };

/**
 * Pairs of like lines that diff3 may look at: an article of a thousand paragraphs with a thousand blank lines between them has a
 * million. A text of nothing but line feeds has billions, and is asked about instead.
 */
const mostPairs = 2_000_000;

/** Words of both sides of one place together, beyond which comparing them costs more than asking (F20). */
const mostWords = 4_000;

/**
 * Merges two texts that both began as `base`.
 * @param base may be older than the one they parted from: that makes more conflicts, never a wrong merge
 */
export function merge(base: string, ours: string, theirs: string): Merged {
  const pieces =
    ours === theirs || theirs === base ? agreed(ours) : ours === base ? agreed(theirs) : byLines(base, ours, theirs);
  const conflicts = pieces.flatMap(({ kind, ...piece }) => (kind === "conflict" && "base" in piece ? [piece] : []));
  return { pieces, conflicts, text: resolve(pieces, []) };
}

/** The text of `pieces` with the conflicts decided in order; ours where nothing was said. */
export function resolve(pieces: readonly MergePiece[], choices: readonly (Choice | undefined)[]): string {
  let nth = 0;
  return pieces
    .map((piece) => (piece.kind === "agreed" ? piece.text : chosen(piece, choices[nth++] ?? "ours")))
    .join("");
}

function chosen({ ours, theirs }: Conflict, choice: Choice): string {
  if (choice === "ours") return ours;
  if (choice === "theirs") return theirs;
  if (choice === "both") return ours.endsWith("\n") || ours === "" ? ours + theirs : `${ours}\n${theirs}`;
  // What stands in a text box has no line feed at its end; the place may have had one.
  const open = ours.endsWith("\n") && theirs.endsWith("\n") && choice.own !== "" && !choice.own.endsWith("\n");
  return open ? `${choice.own}\n` : choice.own;
}

function agreed(text: string): MergePiece[] {
  return text === "" ? [] : [{ kind: "agreed", text }];
}

/** Lines with their line feeds. */
function lines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Words that carry the space before them: separate tokens for spaces cost minutes (measured). */
function words(text: string): string[] {
  return text.match(/\s*\S+|\s+$/g) ?? [];
}

function byLines(base: string, ours: string, theirs: string): MergePiece[] {
  const [a, o, b] = [lines(ours), lines(base), lines(theirs)];
  if (pairs(o, a) + pairs(o, b) > mostPairs) return [{ kind: "conflict", base, ours, theirs }];
  const pieces: MergePiece[] = [];
  for (const hunk of diff3Merge(a, o, b, { excludeFalseConflicts: true })) {
    if (hunk.ok) put(pieces, hunk.ok.join(""));
    if (!hunk.conflict) continue;
    const place = { ours: hunk.conflict.a.join(""), base: hunk.conflict.o.join(""), theirs: hunk.conflict.b.join("") };
    const together = byWords(place);
    if (together === null) pieces.push({ kind: "conflict", ...place });
    else put(pieces, together);
  }
  return pieces;
}

/** How many lines of one are like how many of the other, all together. */
function pairs(some: readonly string[], others: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const line of some) counts.set(line, (counts.get(line) ?? 0) + 1);
  return others.reduce((sum, line) => sum + (counts.get(line) ?? 0), 0);
}

function put(pieces: MergePiece[], text: string): void {
  const last = pieces.at(-1);
  if (last?.kind === "agreed") last.text += text;
  else pieces.push(...agreed(text));
}

/** Both changes in one place, when they are to different words of it; null when they are to the same. */
function byWords({ base, ours, theirs }: Conflict): string | null {
  const [a, o, b] = [words(ours), words(base), words(theirs)];
  // Two new texts in one place, with nothing between them that stayed: nobody can say which comes first.
  if (o.length === 0 || a.length + b.length > mostWords) return null;
  let text = "";
  for (const hunk of diff3Merge(a, o, b, { excludeFalseConflicts: true })) {
    if (!hunk.ok) return null;
    text += hunk.ok.join("");
  }
  return text;
}
