// What may stand in a draft, and what two people's saves amount to together.
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type DraftFields, draftShape, sameFields } from "@/lib/domain/draft";
import { decideDraft, mergeDrafts } from "@/lib/domain/draft-merge";
import { limits } from "@/lib/domain/limits";

const schema = z.object(draftShape);
const typed = { title: "How do bees dance?", body: "They waggle." };

/** The fields as they are kept, or the first reason of each wrong one. */
function outcome(about: Record<string, string>) {
  const parsed = schema.safeParse({ ...typed, ...about });
  return parsed.success
    ? parsed.data
    : Object.fromEntries(parsed.error.issues.map(({ path, message }) => [path.join("."), message]));
}

describe("what is kept of what was typed", () => {
  it.each([
    ["an empty title is allowed: somebody is still thinking", { title: "  " }, { title: "" }],
    ["a title is one line", { title: " How \n do\tbees  dance? " }, { title: "How do bees dance?" }],
    ["line feeds are one character", { body: "a\r\nb\rc" }, { body: "a\nb\nc" }],
    ["spaces at the end of the text stay: two of them are a line break", { body: "a  \n" }, { body: "a  \n" }],
    ["an address is made one", { slug: "How DO bees/dance?" }, { slug: "how-do-bees-dance" }],
    ["an address of nothing that can be one is empty", { slug: "蜜蜂" }, { slug: "" }],
    [
      "topics are parted by commas of any script, each once",
      { topics: "Bees, dance،  BEES ,、Sun," },
      { topics: ["BEES", "dance", "Sun"] },
    ],
    ["no topics", { topics: " , " }, { topics: [] }],
  ])("%s", (_, about, kept) => {
    expect(outcome(about)).toMatchObject(kept);
  });

  it.each([
    ["a title", { title: "x".repeat(limits.title + 1) }, { title: "draft.title_too_long" }],
    ["a text", { body: "x".repeat(limits.articleBody + 1) }, { body: "draft.body_too_long" }],
    ["a megabyte", { body: "x".repeat(1_048_576) }, { body: "draft.body_too_long" }],
    ["a summary", { summary: "x".repeat(limits.summary + 1) }, { summary: "draft.summary_too_long" }],
    ["a topic", { topics: "x".repeat(limits.topicName + 1) }, { topics: "draft.topic_too_long" }],
    [
      "topics",
      { topics: Array.from({ length: limits.topics + 1 }, (_, n) => `t${n}`).join() },
      { topics: "draft.topics_too_many" },
    ],
    ["a licence", { licence: "x".repeat(limits.rightsLine + 1) }, { licence: "draft.line_too_long" }],
  ])("%s too long is told at its field", (_, about, reasons) => {
    expect(outcome(about)).toEqual(reasons);
  });

  it("a text of exactly the limit is kept, counted as people count", () => {
    const body = "🐝".repeat(limits.articleBody);
    expect(outcome({ body })).toMatchObject({ body });
  });
});

const base: DraftFields = {
  title: "How do bees dance?",
  slug: "how-do-bees-dance",
  topics: ["Bees", "Dance"],
  summary: "In eights.",
  body: "They waggle.\n\nThe sun is up.\n\nThey go home.\n",
  copyrightHolder: "Ada",
  licence: "CC BY 4.0",
};

describe("two saves that began from the same", () => {
  const rows: [string, Partial<DraftFields>, Partial<DraftFields>, Partial<DraftFields>, string[]][] = [
    [
      "changes of different fields come together",
      { title: "Why?" },
      { summary: "So." },
      { title: "Why?", summary: "So." },
      [],
    ],
    ["the same change is no conflict", { title: "Why?" }, { title: "Why?" }, { title: "Why?" }, []],
    [
      "two titles are one to decide, ours standing",
      { title: "Why?" },
      { title: "When?" },
      { title: "Why?" },
      ["title"],
    ],
    [
      "topics that one adds and the other takes out",
      { topics: ["Bees", "Dance", "Sun"] },
      { topics: ["Dance"] },
      { topics: ["Dance", "Sun"] },
      [],
    ],
    [
      "a topic in another spelling is the same",
      { topics: ["bees", "Dance"] },
      { topics: ["Bees", "Dance", "Sky"] },
      { topics: ["Bees", "Dance", "Sky"] },
      [],
    ],
    [
      "different places of the text",
      { body: base.body.replace("waggle", "dance") },
      { body: base.body.replace("home", "away") },
      { body: base.body.replace("waggle", "dance").replace("home", "away") },
      [],
    ],
    [
      "the same place of the text",
      { body: base.body.replace("waggle", "dance") },
      { body: base.body.replace("waggle", "sing") },
      {},
      ["body"],
    ],
    [
      "a title and a place",
      { title: "A", body: "x\n" },
      { title: "B", body: "y\n" },
      { title: "A" },
      ["title", "body"],
    ],
  ];
  it.each(rows)("%s", (_, ours, theirs, together, conflicts) => {
    const merged = mergeDrafts(base, { ...base, ...ours }, { ...base, ...theirs });
    expect(merged.fields).toMatchObject(together);
    expect(merged.conflicts.map(({ field }) => field)).toEqual(conflicts);
  });

  it("are decided in order", () => {
    const merged = mergeDrafts(base, { ...base, title: "A", body: "mine\n" }, { ...base, title: "B", body: "yours\n" });
    expect(decideDraft(merged, ["theirs", "both"])).toMatchObject({ title: "B", body: "mine\nyours\n" });
    expect(decideDraft(merged, ["ours", { own: "ours together" }])).toMatchObject({
      title: "A",
      body: "ours together\n",
    });
    expect(decideDraft(merged, [])).toMatchObject({ title: "A", body: "mine\n" });
  });

  it("of texts that went quite different ways are chosen between as a whole", () => {
    const lines = (word: string) =>
      Array.from({ length: 3 * limits.conflictsShown }, (_, n) => `${n % 3 ? "same" : word} ${n}\n`).join("");
    const merged = mergeDrafts(
      { ...base, body: lines("a") },
      { ...base, body: lines("b") },
      { ...base, body: lines("c") },
    );
    expect(merged.conflicts.length).toBeLessThanOrEqual(limits.conflictsShown);
    const far = (word: string) =>
      Array.from({ length: 9 * limits.conflictsShown }, (_, n) => `${n % 3 ? "same" : word} ${n}\n`).join("");
    const whole = mergeDrafts({ ...base, body: far("a") }, { ...base, body: far("b") }, { ...base, body: far("c") });
    expect(whole.conflicts).toHaveLength(1);
    expect(decideDraft(whole, ["theirs"]).body).toBe(far("c"));
  });
});

it("two states are the same when every field is", () => {
  expect(sameFields(base, { ...base, topics: [...base.topics] })).toBe(true);
  expect(sameFields(base, { ...base, licence: "" })).toBe(false);
});
