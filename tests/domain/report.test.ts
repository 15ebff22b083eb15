// What a report may say.
import { describe, expect, it } from "vitest";
import { limits } from "@/lib/domain/limits";
import { reportReasons, reportSchema, reportWeight } from "@/lib/domain/report";

function parsed(input: unknown): unknown {
  const result = reportSchema.safeParse(input);
  return result.success
    ? result.data
    : Object.fromEntries(result.error.issues.map((issue) => [issue.path.join("."), issue.message]));
}

it.each(reportReasons)("takes the reason %s", (reason) => {
  expect(parsed({ reason })).toEqual({ reason, note: "" });
});

describe("a report", () => {
  const pirate = "\u{1f3f4}";
  const table: [string, unknown, unknown][] = [
    ["with a note", { reason: "SPAM", note: " It is.\r\n " }, { reason: "SPAM", note: "It is." }],
    ["with a blank note", { reason: "SPAM", note: " \n" }, { reason: "SPAM", note: "" }],
    ["without a reason", { note: "x" }, { reason: "report.reason_missing" }],
    ["with a reason that is none", { reason: "BORING" }, { reason: "report.reason_missing" }],
    ["with a reason every object has", { reason: "constructor" }, { reason: "report.reason_missing" }],
    ["with controls in its note", { reason: "OTHER", note: "a\u0000b" }, { reason: "OTHER", note: "ab" }],
    [
      "with the longest note",
      { reason: "OTHER", note: pirate.repeat(limits.reportNote) },
      { reason: "OTHER", note: pirate.repeat(limits.reportNote) },
    ],
    [
      "with a longer one",
      { reason: "OTHER", note: pirate.repeat(limits.reportNote + 1) },
      { note: "report.note_too_long" },
    ],
    ["with a megabyte", { reason: "OTHER", note: " ".repeat(2 ** 20) }, { note: "report.note_too_long" }],
    ["with fields it should not have", { reason: "OTHER", state: "UPHELD", userId: 1 }, { reason: "OTHER", note: "" }],
  ];
  it.each(table)("%s", (_sentence, input, expected) => expect(parsed(input)).toEqual(expected));
});

describe("how much a report counts", () => {
  it.each([
    ["of somebody new", 0, 0, 1],
    ["who was right once", 1, 0, 4 / 3],
    ["who was wrong once", 0, 1, 2 / 3],
    ["who was right as often as wrong", 5, 5, 1],
    ["who was always right, hardly twice", 1_000, 0, 1_001 / 501],
    ["who was always wrong, at least a quarter", 0, 100, 0.25],
    ["who was wrong six times", 0, 6, 0.25],
    ["who was wrong five times", 0, 5, 2 / 7],
  ])("%s", (_sentence, upheld, dismissed, weight) => expect(reportWeight({ upheld, dismissed })).toBeCloseTo(weight));
});
