// A site's own rules for screening: words, hosts and patterns, what makes one usable, and what of them fits a text.
import { z } from "zod";
import { limits } from "@/lib/domain/limits";
import { codePointLength, normalizeText } from "@/lib/text/normalize";
import { patternFault, safePattern } from "@/lib/text/safe-pattern";
import { findWords, isWordLine, wordList } from "@/lib/text/word-list";

export const ruleKinds = ["WORDS", "LINK", "PATTERN"] as const;
export type RuleKind = (typeof ruleKinds)[number];

export const ruleEffects = ["HOLD", "REJECT"] as const;
export type RuleEffect = (typeof ruleEffects)[number];

/** A rule, as far as texts are concerned. */
export interface Rule {
  id: number;
  kind: RuleKind;
  pattern: string;
  language: string;
  /** What it does now: one that was tamed holds. */
  effect: RuleEffect;
}

/** A rule that a text fits. */
export interface RuleHit {
  ruleId: number;
  kind: RuleKind;
  effect: RuleEffect;
  /** What in the text it was, for moderators. */
  written: string;
}

/** What rules look at. */
export interface JudgedText {
  /** As readers read it, without markup. */
  text: string;
  /** That it links to, or names. */
  hosts: readonly string[];
}

const refused = (reason: string) => ({ message: reason, abort: true });

const patternText = z
  .string(refused("rule.pattern_missing"))
  .max(limits.rulePattern * 6, refused("rule.too_long"))
  .transform((text) => normalizeText(text).trim())
  .refine((text) => text !== "", refused("rule.pattern_missing"))
  .refine((text) => codePointLength(text) <= limits.rulePattern, refused("rule.too_long"));

const language = z
  .string(refused("field.wrong"))
  .max(35, refused("rule.language"))
  .transform((tag) => tag.trim())
  .refine((tag) => tag === "" || canonicalTag(tag) !== undefined, refused("rule.language"))
  .transform((tag) => canonicalTag(tag) ?? "");

function canonicalTag(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}

/** How a form brings a rule: made canonical, and refused when it could never fit, would fit everything, or cost too much. */
export const ruleSchema = z
  .object({
    kind: z.enum(ruleKinds, refused("field.wrong")),
    pattern: patternText,
    language: language.default(""),
    effect: z.enum(ruleEffects, refused("field.wrong")),
    note: z
      .string(refused("field.wrong"))
      .max(limits.ruleNote, refused("rule.note_too_long"))
      .transform((text) => normalizeText(text).trim())
      .default(""),
  })
  .transform((rule, check) => {
    const usable = usablePattern(rule.kind, rule.pattern);
    if (typeof usable === "string")
      return { ...rule, pattern: usable, language: rule.kind === "WORDS" ? rule.language : "" };
    check.addIssue({ code: "custom", path: ["pattern"], message: usable.fault });
    return z.NEVER;
  });

/** The rule that another takes the place of, as a form names it; null for a new one. */
export const replacesSchema = z
  .union([z.literal("").transform(() => null), z.coerce.number().int().positive().max(2_147_483_647)])
  .default(null);

export type WrittenRule = z.infer<typeof ruleSchema>;

const linesOf = (pattern: string) =>
  pattern
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

function usablePattern(kind: RuleKind, pattern: string): string | { fault: string } {
  if (kind === "WORDS") {
    const lines = [...new Set(linesOf(pattern))];
    if (lines.length > limits.ruleLines) return { fault: "rule.too_many_lines" };
    return lines.every(isWordLine) ? lines.join("\n") : { fault: "rule.words" };
  }
  if (kind === "LINK") return hostOf(pattern) ?? { fault: "rule.host" };
  if (codePointLength(pattern) > limits.ruleRegularExpression) return { fault: "rule.too_long" };
  const fault = patternFault(pattern);
  return fault === null ? pattern : { fault: `rule.pattern_${fault}` };
}

/** The host of "example.org", "https://example.org/path" or "*.example.org", in ASCII; undefined when there is none. */
function hostOf(written: string): string | undefined {
  const address = written.replace(/^\*\./, "");
  const url = /^https?:\/\//i.test(address) ? address : `https://${address}`;
  if (/\s/.test(address) || !URL.canParse(url)) return undefined;
  const { hostname } = new URL(url);
  return /^[^.]+(?:\.[^.]+)+$/.test(hostname) ? hostname : undefined;
}

/** Prepares rules once, for many texts: the answer tells which of them a text fits, in their order. */
export function ruleJudge(rules: readonly Rule[]): (judged: JudgedText) => RuleHit[] {
  const list = wordList(
    rules.flatMap(({ id, kind, pattern, language: tongue }) =>
      kind === "WORDS" ? linesOf(pattern).map((line) => ({ key: id, line, language: tongue })) : [],
    ),
  );
  const tests = new Map(
    rules.flatMap(({ id, kind, pattern }) => (kind === "PATTERN" ? [[id, safePattern(pattern)] as const] : [])),
  );
  return ({ text, hosts }) => {
    const words = new Map(findWords(list, text).map(({ key, written }) => [key, written]));
    return rules.flatMap((rule) => {
      const written =
        rule.kind === "WORDS"
          ? words.get(rule.id)
          : rule.kind === "LINK"
            ? hosts.find((host) => host === rule.pattern || host.endsWith(`.${rule.pattern}`))
            : tests.get(rule.id)?.(text)
              ? rule.pattern
              : undefined;
      return written === undefined ? [] : [{ ruleId: rule.id, kind: rule.kind, effect: rule.effect, written }];
    });
  };
}
