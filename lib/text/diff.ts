// Two texts side by side, as plain text: by words or by lines. For sanitised HTML see lib/text/difference/rendered.
import { type Budget, editScript, newBudget, type Run } from "@/lib/text/difference/edit-script";
import { lineTokens, longestForWords, weightOf, wordTokens } from "@/lib/text/difference/tokens";

/** The pieces without what was removed are the new text; without what was added, the old one. */
export interface Piece {
  kind: "same" | "added" | "removed";
  text: string;
}

/**
 * What changed from `a` to `b`, word by word, in any script. Lines are aligned first, so the cost stays bounded: two unlike
 * texts come back as one removal and one addition.
 * @param budget of the answer that this is a part of
 */
export function wordDifference(a: string, b: string, budget: Budget = newBudget()): Piece[] {
  const pieces: Piece[] = [];
  for (const hunk of lineHunks(a, b, budget)) {
    if (hunk.kind === "same") put(pieces, "same", hunk.a);
    else for (const piece of wordsOf(hunk.a, hunk.b, budget)) put(pieces, piece.kind, piece.text);
  }
  return pieces;
}

/** What changed from `a` to `b`, whole lines at a time; each piece is one line or more, with their line feeds. */
export function lineDifference(a: string, b: string, budget: Budget = newBudget()): Piece[] {
  const pieces: Piece[] = [];
  for (const hunk of lineHunks(a, b, budget)) {
    if (hunk.kind === "same") put(pieces, "same", hunk.a);
    else for (const piece of replaced(hunk.a, hunk.b)) put(pieces, piece.kind, piece.text);
  }
  return pieces;
}

interface Hunk {
  kind: Run["kind"];
  a: string;
  b: string;
}

function lineHunks(a: string, b: string, budget: Budget): Hunk[] {
  const [linesA, linesB] = [lineTokens(a), lineTokens(b)];
  const runs = editScript([linesA, linesB], budget);
  if (!runs) return [{ kind: "changed", a, b }];
  return runs.map(({ kind, fromA, toA, fromB, toB }) => ({
    kind,
    a: linesA.slice(fromA, toA).join(""),
    b: linesB.slice(fromB, toB).join(""),
  }));
}

function wordsOf(a: string, b: string, budget: Budget): Piece[] {
  if (a.length + b.length > longestForWords || budget.steps <= 0) return replaced(a, b);
  const [tokensA, tokensB] = [wordTokens(a), wordTokens(b)];
  const runs = editScript([tokensA, tokensB], budget, weightOf);
  if (!runs) return replaced(a, b);
  return runs.flatMap(({ kind, fromA, toA, fromB, toB }): Piece[] => {
    const text = tokensA.slice(fromA, toA).join("");
    return kind === "same" ? [{ kind, text }] : replaced(text, tokensB.slice(fromB, toB).join(""));
  });
}

function replaced(a: string, b: string): Piece[] {
  return [
    { kind: "removed", text: a },
    { kind: "added", text: b },
  ];
}

function put(pieces: Piece[], kind: Piece["kind"], text: string): void {
  const last = pieces.at(-1);
  if (text === "") return;
  if (last?.kind === kind) last.text += text;
  else pieces.push({ kind, text });
}
