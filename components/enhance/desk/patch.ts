// The changes that make one text into another, small enough that the cursor, and what somebody else types, stay where they are.
import type { ChangeSpec } from "@codemirror/state";
import { editScript, newBudget } from "@/lib/text/difference/edit-script";

/** Words that carry the space before them. */
function wordsOf(text: string): string[] {
  return text.match(/\s*\S+|\s+$/g) ?? [];
}

/** Changes to `before`, in its own positions. */
export function changesBetween(before: string, after: string): ChangeSpec[] {
  const [a, b] = [wordsOf(before), wordsOf(after)];
  const script = editScript([a, b], newBudget());
  if (!script) return [{ from: 0, to: before.length, insert: after }];
  const changes: ChangeSpec[] = [];
  let at = 0;
  for (const { kind, fromA, toA, fromB, toB } of script) {
    const length = a.slice(fromA, toA).join("").length;
    if (kind === "changed") changes.push({ from: at, to: at + length, insert: b.slice(fromB, toB).join("") });
    at += length;
  }
  return changes;
}
