// Saving drafts: one after the other, two at once, too late, and by whom one may.
import { describe, expect, it } from "vitest";
import type { Actor, MemberActor } from "@/lib/domain/actor";
import type { DraftFields } from "@/lib/domain/draft";
import { limits } from "@/lib/domain/limits";
import { cleanUp } from "@/lib/services/clean-up";
import { readDesk, readDrafts } from "@/lib/services/read-desk";
import { heartbeat, readDraft, readSave, readSaves } from "@/lib/services/read-draft";
import { restoreSave } from "@/lib/services/restore-save";
import { reviseArticle } from "@/lib/services/revise-article";
import { readConflict, saveDraft } from "@/lib/services/save-draft";
import { startArticle } from "@/lib/services/start-article";
import { withdrawRevision } from "@/lib/services/withdraw-revision";
import { database } from "@/lib/store/client";
import { readEditorialRecord } from "@/lib/store/editorial-log";
import { readRevisionInHand } from "@/lib/store/revision-states";
import { attributionOf, wordsByAuthor } from "@/lib/text/attribution";
import { anArticle, by, refusalOf, stranger, withoutRateLimits } from "@/tests/services/arrange";
import { aDraft, aPerson, published, submitted } from "@/tests/services/desk/arrange";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

const body = "Bees dance.\n\nThe sun is up.\n\nThey go home.\n";

async function draftOf(actor: MemberActor, articleId: number) {
  const draft = await readDraft(by(actor), { articleId });
  if (draft.kind === "none") throw new Error("The article has no draft.");
  return draft;
}

/** A draft that both have before them as it is. */
async function openForBoth() {
  const [ada, ben] = [await aPerson("Ada", "AUTHOR"), await aPerson("Ben", "EDITOR")];
  const { articleId, revisionId } = await aDraft(ada, { body });
  const { fields, saveNumber } = await draftOf(ada, articleId);
  const save = (actor: Actor, about: Partial<DraftFields>, from = saveNumber) =>
    saveDraft(by(actor), { revisionId, saveNumber: from, fields: { ...fields, ...about } });
  return { ada, ben, articleId, revisionId, fields, saveNumber, save };
}

describe("beginning", () => {
  it("an author begins an article that readers do not find, and the record tells of it", async () => {
    const ada = await aPerson("Ada", "AUTHOR");
    const { articleId } = await startArticle(by(ada), { title: "How do bees dance?" });
    const draft = await draftOf(ada, articleId);
    expect(draft).toMatchObject({ state: "DRAFT", livePath: null, saveNumber: 1, writers: [ada.displayName] });
    expect(draft.fields).toMatchObject({ title: "How do bees dance?", slug: "how-do-bees-dance", body: "" });
    const record = await readEditorialRecord(database(), { articleId, limit: 5 });
    expect(record.map(({ kind, to }) => [kind, to])).toEqual([["START", "DRAFT"]]);
  });

  it("a member without a role does not, unless the site lets every member write", async () => {
    const eve = await aPerson("Eve");
    expect(await refusalOf(startArticle(by(eve), { title: "Mine" }))).toMatch(/^forbidden/);
    await database().setting.create({ data: { key: "site.membersWrite", value: true } });
    expect(await refusalOf(startArticle(by(eve), { title: "Mine" }))).toBe("done");
    await database().setting.delete({ where: { key: "site.membersWrite" } });
  });

  it("a revision begins with the text that readers see, once for however many press the button", async () => {
    const [ada, ben] = [await aPerson("Ada", "AUTHOR"), await aPerson("Ben", "EDITOR")];
    const live = await published(ada, ben, { draft: await aDraft(ada, { body, topics: ["Bees"] }) });
    await Promise.all([1, 2, 3].map(() => reviseArticle(by(ben), { articleId: live.articleId })));
    const draft = await draftOf(ben, live.articleId);
    expect(draft).toMatchObject({ number: 2, state: "DRAFT", fields: { body, topics: ["Bees"] }, wasLive: true });
    const row = await readRevisionInHand(database(), draft.revisionId);
    expect(attributionOf(row?.attribution)).toEqual([[ada.userId, 9]]);
  });

  it("an imported text begins as of unknown hand", async () => {
    const [ben, { articleId }] = [await aPerson("Ben", "EDITOR"), await anArticle()];
    await reviseArticle(by(ben), { articleId });
    const row = await readRevisionInHand(database(), (await draftOf(ben, articleId)).revisionId);
    expect(attributionOf(row?.attribution)).toEqual([[null, 3]]);
  });

  it("a stranger and a member who is not named on it revise nothing", async () => {
    const { articleId } = await anArticle();
    for (const actor of [stranger, await aPerson("Eve"), await aPerson("Eve", "AUTHOR")]) {
      expect(await refusalOf(reviseArticle(by(actor), { articleId }))).toMatch(/^forbidden/);
      expect(await refusalOf(readDraft(by(actor), { articleId }))).toMatch(/^forbidden/);
    }
    expect(await refusalOf(reviseArticle(by(await aPerson("Ben", "EDITOR")), { articleId: 999_999 }))).toBe(
      "not_found",
    );
  });

  it("what was withdrawn is taken up again with its text", async () => {
    const ada = await aPerson("Ada", "AUTHOR");
    const { articleId, revisionId } = await aDraft(ada, { body });
    await withdrawRevision(by(ada), { revisionId, reason: "" });
    expect((await readDraft(by(ada), { articleId })).kind).toBe("none");
    await reviseArticle(by(ada), { articleId });
    expect((await draftOf(ada, articleId)).fields.body).toBe(body);
  });
});

describe("saving", () => {
  it("raises the number, keeps the state, and makes whoever saved a writer; the same once more is no save", async () => {
    const { ada, ben, articleId, save } = await openForBoth();
    expect(await save(ben, { title: "Why do bees dance?" })).toMatchObject({ saveNumber: 2 });
    const draft = await draftOf(ada, articleId);
    expect(draft).toMatchObject({ saveNumber: 2, writers: [ada.displayName, ben.displayName] });
    expect(draft.fields.title).toBe("Why do bees dance?");
    expect(await save(ben, { title: "Why do bees dance?" }, 2)).toMatchObject({ saveNumber: 2 });
    const { saves } = await readSaves(by(ada), { articleId });
    expect(saves.map(({ number, savedBy }) => [number, savedBy])).toEqual([
      [2, ben.displayName],
      [1, ada.displayName],
    ]);
  });

  it("an empty title leaves the one there was; an empty address is made from the title until readers know one", async () => {
    const { save, fields } = await openForBoth();
    const saved = await save(await aPerson("Ben", "EDITOR"), { title: "", slug: "" });
    expect(saved.fields).toMatchObject({ title: fields.title, slug: expect.stringMatching(/^how-do-bees-dance/) });
  });

  it("an address that another article has is told, with one that is free", async () => {
    const { ada, save } = await openForBoth();
    const { slug } = await anArticle();
    expect(await save(ada, { slug })).toMatchObject({ freeSlug: `${slug}-2`, fields: { slug } });
    expect(await save(ada, { slug: "nobody-has-this" }, 2)).toMatchObject({ freeSlug: null });
  });

  it("who may not write saves nothing", async () => {
    const { save, articleId } = await openForBoth();
    const eve = await aPerson("Eve", "AUTHOR");
    expect(await refusalOf(save(eve, { title: "Mine" }))).toMatch(/^forbidden/);
    // Whose session ended while they wrote reads that, and not that the draft is somebody else's.
    expect(await refusalOf(save(stranger, { title: "Mine" }))).toBe("unauthenticated draft.logged_out");
    expect(await refusalOf(heartbeat(by(eve), { articleId, saveNumber: 1, leaving: false }))).toMatch(/^forbidden/);
    expect(await refusalOf(readSaves(by(eve), { articleId }))).toMatch(/^forbidden/);
  });

  it("a text in review is saved no more, and says so", async () => {
    const { ada, save, articleId, revisionId } = await openForBoth();
    await submitted(ada, { articleId, revisionId });
    expect(await refusalOf(save(ada, { title: "Too late" }))).toBe("conflict draft.closed.IN_REVIEW");
    expect((await draftOf(ada, articleId)).may).toMatchObject({ save: false, submit: false });
  });

  it("words stay with whoever wrote them", async () => {
    const { ada, ben, revisionId, save } = await openForBoth();
    await save(ben, { body: body.replace("They go home.", "They go home in the evening.") });
    const row = await readRevisionInHand(database(), revisionId);
    expect(wordsByAuthor(attributionOf(row?.attribution))).toEqual([
      { author: ada.userId, words: 8 },
      { author: ben.userId, words: 4 },
    ]);
  });
});

describe("two at once", () => {
  it("different places come together, whoever was first", async () => {
    const { ada, ben, articleId, save } = await openForBoth();
    const [first, second] = await Promise.all([
      save(ada, { body: body.replace("dance", "waggle") }),
      save(ben, { body: body.replace("home", "away"), summary: "In eights." }),
    ]);
    expect([first.saveNumber, second.saveNumber].sort()).toEqual([2, 3]);
    const { fields } = await draftOf(ada, articleId);
    expect(fields).toMatchObject({
      body: body.replace("dance", "waggle").replace("home", "away"),
      summary: "In eights.",
    });
    expect([first, second].find(({ saveNumber }) => saveNumber === 3)?.fields).toEqual(fields);
  });

  it("the same place is refused, nothing of either is lost, and one decides", async () => {
    const { ada, ben, articleId, revisionId, fields, saveNumber, save } = await openForBoth();
    await save(ben, { body: body.replace("dance", "sing").replace("home", "away"), title: "Ben's title" });
    const ours = { ...fields, title: "Ada's title", body: body.replace("dance", "waggle") };
    const wish = { revisionId, saveNumber, fields: ours };
    expect(await refusalOf(saveDraft(by(ada), wish))).toBe("conflict draft.conflict");
    expect((await draftOf(ada, articleId)).saveNumber).toBe(2);
    const conflict = await readConflict(by(ada), wish);
    expect(conflict).toMatchObject({ ours, saveNumber, seen: 2, by: [ben.displayName] });
    expect(conflict?.merged.conflicts.map(({ field }) => field)).toEqual(["title", "body"]);
    const decided = { seen: 2, choices: ["theirs", "both"] as const };
    const saved = await saveDraft(by(ada), { ...wish, decided });
    expect(saved).toMatchObject({ saveNumber: 3, fields: { title: "Ben's title" } });
    expect(saved.fields.body).toBe("Bees waggle.\nBees sing.\n\nThe sun is up.\n\nThey go away.\n");
    expect(await readConflict(by(ada), { ...wish, fields: saved.fields, saveNumber: 3 })).toBeNull();
  });

  it("what somebody saves while one decides is merged, too, or asked about with the earlier decisions kept", async () => {
    const { ada, ben, revisionId, fields, saveNumber, save } = await openForBoth();
    await save(ben, { body: body.replace("dance", "sing") });
    const wish = { revisionId, saveNumber, fields: { ...fields, body: body.replace("dance", "waggle") } };
    const decided = { seen: 2, choices: [{ own: "Bees waggle and sing." }] };
    await save(ben, { body: body.replace("dance", "sing loudly").replace("sun", "moon") }, 2);
    expect(await refusalOf(saveDraft(by(ada), { ...wish, decided }))).toBe("conflict draft.conflict");
    const again = await readConflict(by(ada), { ...wish, decided });
    expect(again).toMatchObject({ saveNumber: 2, seen: 3 });
    expect(again?.ours.body).toContain("Bees waggle and sing.");
    expect(again?.merged.conflicts).toHaveLength(1);
    const { ours } = again ?? { ours: fields };
    const last = await saveDraft(by(ada), {
      revisionId,
      saveNumber: 2,
      fields: ours,
      decided: { seen: 3, choices: ["ours"] },
    });
    expect(last.fields.body).toBe("Bees waggle and sing.\n\nThe moon is up.\n\nThey go home.\n");
  });

  it("a save that began long ago is merged upon the nearest state that is kept", async () => {
    const { ada, ben, revisionId, fields, save } = await openForBoth();
    let text = body;
    for (let nth = 1; nth <= limits.savesKept.newest + 25; nth++) {
      text = `${body}\nLine ${nth}.\n`;
      await save(ben, { body: text }, nth);
    }
    const { saves } = await readSaves(by(ada), {
      articleId: (await readRevisionInHand(database(), revisionId))?.articleId ?? 0,
    });
    expect(saves.length).toBeLessThan(limits.savesKept.newest + 15);
    expect(saves.at(-1)?.number).toBe(1);
    const old = { revisionId, saveNumber: 3, fields: { ...fields, body: body.replace("dance", "waggle") } };
    expect((await saveDraft(by(ada), old)).fields.body).toBe(text.replace("dance", "waggle"));
  });
});

describe("the desk", () => {
  it("an earlier save is read and brought back, and the one before stays", async () => {
    const { ada, articleId, save } = await openForBoth();
    await save(ada, { body: "All gone.\n" });
    expect(await readSave(by(ada), { articleId, number: 1 })).toMatchObject({
      fields: { body },
      current: { saveNumber: 2 },
    });
    await restoreSave(by(ada), { articleId, number: 1, seen: 2 });
    expect(await draftOf(ada, articleId)).toMatchObject({ saveNumber: 3, fields: { body } });
    expect((await readSave(by(ada), { articleId, number: 2 })).fields.body).toBe("All gone.\n");
    expect(await refusalOf(readSave(by(ada), { articleId, number: 99 }))).toBe("not_found");
  });

  it("the saves of a text that readers have seen for long are forgotten, those of a draft never", async () => {
    const [ada, ben] = [await aPerson("Ada", "AUTHOR"), await aPerson("Ben", "EDITOR")];
    const live = await published(ada, ben, { draft: await aDraft(ada, { body }) });
    const draft = await aDraft(ada, { body });
    const left = () =>
      db.sql("SELECT revision_id AS id FROM draft_saves WHERE revision_id = ANY($1)", [
        [live.revisionId, draft.revisionId],
      ]);
    await cleanUp();
    expect(await left()).toHaveLength(2);
    await db.sql("UPDATE revisions SET published_at = now() - interval '31 days' WHERE id = $1", [live.revisionId]);
    await cleanUp();
    expect(await left()).toEqual([{ id: draft.revisionId }]);
  });

  it("tells who else has it open, until they leave, and what they saved", async () => {
    const { ada, ben, articleId, save } = await openForBoth();
    await draftOf(ada, articleId);
    await save(ben, { title: "Another" });
    const beat = (actor: MemberActor, leaving = false) => heartbeat(by(actor), { articleId, saveNumber: 1, leaving });
    expect(await beat(ada)).toMatchObject({ present: [ben.displayName], saveNumber: 2, fields: { title: "Another" } });
    await beat(ben, true);
    expect((await beat(ada)).present).toEqual([]);
  });

  it("lists one's own drafts, and everybody's to editors; finds what one can revise", async () => {
    const { ada, ben, articleId } = await openForBoth();
    const eve = await aPerson("Eve");
    const list = async (actor: MemberActor, all: boolean) =>
      (await readDrafts(by(actor), { all, page: 1, find: "" })).drafts.map((draft) => draft.articleId);
    expect(await list(ada, false)).toEqual([articleId]);
    expect(await list(ben, false)).toEqual([]);
    expect(await list(ben, true)).toContain(articleId);
    expect(await list(eve, true)).toEqual([]);
    const { slug } = await anArticle("How do wasps find their way?");
    const found = (actor: MemberActor, find: string) => readDrafts(by(actor), { all: false, page: 1, find });
    expect((await found(ben, "WASPS find")).found?.[0]?.slug).toBe(slug);
    expect((await found(ben, `https://talk.example.org/articles/${slug}#c-1`)).found?.[0]?.slug).toBe(slug);
    expect((await found(eve, "wasps")).found).toEqual([]);
  });

  it("shows in front what waits for whom", async () => {
    const { ada, ben, articleId, revisionId } = await openForBoth();
    expect(await readDesk(by(ada))).toMatchObject({ reviews: null, moderation: null, mayStart: true });
    const before = (await readDesk(by(ben))).reviews?.count ?? 0;
    await submitted(ada, { articleId, revisionId });
    expect((await readDesk(by(ben))).reviews?.count).toBe(before + 1);
    expect((await readDesk(by(await aPerson("Mo", "MODERATOR")))).moderation).toEqual({ count: 0, orMore: false });
    expect((await readDesk(by(ada))).drafts[0]).toMatchObject({ articleId, state: "IN_REVIEW" });
  });
});
