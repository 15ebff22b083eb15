// A site's rules: which can be kept, in which form, and what they find.
import { describe, expect, test } from "vitest";
import { limits } from "@/lib/domain/limits";
import { type Rule, ruleJudge, ruleSchema } from "@/lib/domain/screening-rule";

/** The pattern as it is kept, or "field: reason". */
function kept(rule: Record<string, unknown>): string {
  const parsed = ruleSchema.safeParse({ kind: "WORDS", effect: "HOLD", ...rule });
  if (parsed.success) return parsed.data.pattern;
  const issue = parsed.error.issues[0];
  return `${issue?.path.join(".")}: ${issue?.message}`;
}

describe("words", () => {
  test.each([
    ["lines are trimmed, empty ones go, doubles too", " casino \n\n bonus\ncasino", "casino\nbonus"],
    ["phrases and beginnings", "buy now\ncrypto*", "buy now\ncrypto*"],
    ["a line without a word", "casino\n***", "pattern: rule.words"],
    ["stars on both sides", "*cunt*", "pattern: rule.words"],
    ["nothing", " \n ", "pattern: rule.pattern_missing"],
    [
      "too many",
      Array.from({ length: limits.ruleLines + 1 }, (_, nth) => `w${nth}`).join("\n"),
      "pattern: rule.too_many_lines",
    ],
    ["too long", "x".repeat(limits.rulePattern + 1), "pattern: rule.too_long"],
  ])("%s", (_sentence, pattern, expected) => expect(kept({ pattern })).toBe(expected));

  test.each([
    ["a language", "tr", "tr"],
    ["none", "", ""],
    ["with a region, in its usual writing", "pt-br", "pt-BR"],
    ["what is none", "turkish language", "language: rule.language"],
    ["a program", "en; drop", "language: rule.language"],
  ])("their language: %s", (_sentence, language, expected) => {
    const parsed = ruleSchema.safeParse({ kind: "WORDS", effect: "HOLD", pattern: "casino", language });
    const issue = parsed.error?.issues[0];
    expect(parsed.success ? parsed.data.language : `${issue?.path.join(".")}: ${issue?.message}`).toBe(expected);
  });
});

test.each([
  ["a host", "example.org", "example.org"],
  ["in capitals", "Example.ORG", "example.org"],
  ["an address becomes its host", "https://www.example.org/path?x=1", "www.example.org"],
  ["a star for everything under it says nothing new", "*.example.org", "example.org"],
  ["another alphabet", "пример.рф", "xn--e1afmkfd.xn--p1ai"],
  ["a word is no host", "casino", "pattern: rule.host"],
  ["nor are two", "example.org other.org", "pattern: rule.host"],
  ["nor a program", "javascript:alert(1)", "pattern: rule.host"],
])("a link to %s", (_sentence, pattern, expected) => expect(kept({ kind: "LINK", pattern })).toBe(expected));

test.each([
  ["one that is fine", "free.{0,20}money", "free.{0,20}money"],
  ["a catastrophic one", "(a+)+$", "pattern: rule.pattern_nested"],
  ["one that does not parse", "(casino", "pattern: rule.pattern_syntax"],
  ["one that fits everything", ".*", "pattern: rule.pattern_everything"],
  ["one that is too large", "(casino|roulette|jackpot){900}", "pattern: rule.pattern_too_large"],
  ["one that is too long", "ab".repeat(limits.ruleRegularExpression), "pattern: rule.too_long"],
])("a pattern: %s", (_sentence, pattern, expected) => expect(kept({ kind: "PATTERN", pattern })).toBe(expected));

test("a kind or an effect that there is not is refused", () => {
  expect(kept({ kind: "MAGIC", pattern: "x" })).toBe("kind: field.wrong");
  expect(kept({ effect: "EXPLODE", pattern: "casino" })).toBe("effect: field.wrong");
});

const rule = (id: number, about: Partial<Rule>): Rule => ({
  id,
  kind: "WORDS",
  pattern: "casino",
  language: "",
  effect: "HOLD",
  ...about,
});

describe("what a text fits", () => {
  const rules = [
    rule(1, { pattern: "casino\nroulette" }),
    rule(2, { kind: "LINK", pattern: "bets.example", effect: "REJECT" }),
    rule(3, { kind: "PATTERN", pattern: "free.{0,20}money" }),
    rule(4, { pattern: "ano", language: "es" }),
  ];
  const judge = ruleJudge(rules);
  test.each([
    ["nothing", "The bees go home.", [], []],
    ["a word", "The casino wins.", [], ["1 casino"]],
    ["two words of one rule are one hit", "Casino roulette", [], ["1 Casino"]],
    ["a host", "see this", ["bets.example"], ["2 bets.example"]],
    ["a host under it", "see this", ["www.bets.example"], ["2 www.bets.example"]],
    ["not a host that only ends so", "see this", ["mybets.example"], []],
    ["not a host above it", "see this", ["example"], []],
    ["a pattern", "Free and easy money", [], ["3 free.{0,20}money"]],
    [
      "all, in the rules' order",
      "free money at the casino",
      ["bets.example"],
      ["1 casino", "2 bets.example", "3 free.{0,20}money"],
    ],
    ["a word in its own language", "un año", [], []],
  ])("%s", (_sentence, text, hosts, expected) => {
    expect(judge({ text, hosts }).map(({ ruleId, written }) => `${ruleId} ${written}`)).toEqual(expected);
  });

  test("a hit says what the rule does", () => {
    expect(judge({ text: "", hosts: ["bets.example"] })).toEqual([
      { ruleId: 2, kind: "LINK", effect: "REJECT", written: "bets.example" },
    ]);
  });
});
