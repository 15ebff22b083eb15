// What becomes of what another system brings, as tables. Above all: what was not public there does not become public here.
import { describe, expect, test } from "vitest";
import {
  fateOfComment,
  fateOfPost,
  handleOf,
  type PostFacts,
  shortened,
  slugAttempt,
  slugOf,
  titleOf,
} from "@/lib/domain/imported-post";
import { limits } from "@/lib/domain/limits";

const now = new Date("2026-01-01T00:00:00Z");
const post = (facts: Partial<PostFacts>): PostFacts => ({
  ...{ type: "post", status: "publish", password: "", publishedAt: new Date("2013-01-01T00:00:00Z"), tooLarge: false },
  ...facts,
});

describe("posts", () => {
  test.each([
    ["a published post is published", post({}), "publish", undefined],
    ["a published page is published", post({ type: "page" }), "publish", undefined],
    ["with a password it is a draft", post({ password: "enter" }), "draft", "password-protected"],
    ["a password of one blank is a password", post({ password: " " }), "draft", "password-protected"],
    [
      "dated in the future it is a draft",
      post({ publishedAt: new Date("2030-01-01T00:00:00Z") }),
      "draft",
      "dated in the future",
    ],
    ["private is a draft", post({ status: "private" }), "draft", "private"],
    ["scheduled is a draft", post({ status: "future" }), "draft", "scheduled for a later day"],
    ["a draft is a draft", post({ status: "draft" }), "draft", "a draft"],
    ["pending is a draft", post({ status: "pending" }), "draft", "waiting for review"],
    [
      "an unknown state is a draft",
      post({ status: "wc-secret" }),
      "draft",
      "in a state that is not known here (wc-secret)",
    ],
    ["no state is a draft", post({ status: "" }), "draft", "in a state that is not known here (none)"],
    [
      "other letters are another state",
      post({ status: "Publish" }),
      "draft",
      "in a state that is not known here (Publish)",
    ],
    ["the bin stays behind", post({ status: "trash" }), "skip", "in the bin"],
    ["what nobody saved stays behind", post({ status: "auto-draft" }), "skip", "never saved by a person"],
    ["menus stay behind", post({ type: "nav_menu_item" }), "skip", "an entry of a menu"],
    ["unknown kinds stay behind", post({ type: "product" }), "skip", "of a kind that has no place here (product)"],
    ["what is too large stays behind", post({ tooLarge: true }), "skip", "larger than 32 million characters"],
  ])("%s", (_, facts, kind, reason) => {
    const fate = fateOfPost(facts, now);
    expect(fate.kind).toBe(kind);
    expect("reason" in fate ? fate.reason : undefined).toBe(reason);
  });
});

describe("comments", () => {
  test.each([
    ["approved is published", { type: "", approved: "1" }, { kind: "comment", status: "PUBLISHED" }],
    ["newer exports name the kind", { type: "comment", approved: "1" }, { kind: "comment", status: "PUBLISHED" }],
    ["held stays held", { type: "", approved: "0" }, { kind: "comment", status: "PENDING" }],
    ["an unknown state is held", { type: "", approved: "perhaps" }, { kind: "comment", status: "PENDING" }],
    ["spam stays behind", { type: "", approved: "spam" }, { kind: "skip", reason: "spam" }],
    ["the bin stays behind", { type: "", approved: "trash" }, { kind: "skip", reason: "in the bin" }],
    ["a pingback is a notice", { type: "pingback", approved: "1" }, { kind: "pingback" }],
    ["a trackback is a notice", { type: "trackback", approved: "1" }, { kind: "pingback" }],
    [
      "a held notice stays behind",
      { type: "pingback", approved: "0" },
      { kind: "skip", reason: "a pingback that was not approved" },
    ],
    [
      "a plugin's notes stay behind",
      { type: "order_note", approved: "1" },
      { kind: "skip", reason: "of a plugin's own kind (order_note)" },
    ],
  ])("%s", (_, comment, fate) => expect(fateOfComment(comment, "list")).toEqual(fate));

  test("notices stay behind when asked to", () => {
    expect(fateOfComment({ type: "pingback", approved: "1" }, "skip")).toEqual({
      kind: "skip",
      reason: "a pingback, skipped as you asked",
    });
  });
});

describe("titles, addresses, handles", () => {
  test.each([
    ["kept", "A title", "text", { title: "A title", whole: null, borrowed: false }],
    [
      "missing: the first words stand for it",
      "",
      "These are the first words of a text that is long enough to be cut",
      { title: "These are the first words of a text that is long enough to…", whole: null, borrowed: true },
    ],
    ["invisible is missing", "\u200b\u00a0", "Text", { title: "Text", whole: null, borrowed: true }],
    ["with nothing at all", "", "", { title: "Untitled", whole: null, borrowed: true }],
  ])("a title: %s", (_, given, opening, expected) => expect(titleOf(given, opening)).toEqual(expected));

  test("a title that is too long is cut at a word, and given whole", () => {
    const long = "word ".repeat(100).trim();
    const { title, whole } = titleOf(long, "");
    expect(whole).toBe(long);
    expect(Array.from(title).length).toBeLessThanOrEqual(limits.title);
    expect(title).toMatch(/word…$/);
  });

  test("one word that is too long is cut where it must be, by code points", () => {
    expect(Array.from(shortened("𝒳".repeat(300), 200))).toHaveLength(200);
  });

  test.each([
    ["a good one is kept", "my-post", "x", "my-post"],
    ["an encoded one is read", "%ce%b5%cf%80%ce%af-2", "x", "epi-2"],
    ["a broken one is made good", "My_Post!%", "x", "my-post"],
    ["a missing one comes of the title", "", "Über Äpfel", "ueber-aepfel"],
    ["from signs alone comes none", "", "日本語", ""],
  ])("an address: %s", (_, given, title, slug) => expect(slugOf(given, title)).toBe(slug));

  test.each([
    ["post", 1, "post"],
    ["post", 2, "post-2"],
    ["a".repeat(80), 12, `${"a".repeat(77)}-12`],
    [`${"a".repeat(77)}-bc`, 2, `${"a".repeat(77)}-2`],
  ])("address %s, attempt %d: %s", (slug, attempt, expected) => expect(slugAttempt(slug, attempt)).toBe(expected));

  test.each([
    ["anna", 1, "anna"],
    ["Anna.Ünal@example.org", 1, "anna_uenal_example_org"],
    ["日本", 1, "author"],
    ["x", 1, "x__"],
    ["anna", 3, "anna_3"],
    ["a".repeat(60), 2, `${"a".repeat(28)}_2`],
  ])("handle of %s, attempt %d: %s", (login, attempt, handle) => {
    expect(handleOf(login, attempt)).toBe(handle);
    expect(handle).toMatch(/^[a-z0-9_]{3,30}$/);
  });
});
