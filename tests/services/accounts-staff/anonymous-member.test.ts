// A member who posts anonymously: nothing that anybody else can read ties the two together.
import { beforeAll, describe, expect, it } from "vitest";
import { anonymously, type MemberActor, type VisitorActor } from "@/lib/domain/actor";
import type { Context } from "@/lib/services/context";
import { editComment } from "@/lib/services/edit-comment";
import { listComments } from "@/lib/services/list-comments";
import { readArticle, readDiscussion } from "@/lib/services/read-article";
import { readComment } from "@/lib/services/read-comment";
import { readDiscussionFeed, readSiteFeed } from "@/lib/services/read-feed";
import { readFront } from "@/lib/services/read-front";
import { readMe } from "@/lib/services/read-me";
import { readPerson } from "@/lib/services/read-person";
import {
  aMember,
  anArticle,
  by,
  post,
  stranger,
  type TestArticle,
  visitorOf,
  withoutRateLimits,
} from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

const handle = "zaphod_b";
const name = "Zaphod Beeblebrox";
const secret = "Said without a name.";
const open = "Said under a name.";

let quiet: TestArticle;
let lively: TestArticle;
let member: MemberActor;
let visitor: VisitorActor;
/** The anonymous comment on the article on which the member says nothing else. */
let alone: string;
/** Everybody who is not the member. */
let others: (MemberActor | VisitorActor)[];

beforeAll(async () => {
  [quiet, lively] = [await anArticle(), await anArticle()];
  const plain = await aMember(handle, name);
  // Logged in, without having posted anonymously before: the cookie comes with the first comment.
  const first = await post(quiet, { body: secret }, by(anonymously(plain)));
  alone = first.id;
  visitor = await visitorOf(first);
  member = { ...plain, visitorId: visitor.visitorId };
  await post(lively, { body: secret }, by(anonymously(member)));
  await post(lively, { body: open }, by(member));
  await editComment(by(anonymously(member)), { id: alone, body: `${secret} And thought over.` });
  others = [stranger, await aMember("onlooker", "Onlooker"), await visitorOf(await post(await anArticle()))];
});

const places: [string, (ctx: Context) => Promise<unknown>][] = [
  ["the article", (ctx) => readArticle(ctx, { slug: quiet.slug, sort: "oldest", page: 1 })],
  ["the whole discussion", (ctx) => readDiscussion(ctx, { slug: quiet.slug })],
  ["the comment's own page", (ctx) => readComment(ctx, { id: alone })],
  ["the list for programs", (ctx) => listComments(ctx, { slug: quiet.slug, sort: "newest", limit: 50 })],
  ["the discussion's feed", (ctx) => readDiscussionFeed(ctx, { slug: quiet.slug })],
];

describe("where the comment stands without its member's name beside it", () => {
  it.each(places)("%s does not tell who the member is", async (_what, read) => {
    for (const actor of others) {
      const text = JSON.stringify(await read(by(actor)));
      expect(text).toContain(secret);
      for (const trace of [handle, name]) expect(text).not.toContain(trace);
    }
  });
});

describe("where both stand", () => {
  it("nothing of the anonymous comment is like the member's one: name, link and ids", async () => {
    const page = await readDiscussion(by(), { slug: lively.slug });
    const whole = JSON.stringify(page);
    expect([whole.includes(secret), whole.includes(open)]).toEqual([true, true]);
    expect(whole.split(name)).toHaveLength(2);
    expect(whole).not.toMatch(/"(?:userId|visitorId|user_id|visitor_id|tokenHash)"/);
  });

  it("the member's own page, the front page and the site's feed tell of the one only under the name", async () => {
    const person = JSON.stringify(await readPerson(by(), { handle }));
    expect(person).toContain(open);
    expect(person).not.toContain(secret);
    const front = JSON.stringify(await readFront(by(), {}));
    expect([front.includes(secret), front.split(name).length]).toEqual([true, 2]);
    expect(front).toContain(`"authorName":"${name}","excerpt":"${open}"`);
    expect(JSON.stringify(await readSiteFeed(by()))).not.toContain(name);
  });
});

describe("what is known of oneself", () => {
  it("shows both to the member in this browser, and the anonymous one to nobody else", async () => {
    const own = await readMe(by(member), { slug: lively.slug });
    expect(own.comments.map(({ by: who }) => who).sort()).toEqual(["member", "visitor"]);
    expect(own.claimable).toBe(true);
    const elsewhere = await readMe(by({ ...member, visitorId: null }), { slug: lively.slug });
    expect(elsewhere.comments.map(({ by: who }) => who)).toEqual(["member"]);
    for (const actor of others) expect((await readMe(by(actor), { slug: lively.slug })).comments).toEqual([]);
  });

  it("says nothing of the member once they have logged out in this browser", async () => {
    const text = JSON.stringify(await readMe(by(visitor), { slug: lively.slug }));
    for (const trace of [handle, name]) expect(text).not.toContain(trace);
  });
});

it("the rows keep the two apart: a moderator sees one history of the visitor, with no member in it", async () => {
  const rows = await db.sql("SELECT user_id, author_name FROM comments WHERE visitor_id = $1", [visitor.visitorId]);
  expect(rows).toHaveLength(2);
  for (const row of rows) expect([row.user_id, row.author_name]).toEqual([null, expect.not.stringContaining("Zaphod")]);
  const [owner] = await db.sql("SELECT user_id FROM visitors WHERE id = $1", [visitor.visitorId]);
  expect(owner).toEqual({ user_id: null });
  expect(await db.sql("SELECT 1 FROM audit_events WHERE subject_id = $1", [member.userId])).toEqual([]);
});
