// What of a form is kept on the page when its sender is not logged in any more.
import { expect, it } from "vitest";
import { written } from "@/lib/web/form-state";

it.each([
  ["sentences", "One.\n\nTwo, which must not be lost.", true],
  ["a title", "How do ants count?", true],
  ["Japanese, which has no spaces", "\u6771\u4eac\u306e\u5ddd\u306f\u6d77\u306b\u6d41\u308c\u308b\u3002", true],
  ["one word with an accent", "caf\u00e9", true],
  ["a number", "128", false],
  ["an address", "/desk/drafts/3?view=source", false],
  ["a day", "2026-11-23T20:00", false],
  ["nothing but spaces", "  \n ", false],
  ["nothing", "", false],
])("%s", (_, value, kept) => {
  expect(written({ body: value })).toEqual(kept ? [value] : []);
});

it("the same text in two fields stands there once", () => {
  expect(written({ base: "One. Two.", body: "One. Two.", intent: "save" })).toEqual(["One. Two."]);
});
