// What may be said in a comment and under what name: lengths in code points, what is repaired, what is refused with which reason.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commentBodySchema, commentIdSchema, guestNameSchema } from "@/lib/domain/comment";
import { limits } from "@/lib/domain/limits";
import { codePointLength } from "@/lib/text/normalize";

const zwsp = "\u200b";
const brailleBlank = "\u2800";
const acute = "\u0301";
const pirate = "\u{1f3f4}";

/** The text as it would be kept, or "refused: reason". */
function body(text: unknown): string {
  const parsed = commentBodySchema.safeParse(text);
  return parsed.success ? parsed.data : `refused: ${parsed.error.issues.map((issue) => issue.message).join(", ")}`;
}

/** The name as it would be shown, undefined for an automatic one, or "refused: reason". */
function name(text: unknown): string | undefined {
  const parsed = guestNameSchema.safeParse(text);
  return parsed.success ? parsed.data : `refused: ${parsed.error.issues.map((issue) => issue.message).join(", ")}`;
}

describe("the body of a comment", () => {
  const kept: [string, string, string][] = [
    ["one letter is a comment", "a", "a"],
    ["one picture is a comment", pirate, pirate],
    ["one Chinese character is a comment", "好", "好"],
    ["a nought is a comment", "0", "0"],
    ["line ends become line feeds", "a\r\nb\rc\nd", "a\nb\nc\nd"],
    ["blank lines around are dropped", "\n \n\t\na\n\n", "a"],
    ["indentation of the first line is kept, for code", "\n    code\n    more", "    code\n    more"],
    ["a tab too", "\tcode", "\tcode"],
    ["blank lines and spaces within are kept", "a\n\n\n  b", "a\n\n\n  b"],
    ["NUL and other controls vanish", "a\u0000b\u0007c\u001bd\u007fe\u0085f\ufffeg\uffffh", "abcdefgh"],
    ["a lone surrogate becomes the replacement sign", "a\ud800b\udc00c", "a\ufffdb\ufffdc"],
    ["a pair of surrogates is one character", "\ud83c\udff4", pirate],
    ["accents are composed", "e\u0301", "\u00e9"],
    ["at most four marks stay on a letter", `x${acute.repeat(200)}`, `x${acute.repeat(4)}`],
    [
      "joiners do not help to stack more",
      `x${`${acute}\u200d`.repeat(50)}`,
      `x${`${acute}\u200d`.repeat(4)}${"\u200d".repeat(46)}`,
    ],
    [
      "Arabic with its vowels stays whole",
      "\u0627\u0644\u0652\u0639\u064e\u0631\u064e\u0628\u0650\u064a\u0651\u064e\u0629\u064f",
      "\u0627\u0644\u0652\u0639\u064e\u0631\u064e\u0628\u0650\u064a\u064e\u0651\u0629\u064f",
    ],
    ["direction signs are the renderer's business", "a\u202eb", "a\u202eb"],
    ["markup is text", "<b>x</b>", "<b>x</b>"],
  ];
  it.each(kept)("%s", (_sentence, text, expected) => expect(body(text)).toBe(expected));

  const blanks: [string, unknown][] = [
    ["nothing", ""],
    ["spaces", "   "],
    ["line feeds and tabs", "\n\t\r\n"],
    ["no-break and ideographic spaces", "\u00a0\u3000\u2003\u202f"],
    ["zero-width characters", `${zwsp}\u200c\u200d\u2060\ufeff`],
    ["braille blanks", brailleBlank.repeat(3)],
    ["Hangul fillers", "\u115f\u1160\u3164\uffa0"],
    ["the blank notehead", "\u{1d159}"],
    ["variation selectors and tags", "\ufe0f\u{e0041}\u{e0100}"],
    ["soft hyphens", "\u00ad\u00ad"],
    ["direction signs", "\u202e\u2066\u2069\u200f"],
    ["marks with nothing under them", acute.repeat(3)],
    ["controls alone", "\u0000\u0001\u001b"],
    ["a private character nobody has a picture for", "\ue000"],
    ["no text at all", undefined],
    ["null", null],
    ["a number", 7],
    ["a list", ["a"]],
    ["an object", { toString: () => "a" }],
  ];
  it.each(blanks)("%s is empty", (_sentence, text) => expect(body(text)).toBe("refused: comment.empty"));

  const full = limits.commentBody;
  const tooLong = "refused: comment.too_long";
  const boundaries: [string, string, string | number][] = [
    ["exactly the limit", "a".repeat(full), full],
    ["one more", "a".repeat(full + 1), tooLong],
    ["astral characters count as one", pirate.repeat(full), full],
    ["one astral character more", pirate.repeat(full + 1), tooLong],
    ["composed before they are counted", `e${acute}`.repeat(full), full],
    ["letters that composition takes apart count as their parts", "\u0958".repeat(full / 2), full],
    ["and may so become too long", "\u0958".repeat(full / 2 + 1), tooLong],
    ["line ends count once", "a\r\n".repeat(full / 2).slice(0, -2), full - 1],
    ["what is trimmed is not counted", `${"\n".repeat(200)}${"a".repeat(full)}${" ".repeat(200)}`, full],
    ["what vanishes is not counted", `${"\u0000".repeat(full)}a`, 1],
    ["six times the limit is not even looked at", `${"\u0000".repeat(full * 6)}a`, tooLong],
    ["surplus marks are not counted", `${"x".repeat(full - 4)}${acute.repeat(1_000)}`, full],
  ];
  it.each(boundaries)("%s", (_sentence, text, expected) => {
    const result = body(text);
    expect(typeof expected === "number" ? codePointLength(result) : result).toBe(expected);
  });

  it("names one reason only", () => {
    expect(body(" ".repeat(full * 7))).toBe(tooLong);
    expect(body(zwsp.repeat(full + 1))).toBe("refused: comment.empty");
  });

  it.each([
    ["letters", "a".repeat(2 ** 20)],
    ["marks", acute.repeat(2 ** 20)],
    ["blank lines", " \n".repeat(2 ** 19)],
    ["spaces", `a${" ".repeat(2 ** 20)}b`],
    ["lone surrogates", "\ud800".repeat(2 ** 20)],
    ["marks and joiners", `${acute}${zwsp}`.repeat(2 ** 19)],
  ])("refuses a megabyte of %s before working on it", (_sentence, text) => {
    const started = process.cpuUsage();
    expect(body(text)).toBe(tooLong);
    const used = process.cpuUsage(started);
    expect((used.user + used.system) / 1_000).toBeLessThan(1_000);
  });

  it.each([
    ["marks", `x${acute.repeat(limits.commentBody * 6 - 1)}`],
    ["blank lines", `${" \n".repeat(limits.commentBody * 3 - 1)}x`],
    ["tabs", `${"\t".repeat(limits.commentBody * 6 - 1)}x`],
    ["spaces between letters", `x${" ".repeat(limits.commentBody * 6 - 2)}x`],
    ["marks and joiners", `${acute}${zwsp}`.repeat(limits.commentBody * 3)],
    ["lone surrogates", "\udc00".repeat(limits.commentBody * 6)],
  ])("works at most a moment on the longest text of %s that it looks at", (_sentence, text) => {
    const started = process.cpuUsage();
    body(text);
    const used = process.cpuUsage(started);
    expect((used.user + used.system) / 1_000).toBeLessThan(1_000);
  });
});

const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.string({
    unit: fc.constantFrom("a", " ", "\n", "\r", "\t", "\u0000", acute, zwsp, "\u202e", "\ud800", brailleBlank, pirate),
    maxLength: 60,
  }),
);

it("keeps a body that was kept once exactly as it is", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const once = commentBodySchema.safeParse(text);
      if (once.success) expect(commentBodySchema.parse(once.data)).toBe(once.data);
    }),
    { numRuns: 500 },
  );
});

it("keeps a name that was kept once exactly as it is", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const once = guestNameSchema.safeParse(text);
      if (once.success && once.data !== undefined) expect(guestNameSchema.parse(once.data)).toBe(once.data);
    }),
    { numRuns: 500 },
  );
});

describe("the name of a guest", () => {
  const full = limits.guestName;
  const table: [string, unknown, string | undefined][] = [
    ["an ordinary name", "Ada Lovelace", "Ada Lovelace"],
    ["no name is an automatic one", undefined, undefined],
    ["an empty one too", "", undefined],
    ["spaces too", " \t\n ", undefined],
    ["zero-width characters too", zwsp.repeat(5), undefined],
    ["braille blanks too", brailleBlank.repeat(5), undefined],
    ["direction signs alone too", "\u202e", undefined],
    ["spaces are single and none stands outside", "  Ada\n\t Lovelace  ", "Ada Lovelace"],
    ["full-width letters become ordinary ones", "Ａｄａ", "Ada"],
    ["ligatures are taken apart", "ﬁn", "fin"],
    ["controls vanish", "A\u0000d\u001ba", "Ada"],
    ["invisible characters between letters vanish", `A${zwsp}d\u00ada`, "Ada"],
    ["a name that turns the direction is refused", "Ada\u202e", "refused: name.invalid"],
    ["an isolate too", "\u2066Ada\u2069", "refused: name.invalid"],
    ["a mark that only says its direction vanishes", "\u200fמוחמד (Mo)", "מוחמד (Mo)"],
    ["marks alone are refused", acute.repeat(3), "refused: name.invalid"],
    ["a private character is refused", "\ue000", "refused: name.invalid"],
    ["marks are kept to four", `A${"\u0336".repeat(30)}da`, `A${"\u0336".repeat(4)}da`],
    ["a Hebrew name", "שרה", "שרה"],
    ["a Persian name keeps the joiner its spelling needs", "نرگس\u200cها", "نرگس\u200cها"],
    ["a family emoji stays one picture", "\u{1f468}\u200d\u{1f469}", "\u{1f468}\u200d\u{1f469}"],
    ["the longest", "a".repeat(full), "a".repeat(full)],
    ["one more", "a".repeat(full + 1), "refused: name.too_long"],
    ["astral characters count as one", pirate.repeat(full), pirate.repeat(full)],
    ["one astral character more", pirate.repeat(full + 1), "refused: name.too_long"],
    [
      "one character that is eighteen when written out counts as eighteen",
      "\ufdfa".repeat(4),
      "refused: name.too_long",
    ],
    ["a megabyte", "a".repeat(2 ** 20), "refused: name.too_long"],
    ["null", null, "refused: name.invalid"],
    ["a number", 7, "refused: name.invalid"],
    ["a list", ["Ada"], "refused: name.invalid"],
  ];
  it.each(table)("%s", (_sentence, text, expected) => expect(name(text)).toBe(expected));
});

describe("the id of a comment in an address", () => {
  const table: [string, string, boolean][] = [
    ["one", "1", true],
    ["the greatest we take", "9".repeat(18), true],
    ["one digit more than a bigint surely holds", "9".repeat(19), false],
    ["nought", "0", false],
    ["a leading nought", "01", false],
    ["a sign", "-1", false],
    ["a space", " 1", false],
    ["a line feed after it", "1\n", false],
    ["a fraction", "1.0", false],
    ["hexadecimal", "0x1", false],
    ["Arabic digits", "١", false],
    ["words", "one", false],
    ["nothing", "", false],
  ];
  it.each(table)("%s", (_sentence, id, valid) => expect(commentIdSchema.safeParse(id).success).toBe(valid));
});
