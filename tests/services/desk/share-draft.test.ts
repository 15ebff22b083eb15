// Links to a draft for people without an account: who gives them, what they open, and when they open nothing any more.
import { beforeAll, describe, expect, test } from "vitest";
import type { MemberActor } from "@/lib/domain/actor";
import { limits } from "@/lib/domain/limits";
import { leaveGuestNote, readSharedDraft, readShares, shareDraft, takeShareBack } from "@/lib/services/share-draft";
import { by, refusalOf, stranger, withoutRateLimits } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";
import { aDraft, aPerson, published, type TestDraft } from "./arrange";

const db = freshDatabase();
let author: MemberActor;
let editor: MemberActor;
let other: MemberActor;

beforeAll(async () => {
  withoutRateLimits();
  author = await aPerson("Author", "AUTHOR");
  editor = await aPerson("Editor", "EDITOR");
  other = await aPerson("Other", "AUTHOR");
});

const wish = { right: "READ", days: 7 } as const;
const tokenOf = (path: string) => path.slice("/drafts/".length);
const guest = by(stranger);

async function shared(right: "READ" | "COMMENT"): Promise<{ draft: TestDraft; token: string }> {
  const draft = await aDraft(author, { body: "They *waggle*." });
  const { path } = await shareDraft(by(author), { revisionId: draft.revisionId, right, days: 7 });
  return { draft, token: tokenOf(path) };
}

describe("giving", () => {
  test.each([
    ["its writer may", () => author, "done"],
    ["an editor may", () => editor, "done"],
    ["somebody else may not", () => other, "forbidden forbidden.draft.share"],
  ])("%s", async (_sentence, who, outcome) => {
    const { revisionId } = await aDraft(author);
    expect(await refusalOf(shareDraft(by(who()), { revisionId, ...wish }))).toBe(outcome);
  });

  test("only the hash of a link is kept, and giving and taking back stand in the record", async () => {
    const { draft, token } = await shared("READ");
    const rows = await db.sql("SELECT * FROM draft_shares WHERE revision_id = $1", [draft.revisionId]);
    expect(JSON.stringify(rows)).not.toContain(token);
    const [share] = (await readShares(by(author), draft)) ?? [];
    await takeShareBack(by(editor), { shareId: share?.id ?? 0 });
    await takeShareBack(by(editor), { shareId: share?.id ?? 0 });
    const lines = await db.sql("SELECT kind, actor_id FROM editorial_actions WHERE revision_id = $1 ORDER BY id", [
      draft.revisionId,
    ]);
    expect(JSON.stringify(lines)).toBe(
      JSON.stringify([
        { kind: "SHARE", actor_id: author.userId },
        { kind: "UNSHARE", actor_id: editor.userId },
      ]),
    );
  });

  test("a draft has so many links and no more", async () => {
    const { revisionId } = await aDraft(author);
    for (let nth = 0; nth < limits.draftShares; nth++) await shareDraft(by(author), { revisionId, ...wish });
    expect(await refusalOf(shareDraft(by(author), { revisionId, ...wish }))).toBe("closed share.too_many");
  });

  test("what is published already needs no link", async () => {
    const draft = await aDraft(author);
    await published(author, editor, { draft });
    expect(await refusalOf(shareDraft(by(author), { revisionId: draft.revisionId, ...wish }))).toBe(
      "conflict share.not_open",
    );
  });
});

describe("following", () => {
  test("a link shows the text as it is, to whoever has it", async () => {
    const { token } = await shared("READ");
    const found = await readSharedDraft(guest, { token });
    expect(found).toMatchObject({ draft: { right: "READ", notes: [] } });
    expect("draft" in found && found.draft.html).toContain("They <em>waggle</em>.");
  });

  test.each([
    ["one that nobody made", async () => ({ token: "A".repeat(43), at: new Date() })],
    ["one in a form that ours do not have", async () => ({ token: "../x", at: new Date() })],
    [
      "one that was taken back",
      async () => {
        const { draft, token } = await shared("COMMENT");
        const [share] = (await readShares(by(author), draft)) ?? [];
        await takeShareBack(by(author), { shareId: share?.id ?? 0 });
        return { token, at: new Date() };
      },
    ],
    [
      "one whose days are over",
      async () => ({ ...(await shared("COMMENT")), at: new Date(Date.now() + 8 * 86_400_000) }),
    ],
  ])("%s opens nothing", async (_sentence, make) => {
    const { token, at } = await make();
    expect(await refusalOf(readSharedDraft(by(stranger, { now: at }), { token }))).toMatch(/^not_found/);
    expect(await refusalOf(leaveGuestNote(by(stranger, { now: at }), { token, name: "Eve", body: "x" }))).toMatch(
      /^not_found/,
    );
  });

  test("once it is published, a link leads to the article", async () => {
    const { draft, token } = await shared("READ");
    await published(author, editor, { draft });
    expect(await readSharedDraft(guest, { token })).toMatchObject({
      published: expect.stringMatching(/^\/articles\//),
    });
  });
});

describe("notes by a link", () => {
  test("with the right to leave notes, a guest's note stands among the others, marked as a guest's", async () => {
    const { token } = await shared("COMMENT");
    await leaveGuestNote(guest, { token, name: author.displayName, body: "Do they?" });
    const found = await readSharedDraft(guest, { token });
    expect("draft" in found && found.draft.notes).toMatchObject([
      { body: "Do they?", author: { name: `${author.displayName} (guest)`, handle: null } },
    ]);
  });

  test("with the right to read, no note can be left and none is seen", async () => {
    const { token } = await shared("READ");
    expect(await refusalOf(leaveGuestNote(guest, { token, name: "Eve", body: "x" }))).toBe("forbidden share.read_only");
  });
});
