// What a browser is told of the person who uses it.
import { describe, expect, it } from "vitest";
import type { Actor, MemberActor } from "@/lib/domain/actor";
import { claimComments } from "@/lib/services/claim-comments";
import { type Room, readMe } from "@/lib/services/read-me";
import { aMember, anArticle, by, post, stranger, visitorOf, withoutRateLimits } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

freshDatabase();
withoutRateLimits();

describe("rooms", () => {
  const member: MemberActor = {
    kind: "member",
    userId: 1,
    handle: "ada",
    displayName: "Ada",
    roles: [],
    verified: true,
    visitorId: null,
    session: { id: 1, confirmedAt: new Date() },
    scopes: null,
  };
  const rows: [string, Actor, Room[]][] = [
    ["nobody known has none", stranger, []],
    ["a member has settings and a desk", member, ["settings", "desk"]],
    ["a moderator has no list of people", { ...member, roles: ["MODERATOR"] }, ["settings", "desk"]],
    ["an admin has all", { ...member, roles: ["ADMIN"] }, ["settings", "desk", "people"]],
    ["an admin's program has none", { ...member, roles: ["ADMIN"], scopes: ["read", "comment", "write"] }, []],
  ];
  it.each(rows)("%s", async (_, actor, expected) => {
    expect((await readMe(by(actor), {})).may).toEqual(expected);
  });
});

describe("own comments on an article", () => {
  it("come from both lives of one browser, and can be claimed until they are", async () => {
    const article = await anArticle();
    const elsewhere = await anArticle();
    const anonymous = await post(article, { body: "Before I had an account." });
    const visitor = await visitorOf(anonymous);
    const ada: MemberActor = { ...(await aMember("ada", "Ada")), visitorId: visitor.visitorId };
    const named = await post(article, { body: "Under my name." }, by(ada));
    await post(article, { body: "Somebody else's." });

    const before = await readMe(by(ada), { slug: article.slug });
    expect(before.comments.map(({ id, by }) => [id, by])).toEqual([
      [named.id, "member"],
      [anonymous.id, "visitor"],
    ]);
    expect(before.claimable).toBe(true);
    expect((await readMe(by(ada), { slug: elsewhere.slug })).comments).toEqual([]);
    expect((await readMe(by(visitor), { slug: article.slug })).claimable).toBe(false);

    await claimComments(by(ada), { ids: "all" });
    const after = await readMe(by(ada), { slug: article.slug });
    expect(after.comments.map(({ by }) => by)).toEqual(["member", "member"]);
    expect(after.claimable).toBe(false);
    expect((await readMe(by(visitor), { slug: article.slug })).comments).toEqual([]);
  });
});
