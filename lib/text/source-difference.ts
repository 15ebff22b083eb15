// Two sources line by line, as programmers read them: each line with its number, the words that changed in it marked.
import { lineDifference, type Piece, wordDifference } from "@/lib/text/diff";
import { newBudget } from "@/lib/text/difference/edit-script";
import { lineTokens } from "@/lib/text/difference/tokens";

export interface SourceLine {
  kind: Piece["kind"];
  /** Without its line feed. In a line that was removed: same and removed words; in one that was added: same and added ones. */
  pieces: Piece[];
  /** Its number in the old text, from 1; null for a line that was added. */
  before: number | null;
  /** Its number in the new text; null for a line that was removed. */
  now: number | null;
}

/** What changed from `a` to `b`, in lines; in each place the removed lines come first. The cost is bounded. */
export function sourceDifference(a: string, b: string): SourceLine[] {
  const lines: SourceLine[] = [];
  const at = { before: 1, now: 1 };
  const put = (kind: Piece["kind"], pieces: Piece[]) => {
    lines.push({
      kind,
      pieces,
      before: kind === "added" ? null : at.before++,
      now: kind === "removed" ? null : at.now++,
    });
  };
  const budget = newBudget();
  const pieces = lineDifference(a, b, budget);
  for (let index = 0; index < pieces.length; index++) {
    const piece = pieces[index];
    const next = pieces[index + 1];
    if (!piece) continue;
    if (piece.kind === "removed" && next?.kind === "added") {
      const words = wordDifference(piece.text, next.text, budget);
      for (const kind of ["removed", "added"] as const) {
        for (const line of linesOf(words.filter((word) => word.kind === "same" || word.kind === kind))) put(kind, line);
      }
      index++;
    } else {
      for (const line of lineTokens(piece.text)) put(piece.kind, [{ kind: piece.kind, text: line.replace(/\n$/, "") }]);
    }
  }
  return lines;
}

function linesOf(pieces: readonly Piece[]): Piece[][] {
  const lines: Piece[][] = [];
  let isOpen = false;
  for (const { kind, text } of pieces) {
    for (const part of lineTokens(text)) {
      if (!isOpen) lines.push([]);
      const bare = part.replace(/\n$/, "");
      if (bare !== "") lines.at(-1)?.push({ kind, text: bare });
      isOpen = bare === part;
    }
  }
  return lines;
}
