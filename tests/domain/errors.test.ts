// Every way to be refused has a status and a sentence: the codes by their closed list, the reasons by reading the sources.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { HoldReason } from "@/lib/domain/comment-screening";
import { DomainError, type ErrorCode, errorCodes, isDomainError } from "@/lib/domain/errors";
import { reportReasons } from "@/lib/domain/report";
import { hasSentence, holdSentence, reportReasonLabels, sentence } from "@/lib/ui/labels";
import { logReason } from "@/lib/ui/log-words";
import { problemOf } from "@/lib/web/problem";

const statuses: Record<ErrorCode, number> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  closed: 423,
  rate_limited: 429,
  too_large: 413,
  unavailable: 503,
};

describe("every code", () => {
  it.each(errorCodes)("%s has its status and a sentence", (code) => {
    const problem = problemOf(new DomainError(code));
    expect(problem).toMatchObject({ code, status: statuses[code], detail: sentence(code) });
    expect(hasSentence(code)).toBe(true);
  });

  it("of the list is in the table, and no other", () => {
    expect(Object.keys(statuses).sort()).toEqual([...errorCodes].sort());
  });
});

function sourcesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "generated" ? [] : sourcesUnder(path);
    return /\.tsx?$/.test(entry.name) ? [readFileSync(path, "utf8")] : [];
  });
}

/** Reasons stand as `reason: "…"`, `reason("…")`, or as a field's value in `fields: { name: "…" }`. */
function reasonsIn(source: string): string[] {
  const direct = source.matchAll(/\breason(?::\s*|\()["'`]([a-zA-Z_]+\.[a-zA-Z_.]+)["'`]/g);
  const fields = [...source.matchAll(/\bfields:\s*\{([^{}]*)\}/g)].flatMap(([, inside = ""]) => [
    ...inside.matchAll(/:\s*["'`]([a-zA-Z_]+\.[a-zA-Z_.]+)["'`]/g),
  ]);
  return [...direct, ...fields].map(([, reason = ""]) => reason);
}

const reasons = [...new Set(["lib", "app"].flatMap(sourcesUnder).flatMap(reasonsIn))].sort();

describe("every reason in the sources", () => {
  it("is found", () => {
    // One of each way to write it: a thrown reason, a schema's, a field's.
    expect(reasons).toEqual(expect.arrayContaining(["thread.locked", "comment.too_long", "name.taken", "key.reused"]));
    expect(reasons.length).toBeGreaterThan(15);
  });

  it.each(reasons)("%s has a sentence", (reason) => {
    expect(hasSentence(reason)).toBe(true);
    expect(sentence(reason)).toMatch(/^[A-Z].*\.$/);
  });

  it.each(["comment.edit", "comment.delete"])("refusing %s has its own", (permission) => {
    expect(hasSentence(`forbidden.${permission}`)).toBe(true);
  });
});

it("says what a reason without a sentence of its own is by its code", () => {
  const error = new DomainError("forbidden", { reason: "forbidden.site.import" });
  expect(problemOf(error)?.detail).toBe(sentence("forbidden"));
});

it("names every reason for which a comment or an edit waits, and has words for those it does not know", () => {
  const held: Record<HoldReason, string> = {
    links: holdSentence("links"),
    suspicion: holdSentence("suspicion"),
    renderer: holdSentence("renderer"),
    unverified: holdSentence("unverified"),
    muted: holdSentence("muted"),
    premoderated: holdSentence("premoderated"),
    all: holdSentence("all"),
    first: holdSentence("first"),
    words: holdSentence("words"),
    host: holdSentence("host"),
    pattern: holdSentence("pattern"),
    spam: holdSentence("spam"),
    opinion: holdSentence("opinion"),
  };
  for (const [reason, words] of Object.entries(held)) {
    expect(words).toMatch(/moderator/);
    expect(holdSentence(`edit.${reason}`)).toBe(words);
  }
  for (const unknown of ["", "constructor", "A moderator's own words"])
    expect(holdSentence(unknown)).toMatch(/moderator/);
});

it("names the kind of rule that held for everybody, but not who is looked at first", () => {
  const line = (reason: string) => logReason({ kind: "HOLD", reason, reversal: false });
  const kinds = ["words", "host", "pattern", "links", "first", "all", "spam", "opinion", "suspicion", "reports"];
  const said = kinds.map(line);
  expect(new Set(said).size).toBe(kinds.length);
  for (const words of said) expect(words).toMatch(/^[A-Z].*\.$/);
  expect([line("muted"), line("premoderated")]).toEqual([line("all"), line("all")]);
  expect(line("edit.words")).toBe(`An edit waits. ${line("words")}`);
  expect(line("constructor")).toBe("");
});

it("labels every reason to report", () => {
  expect(Object.keys(reportReasonLabels).sort()).toEqual([...reportReasons].sort());
});

describe("isDomainError", () => {
  const fromTheOtherWorld = Object.assign(new Error("conflict"), {
    name: "DomainError",
    code: "conflict",
    details: {},
  });
  const table: [string, unknown, boolean][] = [
    ["ours", new DomainError("conflict"), true],
    ["one of the other module world", fromTheOtherWorld, true],
    ["another error with a code", Object.assign(new Error("x"), { code: "ECONNRESET" }), false],
    ["an object that looks like one", { name: "DomainError", code: "conflict", details: {} }, false],
    ["nothing", undefined, false],
  ];
  it.each(table)("%s", (_what, error, expected) => expect(isDomainError(error)).toBe(expected));
});
