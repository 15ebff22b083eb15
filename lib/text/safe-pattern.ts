// Patterns that moderators write, matched in time that only grows with the text: RE2's language (npm re2js), which has no backtracking and
// so no catastrophe. What would be catastrophic elsewhere is refused all the same: it is a mistake, and rules are taken along to other sites.
import { RE2JS } from "re2js";

/** Instructions of the compiled pattern; matching takes at most about this many steps a character. */
const largestProgram = 2_000;

/** Why a pattern cannot be used. */
export type PatternFault = "syntax" | "nested" | "everything" | "too_large";

/** What is wrong with a pattern; null when it can be used. */
export function patternFault(pattern: string): PatternFault | null {
  if (hasNestedRepeats(pattern)) return "nested";
  let compiled: RE2JS;
  try {
    compiled = compile(pattern);
  } catch {
    return "syntax";
  }
  if (compiled.programSize() > largestProgram) return "too_large";
  return compiled.test("") ? "everything" : null;
}

/** A test for texts. @throws when `patternFault` is "syntax" */
export function safePattern(pattern: string): (text: string) => boolean {
  const compiled = compile(pattern);
  return (text) => compiled.test(text);
}

function compile(pattern: string): RE2JS {
  return RE2JS.compile(pattern.normalize("NFC"), RE2JS.CASE_INSENSITIVE);
}

/** Whether something that may repeat without end stands in a group that may, too: "(a+)+", "(a*b?)*". */
function hasNestedRepeats(pattern: string): boolean {
  const open: { repeats: boolean }[] = [];
  let last: { repeats: boolean } = { repeats: false };
  const at = (index: number) => pattern[index] ?? "";
  for (let index = 0; index < pattern.length; index++) {
    const sign = at(index);
    if (sign === "\\") {
      index++;
      last = { repeats: false };
    } else if (sign === "[") {
      index = endOfClass(pattern, index);
      last = { repeats: false };
    } else if (sign === "(") {
      open.push({ repeats: false });
      last = { repeats: false };
    } else if (sign === ")") {
      last = open.pop() ?? { repeats: false };
      const around = open.at(-1);
      if (around && last.repeats) around.repeats = true;
    } else if (sign === "*" || sign === "+" || /^\{\d+,\}/.test(pattern.slice(index, index + 12))) {
      if (last.repeats) return true;
      const around = open.at(-1);
      if (around) around.repeats = true;
      if (sign === "{") index = pattern.indexOf("}", index);
      // "a+?" and "a*?" are one repeat, taken as short as possible.
      if (at(index + 1) === "?") index++;
      last = { repeats: false };
    } else if (sign !== "?") {
      last = { repeats: false };
    }
  }
  return false;
}

function endOfClass(pattern: string, start: number): number {
  // A "]" that stands first is itself.
  let index = start + (pattern[start + 1] === "^" ? 2 : 1);
  if (pattern[index] === "]") index++;
  while (index < pattern.length && pattern[index] !== "]") index += pattern[index] === "\\" ? 2 : 1;
  return index;
}
