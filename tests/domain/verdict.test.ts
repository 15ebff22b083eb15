// Which verdicts a state allows, what travels with one, what can be taken back, and what each teaches.
import { describe, expect, it } from "vitest";
import { type CommentStatus, commentStatuses } from "@/lib/domain/comment";
import { type CommentEvent, commentMachine, takeBack } from "@/lib/domain/comment-moderation";
import { isDomainError } from "@/lib/domain/errors";
import { parsePersonKey, personKey } from "@/lib/domain/moderation-queue";
import { printSeen, taughtBy, type Verdict, verdictOfBulk, verdictsFor } from "@/lib/domain/verdict";
import { pickedItems, reasonOf, seenSchema } from "@/lib/domain/verdict-form";

describe("what can be decided", () => {
  it.each<[string, CommentStatus, { editWaits?: boolean; reported?: boolean }, Verdict[]]>([
    ["a held comment", "PENDING", {}, ["approve", "markSpam", "remove"]],
    ["a held comment with reports", "PENDING", { reported: true }, ["approve", "markSpam", "remove"]],
    ["spam", "SPAM", {}, ["approve", "remove"]],
    ["a removed comment", "REMOVED", {}, ["restore"]],
    ["what its author deleted", "DELETED", { reported: true }, []],
    ["what anybody can read", "PUBLISHED", {}, ["hold", "markSpam", "remove"]],
    ["what was reported", "PUBLISHED", { reported: true }, ["dismissReports", "hold", "markSpam", "remove"]],
    ["an edit", "PUBLISHED", { editWaits: true }, ["approveEdit", "declineEdit", "markSpam", "remove"]],
    [
      "an edit of what was reported",
      "PUBLISHED",
      { editWaits: true, reported: true },
      ["approveEdit", "declineEdit", "markSpam", "remove"],
    ],
  ])("about %s", (_what, status, { editWaits = false, reported = false }, expected) => {
    expect(verdictsFor({ status, editWaits, reported })).toEqual(expected);
  });

  it.each<[CommentStatus, boolean, boolean, Verdict | undefined]>([
    ["PENDING", false, false, "approve"],
    ["SPAM", false, false, "approve"],
    ["PUBLISHED", false, true, "dismissReports"],
    ["PUBLISHED", true, false, "approveEdit"],
    ["PUBLISHED", false, false, undefined],
    ["REMOVED", false, false, undefined],
    ["DELETED", false, false, undefined],
  ])("to let %s stand (edit: %s, reports: %s) is %s", (status, editWaits, reported, expected) => {
    expect(verdictOfBulk("approve", { status, editWaits, reported })).toBe(expected);
  });
});

describe("what was seen", () => {
  it.each(commentStatuses)("comes back as it went: %s", (status) => {
    const seen = { status, revision: 3, edit: "d41d8cd9", reported: status === "PUBLISHED" };
    expect(seenSchema.parse(printSeen(seen))).toEqual(seen);
  });

  it.each([
    "",
    "PENDING",
    "PENDING.0.d41d8cd9.0",
    "HELD.1.d41d8cd9.0",
    "PENDING.1.xyz.0",
    "PENDING.1.d41d8cd9.2",
    "x".repeat(9_000),
    7,
  ])("is nothing else: %s", (text) => {
    expect(seenSchema.safeParse(text).success).toBe(false);
  });

  it("is read from the boxes that were ticked, and from nothing else", () => {
    const fields = {
      "pick-7": "PENDING.1.d41d8cd9.0",
      "pick-x": "PENDING.1.d41d8cd9.0",
      "pick-8": "?",
      verdict: "approve",
    };
    expect(pickedItems(fields).map(({ id }) => id)).toEqual(["7"]);
    expect(() => pickedItems({ verdict: "approve" })).toThrow("verdict.none_chosen");
  });
});

describe("why a comment is removed", () => {
  it.each([
    ["a reason of the list", { reason: "ABUSE", words: "" }, "removal.ABUSE"],
    ["a reason of the list, whatever else was typed", { reason: "SPAM", words: "So there." }, "removal.SPAM"],
    ["own words", { reason: "OWN", words: "It was said before." }, "It was said before."],
    ["own words alone", { reason: "", words: "It was said before." }, "It was said before."],
    ["nothing", { reason: "", words: "" }, undefined],
    ["words that nobody can see", { reason: "OWN", words: "\u200b" }, undefined],
  ] as const)("%s", (_sentence, sent, kept) => {
    expect(reasonOf(sent)).toBe(kept);
  });
});

describe("taking back", () => {
  const events = Object.keys(commentMachine) as CommentEvent[];
  const changes = events.flatMap((event) =>
    commentStatuses.flatMap((from) => commentStatuses.map((now) => ({ event, from, now }))),
  );

  it("leads where it came from while the decision stands, and is refused in every other state", () => {
    for (const { event, from, now } of changes) {
      const { to, from: possible } = commentMachine[event];
      const allowed = event !== "delete" && possible.includes(from) && now === to;
      try {
        expect(takeBack(event, { from, to }, now)).toBe(from);
        expect(allowed, `${event} from ${from}, now ${now}`).toBe(true);
      } catch (error) {
        if (!isDomainError(error)) throw error;
        expect([allowed, error.code], `${event} from ${from}, now ${now}`).toEqual([false, "conflict"]);
      }
    }
  });
});

it.each<[string, Partial<Parameters<typeof taughtBy>[0] & object>, "spam" | "ham" | null]>([
  ["a moderator's spam", { kind: "MARK_SPAM" }, "spam"],
  ["a removal as spam", { kind: "REMOVE", reason: "removal.SPAM" }, "spam"],
  ["another removal", { kind: "REMOVE", reason: "removal.ABUSE" }, null],
  ["an approval", { kind: "APPROVE" }, "ham"],
  ["reports dismissed", { kind: "DISMISS_REPORTS" }, "ham"],
  ["a hold", { kind: "HOLD" }, null],
  ["an approval that takes spam back", { kind: "APPROVE", reversal: true }, null],
  ["spam that takes an approval back", { kind: "MARK_SPAM", reversal: true }, "spam"],
  ["what the site itself did", { kind: "MARK_SPAM", actorId: null }, null],
])("of the text, %s teaches: %s", (_sentence, line, expected) => {
  expect(taughtBy({ kind: "", actorId: 1, reason: "", reversal: false, to: null, ...line })).toBe(expected);
});

it("keeps members and guests apart by their keys", () => {
  expect(parsePersonKey(personKey({ handle: "ada_l", visitorId: null }))).toEqual({ handle: "ada_l" });
  expect(parsePersonKey(personKey({ handle: null, visitorId: 33 }))).toEqual({ visitorId: 33 });
  for (const key of ["", "guest-", "guest-0", "Ada", "a b", "../x", "x".repeat(31)])
    expect(parsePersonKey(key)).toBeUndefined();
});
