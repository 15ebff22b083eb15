// What moderators do with a discussion: counts and places stay right, readers are told, every change has its line.
import { beforeAll, describe, expect, it } from "vitest";
import type { MemberActor } from "@/lib/domain/actor";
import type { ThreadSettings } from "@/lib/domain/thread-tools";
import { countFigures } from "@/lib/services/count-figures";
import { readJustClosed } from "@/lib/services/just-closed";
import { listComments } from "@/lib/services/list-comments";
import { moveComment, pinComment, readThreadSettings, setThread } from "@/lib/services/manage-thread";
import { readArticle } from "@/lib/services/read-article";
import { readComment } from "@/lib/services/read-comment";
import { readModerationFigures, readModerationLog } from "@/lib/services/read-moderation-log";
import {
  aMember,
  anArticle,
  by,
  post,
  refusalOf,
  type TestArticle,
  visitorOf,
  withoutRateLimits,
} from "@/tests/services/arrange";
import { aModerator } from "@/tests/services/moderation";
import { miscounts } from "@/tests/services/recount";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

let article: TestArticle;
let maria: MemberActor;
beforeAll(async () => {
  maria = await aModerator(db, "maria");
});

const asIs: ThreadSettings = { locked: false, mode: null, slowSeconds: null, closesAt: null };
const set = (settings: Partial<ThreadSettings>, reason = "") =>
  setThread(by(maria), { slug: article.slug, settings: { ...asIs, ...settings }, reason });
const linesHere = async () =>
  (await readModerationLog(by(), { article: article.slug })).lines.map(({ kind, reason }) => [kind, reason]);

/** Comments that answer each other, each the one before. */
async function chain(length: number): Promise<string[]> {
  const ids: string[] = [];
  for (let nth = 0; nth < length; nth++) {
    ids.push((await post(article, { body: `Link ${nth}.`, parentId: ids.at(-1) ?? null })).id);
  }
  return ids;
}

describe("a discussion", () => {
  beforeAll(async () => {
    article = await anArticle();
  });

  it("is locked and opened, each with a line and a reason for everybody", async () => {
    expect((await set({ locked: true }, "It went in circles.")).events.map(({ type }) => type)).toEqual([
      "ThreadChanged",
      "ModerationLogged",
    ]);
    expect(await refusalOf(post(article))).toBe("closed thread.locked");
    await set({});
    expect(await refusalOf(post(article))).toBe("done");
    expect(await linesHere()).toEqual([
      ["UNLOCK", "thread.changed"],
      ["LOCK", "It went in circles."],
    ]);
  });

  it("keeps what was set, and the same again is no change", async () => {
    const closesAt = new Date("2031-01-01T23:59:59.999Z");
    await set({ mode: "HOLD_LINKS", slowSeconds: 300, closesAt });
    expect(await readThreadSettings(by(maria), { slug: article.slug })).toMatchObject({
      mode: "HOLD_LINKS",
      slowSeconds: 300,
      closesAt,
    });
    expect((await set({ mode: "HOLD_LINKS", slowSeconds: 300, closesAt })).events).toEqual([]);
    await set({});
  });

  it("that has a day closes on it: its pages say so, replies and edits are refused, and readers are told once it has come", async () => {
    const posted = await post(article);
    const { id } = posted;
    const ctx = by(await visitorOf(posted));
    const now = new Date();
    const page = async () => {
      const { subThread, may } = await readComment(ctx, { id });
      const list = await listComments(by(), { slug: article.slug, sort: "oldest", limit: 1 });
      return { closed: subThread.closed, ...may, listed: "locked" in list && list.locked };
    };
    expect(await page()).toMatchObject({ closed: false, reply: true, edit: true, listed: false });
    await set({ closesAt: new Date(now.getTime() - 60_000) });
    expect(await page()).toMatchObject({ closed: true, reply: false, edit: false, listed: true });
    expect(await refusalOf(post(article, { parentId: id }))).toBe("closed thread.closed");
    const told = { type: "ThreadChanged", articleId: article.articleId, articleSlug: article.slug };
    expect(await readJustClosed({ ...by(), now })).toEqual([told]);
    await set({ closesAt: new Date(now.getTime() + 60_000) });
    expect(await readJustClosed({ ...by(), now })).toEqual([]);
    await set({});
    // By the site's own days.
    await db.sql("INSERT INTO settings (key, value) VALUES ('moderation.closeAfterDays', '30')");
    const [row] = await db.sql("SELECT first_published_at AS at FROM articles WHERE id = $1", [article.articleId]);
    const due = new Date(new Date(String(row?.at)).getTime() + 30 * 86_400_000 + 60_000);
    expect(await readJustClosed({ ...by(), now: due })).toEqual([told]);
    expect(await readJustClosed({ ...by(), now })).toEqual([]);
    await db.sql("DELETE FROM settings WHERE key = 'moderation.closeAfterDays'");
  });

  it("keeps what somebody else set meanwhile, where a form that is older leaves it alone", async () => {
    const { slug } = await anArticle();
    const closesAt = new Date("2031-05-04T23:59:59.999Z");
    await setThread(by(maria), { slug, settings: { ...asIs, locked: true, closesAt }, reason: "" });
    await setThread(by(maria), { slug, settings: { ...asIs, slowSeconds: 300 }, seen: asIs, reason: "" });
    const both = { locked: true, closesAt, slowSeconds: 300 };
    expect(await readThreadSettings(by(maria), { slug })).toMatchObject(both);
    await setThread(by(maria), { slug, settings: asIs, seen: { ...asIs, ...both }, reason: "" });
    expect(await readThreadSettings(by(maria), { slug })).toMatchObject(asIs);
  });

  it("is no business of others", async () => {
    const otto = await aMember("otto", "Otto");
    const wish = { slug: article.slug, settings: { ...asIs, locked: true }, reason: "" };
    expect(await refusalOf(setThread(by(otto), wish))).toBe("forbidden forbidden.thread.manage");
    const { id } = await post(article);
    expect(await refusalOf(pinComment(by(otto), { id, pinned: true }))).toBe("forbidden forbidden.thread.manage");
    expect(await refusalOf(moveComment(by(otto), { id }))).toBe("forbidden forbidden.thread.manage");
  });
});

describe("pins", () => {
  beforeAll(async () => {
    article = await anArticle();
  });

  it("stand above the discussion, three at most also when many are set at once", async () => {
    const ids = await Promise.all(
      Array.from({ length: 5 }, async (_, nth) => (await post(article, { body: `${nth}` })).id),
    );
    const tries = await Promise.all(ids.map((id) => refusalOf(pinComment(by(maria), { id, pinned: true }))));
    expect(tries.filter((answer) => answer === "done")).toHaveLength(3);
    expect(tries.filter((answer) => answer === "conflict thread.enough_pinned")).toHaveLength(2);
    const read = await readArticle(by(), { slug: article.slug, sort: "best", page: 1 });
    expect("thread" in read && read.thread.pinned).toHaveLength(3);
    const first = ids[tries.indexOf("done")] ?? "";
    expect((await pinComment(by(maria), { id: first, pinned: true })).events).toEqual([]);
    await pinComment(by(maria), { id: first, pinned: false });
    const again = await readArticle(by(), { slug: article.slug, sort: "best", page: 1 });
    expect("thread" in again && again.thread.pinned.map(({ id }) => id)).not.toContain(first);
  });
});

describe("a reply made a conversation of its own", () => {
  beforeAll(async () => {
    article = await anArticle();
  });

  it("takes all under it along, and every count stays right", async () => {
    const [first, second, third, fourth] = await chain(4);
    await post(article, { body: "Beside.", parentId: second });
    await moveComment(by(maria), { id: third ?? "" });
    expect(await miscounts(db)).toEqual([]);
    const rows = await db.sql(
      "SELECT id::text, depth, root_id::text AS root FROM comments WHERE id = ANY($1) ORDER BY place",
      [[first, second, third, fourth]],
    );
    expect(rows).toEqual([
      { id: first, depth: 0, root: null },
      { id: second, depth: 1, root: first },
      { id: third, depth: 0, root: null },
      { id: fourth, depth: 1, root: third },
    ]);
    const page = await readComment(by(), { id: third ?? "" });
    expect(page.subThread.ancestors).toEqual([]);
    expect(page.subThread.node.children).toHaveLength(1);
    expect(await refusalOf(moveComment(by(maria), { id: third ?? "" }))).toBe("conflict thread.top_already");
  });

  it("loses no reply that is posted at the same moment", async () => {
    const ids = await chain(5);
    const moved = ids[2] ?? "";
    const replies = Array.from({ length: 12 }, (_, nth) =>
      post(article, { body: `At once, ${nth}.`, parentId: ids[2 + (nth % 3)] }),
    );
    await Promise.all([...replies, moveComment(by(maria), { id: moved })]);
    expect(await miscounts(db)).toEqual([]);
    const wrong = await db.sql(
      `SELECT c.id FROM comments c JOIN comments p ON p.id = c.parent_id
       WHERE c.thread_id = $1 AND (c.depth <> p.depth + 1 OR c.root_id <> coalesce(p.root_id, p.id) OR c.place <= p.place)`,
      [article.threadId],
    );
    expect(wrong).toEqual([]);
  });
});

describe("the public log", () => {
  it("names moderators by a lasting name that is not theirs, shows no notes, and counts by year", async () => {
    await db.sql("UPDATE users SET moderator_name = 'Quiet Heron' WHERE handle = 'maria'");
    await db.sql(
      "INSERT INTO moderation_actions (kind, user_id, actor_id, reason) VALUES ('NOTE', $1, $1, 'sanction.note')",
      [maria.userId],
    );
    await db.sql(
      "INSERT INTO moderation_actions (kind, user_id, actor_id, reason) VALUES ('MUTE', $1, $1, 'Called Bo a fool.')",
      [maria.userId],
    );
    const { lines } = await readModerationLog(by(), {});
    expect(lines[0]).toMatchObject({
      kind: "MUTE",
      by: { name: "Quiet Heron", handle: null },
      about: "member",
      reason: "",
    });
    expect(lines.every(({ kind }) => (kind as string) !== "NOTE")).toBe(true);
    expect((await readModerationLog(by(), { show: "discussions" })).lines.map(({ kind }) => kind)).not.toContain(
      "MUTE",
    );
    await countFigures();
    const [year] = (await readModerationFigures(by())).years;
    expect(year).toMatchObject({ year: new Date().getUTCFullYear(), sanctions: 1, medianSeconds: null });
    expect(year?.comments).toBeGreaterThan(10);
  });

  it("goes on page by page, each line once", async () => {
    const all = (await readModerationLog(by(), {})).lines.map(({ id }) => id);
    const middle = all[2] ?? 0;
    expect((await readModerationLog(by(), { before: middle })).lines.map(({ id }) => id)).toEqual(all.slice(3));
  });
});
