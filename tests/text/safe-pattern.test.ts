// Patterns of moderators: which are refused, and that none of the others takes long (F21).
import { describe, expect, test } from "vitest";
import { patternFault, safePattern } from "@/lib/text/safe-pattern";

describe("what is refused", () => {
  test.each([
    ["a repeat in a repeat", "(a+)+$", "nested"],
    ["with stars", "(a*)*b", "nested"],
    ["deeper down", "((ab)c*d)+", "nested"],
    ["a group of words", "(\\w+\\s?)+$", "nested"],
    ["with braces that have no end", "(a{2,})*", "nested"],
    ["after an alternative", "(x|y+)*z", "nested"],
    ["in a group that captures nothing", "(?:a+)+", "nested"],
    ["a repeat of a repeat", "a+*", "syntax"],
    ["a group left open", "(casino", "syntax"],
    ["looking ahead", "casino(?=bonus)", "syntax"],
    ["looking back", "(?<=the )casino", "syntax"],
    ["a reference back", "(a)\\1", "syntax"],
    ["what grows beyond measure", "((a{100}){100}){100}", "syntax"],
    ["more than a rule needs", "(casino|roulette|jackpot){900}", "too_large"],
    ["what every text fits", "casino|", "everything"],
    ["a star alone", ".*", "everything"],
    ["nothing", "", "everything"],
  ])("%s", (_sentence, pattern, fault) => expect(patternFault(pattern)).toBe(fault));
});

describe("what is not", () => {
  test.each([
    ["a word", "casino"],
    ["alternatives", "(?:casino|roulette) ?bonus"],
    ["a distance", "free.{0,20}money"],
    ["repeats side by side", "\\d+ ?€ ?\\w+"],
    ["a counted group with a repeat in it", "(?:\\d+ ){3}"],
    ["an optional group with a repeat in it", "(?:\\d+ )?euro"],
    ["a repeat that is short as can be", "a+?b*?c"],
    ["brackets and stars that mean themselves", "\\(a\\+\\)\\+ [(+*)]+"],
    ["letters of every script", "\\p{Cyrillic}{3,}"],
  ])("%s", (_sentence, pattern) => expect(patternFault(pattern)).toBeNull());
});

test.each([
  ["capitals do not matter", "casino", "CASINO", true],
  ["a part is enough", "bonus\\d+", "the bonus500 code", true],
  ["lines are searched, too", "casino", "a\ncasino", true],
  ["what is not there", "casino", "casin", false],
])("%s", (_sentence, pattern, text, fits) => expect(safePattern(pattern)(text)).toBe(fits));

test("what makes others run for minutes is answered at once, should it ever be saved", () => {
  const text = `${"a".repeat(9_999)}!`;
  for (const pattern of ["(a+)+$", "(a|a)*b", "(.*a){12}", "(\\w+\\s?)+$", "a*a*a*a*a*b"]) {
    const fits = safePattern(pattern);
    const before = process.cpuUsage();
    fits(text);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(1_000);
  }
});
