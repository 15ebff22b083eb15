// A text on its way through review: every verb in every state, who may and who may not, and two who decide at once.
import { beforeAll, describe, expect, it } from "vitest";
import type { MemberActor } from "@/lib/domain/actor";
import { type RevisionEvent, type RevisionState, revisionMachine, revisionStates } from "@/lib/domain/article-workflow";
import { unpublish } from "@/lib/services/manage-published";
import { publish, requestChanges, schedule } from "@/lib/services/review-revision";
import { submitRevision } from "@/lib/services/submit-revision";
import { takeUpAgain, withdrawRevision } from "@/lib/services/withdraw-revision";
import { by, refusalOf } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";
import { aDraft, aPerson, aRevision, published, rewrite, seen, sentBack, submitted, type TestDraft } from "./arrange";

const db = freshDatabase();

let author: MemberActor;
let editor: MemberActor;
let other: MemberActor;
let admin: MemberActor;
beforeAll(async () => {
  author = await aPerson("Author", "AUTHOR");
  editor = await aPerson("Editor", "EDITOR");
  other = await aPerson("Other", "EDITOR");
  admin = await aPerson("Admin", "ADMIN");
});

const tomorrow = () => new Date(Date.now() + 86_400_000);
const forReaders = { class: "UPDATE", note: "The sun moves." } as const;

const stateOf = async ({ revisionId }: TestDraft) =>
  (await db.sql("SELECT state FROM revisions WHERE id = $1", [revisionId]))[0]?.state;
const recordOf = async ({ revisionId }: TestDraft) =>
  (await db.sql(
    "SELECT kind, from_state, to_state, actor_id, reason FROM editorial_actions WHERE revision_id = $1 ORDER BY id",
    [revisionId],
  )) as { kind: string; from_state: string; to_state: string; actor_id: number; reason: string }[];

/** A draft of the author's, brought into a state by the services. */
const inState: Record<RevisionState, () => Promise<TestDraft>> = {
  DRAFT: () => aDraft(author),
  IN_REVIEW: async () => submitted(author, await aDraft(author)),
  CHANGES_REQUESTED: async () => sentBack(author, editor, await aDraft(author)),
  SCHEDULED: async () => {
    const draft = await submitted(author, await aDraft(author));
    await schedule(by(editor), { ...(await seen(draft)), ...forReaders, at: tomorrow() });
    return draft;
  },
  PUBLISHED: async () => published(author, editor, { draft: await aDraft(author) }),
  SUPERSEDED: async () => {
    const draft = await published(author, editor, { draft: await aDraft(author) });
    await unpublish(by(editor), { revisionId: draft.revisionId, reason: "Wrong." });
    return draft;
  },
  WITHDRAWN: async () => {
    const draft = await aDraft(author);
    await withdrawRevision(by(author), { revisionId: draft.revisionId, reason: "" });
    return draft;
  },
};

/** "supersede" happens to a revision when the next is published. */
const verbs: Record<Exclude<RevisionEvent, "supersede">, (draft: TestDraft) => Promise<unknown>> = {
  submit: ({ revisionId }) => submitRevision(by(author), { revisionId, note: "Please read." }),
  requestChanges: async (draft) => requestChanges(by(editor), { ...(await seen(draft)), reason: "Say more." }),
  publish: async (draft) => publish(by(editor), { ...(await seen(draft)), ...forReaders }),
  schedule: async (draft) => schedule(by(editor), { ...(await seen(draft)), ...forReaders, at: tomorrow() }),
  withdraw: ({ revisionId }) => withdrawRevision(by(author), { revisionId, reason: "" }),
  unpublish: ({ revisionId }) => unpublish(by(editor), { revisionId, reason: "Wrong." }),
};

describe.each(revisionStates)("in state %s", (from) => {
  it.each(Object.keys(verbs) as (keyof typeof verbs)[])(
    "%s goes where the machine says, with one line in the record, or nowhere",
    async (event) => {
      const draft = await inState[from]();
      const before = await recordOf(draft);
      const allowed = revisionMachine[event].from.includes(from);
      expect(await refusalOf(verbs[event](draft))).toBe(allowed ? "done" : "conflict state.changed");
      expect(await stateOf(draft)).toBe(allowed ? revisionMachine[event].to : from);
      const added = (await recordOf(draft)).slice(before.length);
      expect(added.map(({ from_state, to_state }) => [from_state, to_state])).toEqual(
        allowed ? [[from, revisionMachine[event].to]] : [],
      );
    },
  );
});

describe("who may", () => {
  const refused = (verb: string) => `forbidden forbidden.${verb}`;

  it.each([
    ["its writer hands it in", () => author, "done"],
    ["an editor who does not write it does not hand it in", () => editor, refused("draft.submit")],
  ])("%s", async (_, who, outcome) => {
    const { revisionId } = await aDraft(author);
    expect(await refusalOf(submitRevision(by(who()), { revisionId, note: "" }))).toBe(outcome);
  });

  it.each([
    ["an editor reviews", () => editor, "done"],
    ["its writer does not", () => author, refused("revision.review")],
    ["an admin reviews", () => admin, "done"],
  ])("%s", async (_, who, outcome) => {
    const draft = await submitted(author, await aDraft(author));
    expect(await refusalOf(publish(by(who()), { ...(await seen(draft)), class: null, note: "" }))).toBe(outcome);
  });

  it("no editor reviews their own text, nor one that they have saved into; an admin may", async () => {
    const own = await submitted(editor, await aDraft(editor));
    expect(await refusalOf(verbs.publish(own))).toBe(refused("revision.review"));
    const helped = await aDraft(author);
    await rewrite(editor, helped, { body: "They waggle in the dark." });
    await submitted(author, helped);
    expect(await refusalOf(verbs.requestChanges(helped))).toBe(refused("revision.review"));
    const mine = await submitted(admin, await aDraft(admin));
    expect(await refusalOf(publish(by(admin), { ...(await seen(mine)), class: null, note: "" }))).toBe("done");
  });

  it("an editor takes back what a day was set for, but not what still waits", async () => {
    const scheduled = await inState.SCHEDULED();
    expect(await refusalOf(withdrawRevision(by(other), { ...scheduled, reason: "Not yet." }))).toBe("done");
    const waiting = await inState.IN_REVIEW();
    expect(await refusalOf(withdrawRevision(by(other), { ...waiting, reason: "" }))).toBe(refused("revision.withdraw"));
  });

  it("what does not exist is not found", async () => {
    const nothing = { revisionId: 2_000_000_000, saveNumber: 1 };
    expect(await refusalOf(publish(by(editor), { ...nothing, ...forReaders }))).toBe("not_found");
  });
});

describe("what is asked for", () => {
  it.each([
    ["a reason with changes", (draft: TestDraft) => ask(draft), "invalid reason=reason.missing"],
    ["a time to come", (draft: TestDraft) => day(draft, new Date(Date.now() - 1_000)), "invalid at=schedule.past"],
    [
      "a time within a year",
      (draft: TestDraft) => day(draft, new Date(Date.now() + 400 * 86_400_000)),
      "invalid at=schedule.too_far",
    ],
  ])("%s", async (_, attempt, outcome) => {
    const draft = await inState.IN_REVIEW();
    expect(await refusalOf(attempt(draft))).toBe(outcome);
    expect(await stateOf(draft)).toBe("IN_REVIEW");
  });

  const ask = async (draft: TestDraft) => requestChanges(by(editor), { ...(await seen(draft)), reason: "" });
  const day = async (draft: TestDraft, at: Date) => schedule(by(editor), { ...(await seen(draft)), ...forReaders, at });

  it("class and note for a revision of what readers know, none for a first text", async () => {
    const first = await inState.PUBLISHED();
    expect(await db.sql("SELECT class, note FROM revisions WHERE id = $1", [first.revisionId])).toEqual([
      { class: null, note: "" },
    ]);
    const next = await submitted(author, await aRevision(author, first, { body: "They waggle, and more." }));
    expect(await refusalOf(publish(by(editor), { ...(await seen(next)), class: null, note: "" }))).toBe(
      "invalid class=revisionClass.missing note=revisionNote.missing",
    );
  });

  it.each([
    ["a title", "title", "invalid title=title.missing"],
    ["a text", "body", "invalid body=article.empty"],
  ])("%s that can be seen before it is handed in", async (_, column, outcome) => {
    const draft = await aDraft(author);
    await db.sql(`UPDATE revisions SET ${column} = $2 WHERE id = $1`, [draft.revisionId, "\u200b"]);
    expect(await refusalOf(submitRevision(by(author), { ...draft, note: "" }))).toBe(outcome);
  });

  it("something that differs from what readers see", async () => {
    const live = await published(author, editor, { draft: await aDraft(author, { topics: ["Bees"] }) });
    const same = await aRevision(author, live);
    expect(await refusalOf(submitRevision(by(author), { ...same, note: "" }))).toBe("invalid submit.unchanged");
    await rewrite(author, same, { topics: ["Bees", "Dances"] });
    expect(await refusalOf(submitRevision(by(author), { ...same, note: "" }))).toBe("done");
  });
});

describe("the record", () => {
  it("tells who did what, from which state to which, and why", async () => {
    const draft = await inState.DRAFT();
    const { revisionId } = draft;
    await submitRevision(by(author), { revisionId, note: "Is the second part clear?" });
    await requestChanges(by(editor), { ...(await seen(draft)), reason: "It is not." });
    await rewrite(author, draft, { body: "They waggle, clearly." });
    await submitRevision(by(author), { revisionId, note: "Now?" });
    await publish(by(other), { ...(await seen(draft)), class: null, note: "" });
    expect(await recordOf(draft)).toEqual([
      line("SUBMIT", "DRAFT", "IN_REVIEW", author, "Is the second part clear?"),
      line("REQUEST_CHANGES", "IN_REVIEW", "CHANGES_REQUESTED", editor, "It is not."),
      line("SUBMIT", "CHANGES_REQUESTED", "IN_REVIEW", author, "Now?"),
      line("PUBLISH", "IN_REVIEW", "PUBLISHED", other, ""),
    ]);
  });

  const line = (kind: string, from: RevisionState, to: RevisionState, actor: MemberActor, reason: string) => ({
    ...{ kind, from_state: from, to_state: to, actor_id: actor.userId, reason },
  });
});

it("a withdrawn text is taken up again by its writer, in a new draft, once", async () => {
  const withdrawn = await inState.WITHDRAWN();
  expect(await refusalOf(takeUpAgain(by(await aPerson("Stranger", "AUTHOR")), withdrawn))).toMatch(/^forbidden/);
  await takeUpAgain(by(author), withdrawn);
  const rows = await db.sql("SELECT number, state, body FROM revisions WHERE article_id = $1 ORDER BY number", [
    withdrawn.articleId,
  ]);
  expect(rows.map(({ state, body }) => [state, body])).toEqual([
    ["WITHDRAWN", "They waggle."],
    ["DRAFT", "They waggle."],
  ]);
  expect(await refusalOf(takeUpAgain(by(author), withdrawn))).toBe("conflict draft.open_already");
  expect(await refusalOf(takeUpAgain(by(author), await inState.SUPERSEDED()))).toBe("conflict state.changed");
});

it.each(["IN_REVIEW", "SCHEDULED", "PUBLISHED", "SUPERSEDED", "WITHDRAWN"] as const)(
  "the words of a text that is %s are rewritten by nobody, not even by a statement of one's own (R85)",
  async (state) => {
    const { revisionId } = await inState[state]();
    const rewriting = db.sql("UPDATE revisions SET body = 'Other words.' WHERE id = $1", [revisionId]);
    await expect(rewriting).rejects.toThrow(/cannot be rewritten/);
  },
);

describe("at once", () => {
  it.each([
    ["two who publish", verbs.publish, (draft: TestDraft) => publishAs(other, draft)],
    ["one who publishes and one who asks for changes", verbs.publish, verbs.requestChanges],
    ["one who publishes and the writer who withdraws", verbs.publish, verbs.withdraw],
    ["one who asks for changes and one who sets a day", verbs.requestChanges, verbs.schedule],
  ])("%s: one wins, the other hears of it", async (_, one, another) => {
    const draft = await inState.IN_REVIEW();
    const before = (await recordOf(draft)).length;
    const outcomes = await Promise.all([refusalOf(one(draft)), refusalOf(another(draft))]);
    expect(outcomes.sort()).toEqual(["conflict state.changed", "done"]);
    expect(await recordOf(draft)).toHaveLength(before + 1);
  });

  const publishAs = async (who: MemberActor, draft: TestDraft) =>
    publish(by(who), { ...(await seen(draft)), ...forReaders });

  it("a text that was changed and handed in again is not the one that was read", async () => {
    const draft = await inState.IN_REVIEW();
    const read = await seen(draft);
    await requestChanges(by(other), { ...read, reason: "Say more." });
    await rewrite(author, draft, { body: "Something else altogether." });
    await submitted(author, draft);
    expect(await refusalOf(publish(by(editor), { ...read, class: null, note: "" }))).toBe("conflict review.changed");
  });

  it("a save that came after the writer looked stops the hand-in", async () => {
    const draft = await inState.DRAFT();
    const { saveNumber } = await seen(draft);
    await rewrite(other, draft, { body: "They waggle, says somebody else." });
    const attempt = submitRevision(by(author), { revisionId: draft.revisionId, saveNumber, note: "" });
    expect(await refusalOf(attempt)).toBe("conflict draft.saved_meanwhile");
  });
});
