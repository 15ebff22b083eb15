// Private notes on a draft: who writes and sees them, where they stand as the text goes on changing, and what becomes of them when their
// author leaves or takes their data along.
import { strFromU8, unzipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import type { MemberActor } from "@/lib/domain/actor";
import { archiveOf } from "@/lib/services/archive";
import { addNote, settle } from "@/lib/services/draft-notes";
import { removeAccount } from "@/lib/services/leave";
import { readMe } from "@/lib/services/read-me";
import { readReview, readReviewDesk, readRevisionAside } from "@/lib/services/read-review";
import { systemContext } from "@/lib/services/system-context";
import { withdrawRevision } from "@/lib/services/withdraw-revision";
import { by, refusalOf, stranger } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";
import { aDraft, aPerson, aRevision, published, rewrite, submitted, type TestDraft } from "./arrange";

const db = freshDatabase();

let author: MemberActor;
let editor: MemberActor;
let member: MemberActor;
beforeAll(async () => {
  author = await aPerson("Author", "AUTHOR");
  editor = await aPerson("Editor", "EDITOR");
  member = await aPerson("Member");
});

const body = "# Bees\n\nThey waggle.\n\nThey sleep.";
const notesOn = async (draft: TestDraft) => (await readRevisionAside(by(author), draft)).notes;

describe("a note", () => {
  it("stands at its line while the text around it changes, and is lost when the line is gone", async () => {
    const draft = await aDraft(author, { body });
    await addNote(by(editor), { revisionId: draft.revisionId, line: 5, body: "Do they?" });
    await addNote(by(author), { revisionId: draft.revisionId, line: null, body: "On the whole." });
    expect(await notesOn(draft)).toMatchObject([
      { line: 5, quote: "They sleep.", lost: false, author: { name: editor.displayName } },
      { line: null, quote: "", lost: false },
    ]);
    await rewrite(author, draft, { body: `New above.\n\n${body}` });
    expect(await notesOn(draft)).toMatchObject([{ line: 7, lost: false }, {}]);
    await rewrite(author, draft, { body: "They never sleep." });
    expect(await notesOn(draft)).toMatchObject([{ line: null, quote: "They sleep.", lost: true }, {}]);
  });

  it("is settled once, by whoever was first, and can be opened again", async () => {
    const draft = await aDraft(author, { body });
    const { id } = await addNote(by(editor), { revisionId: draft.revisionId, line: 1, body: "A better title?" });
    await Promise.all([
      settle(by(author), { noteId: id, settled: true }),
      settle(by(editor), { noteId: id, settled: true }),
    ]);
    expect((await notesOn(draft))[0]?.resolvedBy).toMatchObject({ name: expect.any(String) });
    await settle(by(editor), { noteId: id, settled: false });
    expect((await notesOn(draft))[0]).toMatchObject({ resolvedAt: null, resolvedBy: null });
  });

  it.each([
    ["at an empty line", 2],
    ["below the end", 99],
  ])("is refused %s", async (_, line) => {
    const { revisionId } = await aDraft(author, { body });
    expect(await refusalOf(addNote(by(author), { revisionId, line, body: "x" }))).toBe(
      "invalid line=note.no_such_line",
    );
  });
});

describe("nobody else", () => {
  it.each([
    ["writes one", (draft: TestDraft) => addNote(by(member), { ...draft, line: null, body: "x" })],
    ["reads them", (draft: TestDraft) => readRevisionAside(by(member), draft)],
    ["reads what waits", (draft: TestDraft) => readReview(by(member), draft)],
    ["reads it as a stranger", (draft: TestDraft) => readReview(by(stranger), draft)],
    ["enters the review desk", () => readReviewDesk(by(author))],
    [
      "settles one",
      async (draft: TestDraft) =>
        settle(by(member), {
          noteId: (await addNote(by(author), { ...draft, line: null, body: "x" })).id,
          settled: true,
        }),
    ],
  ])("%s", async (_, attempt) => {
    expect(await refusalOf(attempt(await submitted(author, await aDraft(author, { body }))))).toMatch(/^forbidden/);
  });
});

describe("the review desk", () => {
  it("lists what waits, oldest first, with what was said and whether one may decide", async () => {
    await db.sql("UPDATE revisions SET state = 'WITHDRAWN' WHERE state = 'IN_REVIEW'");
    const first = await submitted(author, await aDraft(author));
    const own = await submitted(editor, await aDraft(editor));
    const desk = await readReviewDesk(by(editor));
    expect(desk.waiting.map(({ revisionId, own: mine }) => [revisionId, mine])).toEqual([
      [first.revisionId, false],
      [own.revisionId, true],
    ]);
    expect(desk.waitingCount).toBe(2);
    await withdrawRevision(by(author), { revisionId: first.revisionId, reason: "" });
    expect((await readReviewDesk(by(editor))).waitingCount).toBe(1);
  });

  it("compares with what readers see, and a first text with nothing", async () => {
    const first = await submitted(author, await aDraft(author, { body }));
    expect(await readReview(by(editor), first)).toMatchObject({ base: null, known: false, may: { review: true } });
    const live = await published(author, editor, {
      draft: await aDraft(author, { body, topics: ["Bees"], slug: "compared" }),
    });
    const next = await aRevision(author, live, { body: `${body}\n\nMore.`, slug: "" });
    expect(await readReview(by(editor), next)).toMatchObject({
      base: { id: live.revisionId, slug: "compared", topics: ["Bees"] },
      revision: { slug: "compared", html: expect.stringContaining("More.") },
      ...{ known: true, may: { review: false, note: true, withdraw: false } },
    });
  });
});

it("tells the browser who may revise and manage an article", async () => {
  await published(author, editor, { draft: await aDraft(author, { slug: "whose" }) });
  const may = async (actor: MemberActor) => (await readMe(by(actor), { slug: "whose" })).article?.may ?? null;
  expect([await may(author), await may(editor), await may(member)]).toEqual([["revise"], ["revise", "manage"], null]);
});

describe("one's own data", () => {
  it("has drafts, notes, and what one did with texts", async () => {
    const own = await aPerson("Own", "AUTHOR");
    const draft = await aDraft(own, { title: "Mine alone", body });
    await addNote(by(own), { ...draft, line: 3, body: "To be said better." });
    await submitted(own, draft);
    const files = unzipSync(await archiveOf(own.userId));
    const told = Object.entries(files)
      .map(([name, bytes]) => `${name}: ${strFromU8(bytes)}`)
      .join("\n");
    for (const part of ["Mine alone", "To be said better.", '"kind": "SUBMIT"']) expect(told).toContain(part);
  });

  it.each([
    ["DELETE", 0],
    ["DISOWN", 1],
  ])("leaving with %s leaves %i of their notes, the text, and the record", async (mode, notes) => {
    const leaver = await aPerson("Leaver", "AUTHOR");
    const draft = await submitted(leaver, await aDraft(leaver, { body }));
    await addNote(by(leaver), { ...draft, line: 3, body: "Mine." });
    await db.sql("UPDATE users SET leaving_at = now() - interval '1 second', leaving_mode = $2 WHERE id = $1", [
      leaver.userId,
      mode,
    ]);
    await removeAccount(systemContext(), { userId: leaver.userId });
    const review = await readReview(by(editor), draft);
    expect(review.notes.map((note) => note.author)).toEqual(
      Array.from({ length: notes }, () => ({ name: "Former member", handle: null })),
    );
    expect([review.revision.body, review.revision.author?.name, review.record[0]?.kind]).toEqual([
      ...[body, "Former member", "SUBMIT"],
    ]);
  });
});
