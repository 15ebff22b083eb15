// The same wish sent again: once, twice, twenty times at once; with a key, without one, by someone known and by a stranger.
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Actor } from "@/lib/domain/actor";
import { limits } from "@/lib/domain/limits";
import { deleteComment } from "@/lib/services/edit-comment";
import { type PostComment, postComment } from "@/lib/services/post-comment";
import {
  aMember,
  anArticle,
  aVisitor,
  by,
  newNetwork,
  post,
  refusalOf,
  stranger,
  type TestArticle,
  visitorOf,
  wish,
  withoutRateLimits,
} from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

const idsIn = async (article: TestArticle) =>
  (await db.sql("SELECT id FROM comments WHERE thread_id = $1 ORDER BY id", [article.threadId])).map(({ id }) => id);

/** A sender who sends the same again and again: who, from where, with which key. */
interface Sender {
  actor: (elsewhere: TestArticle) => Promise<Actor>;
  key: string | undefined;
  /** Whether the second answer proves to be the first sender's. */
  proven: boolean;
}

const senders: [string, Sender][] = [
  ["a stranger with a key", { actor: async () => stranger, key: randomUUID(), proven: true }],
  ["a stranger with a short key", { actor: async () => stranger, key: "order-17", proven: true }],
  ["a stranger without a key", { actor: async () => stranger, key: undefined, proven: false }],
  ["a visitor with a key", { actor: aVisitor, key: randomUUID(), proven: true }],
  ["a visitor without a key", { actor: aVisitor, key: undefined, proven: true }],
  ["a member with a key", { actor: () => aMember("member_keyed", "Member Keyed"), key: randomUUID(), proven: true }],
  ["a member without a key", { actor: () => aMember("member_plain", "Member Plain"), key: undefined, proven: true }],
];

describe.each(senders)("%s", (_who, sender) => {
  let ctx: ReturnType<typeof by>;
  const send = (article: TestArticle, about: Partial<PostComment> = {}) =>
    postComment(ctx, wish(article, { key: sender.key && `${sender.key}-${article.slug}`, ...about }));

  it("gets the first result again, and one comment is written", async () => {
    const article = await anArticle();
    ctx = by(await sender.actor(await anArticle()), { network: newNetwork() });
    const first = await send(article);
    const second = await send(article);
    expect(second).toEqual({
      ...first,
      editToken: sender.proven ? first.editToken : undefined,
      visitorToken: sender.proven ? first.visitorToken : undefined,
      events: [],
    });
    // Only who has no account needs one.
    expect(first.editToken !== undefined).toBe(ctx.actor.kind === "visitor");
    expect(await idsIn(article)).toEqual([first.id]);
  });

  it.each([2, 20])("gets it also when %i are sent at once", async (times) => {
    const article = await anArticle();
    const results = await Promise.all(Array.from({ length: times }, () => send(article)));
    expect(new Set(results.map(({ id }) => id)).size).toBe(1);
    expect(new Set(results.map(({ url }) => url)).size).toBe(1);
    expect(results.filter(({ events }) => events.length > 0)).toHaveLength(1);
    const proofs = ctx.actor.kind === "member" ? 0 : sender.proven ? times : 1;
    expect(results.filter(({ editToken }) => editToken !== undefined)).toHaveLength(proofs);
    expect(await idsIn(article)).toHaveLength(1);
  });

  it("gets the first reply again", async () => {
    const article = await anArticle();
    const root = await post(article);
    const [first, second] = await Promise.all([1, 2].map(() => send(article, { parentId: root.id, body: "Yes." })));
    expect(first?.id).toBe(second?.id);
    expect(await idsIn(article)).toHaveLength(2);
  });

  it("gets a held comment's result again", async () => {
    const article = await anArticle();
    const suspicious = { honeypot: "x", ageMs: 1, proof: "" };
    const first = await send(article, suspicious);
    expect(first.status).toBe("pending");
    expect(await send(article, suspicious)).toMatchObject({ id: first.id, status: "pending", url: first.url });
    expect(await idsIn(article)).toHaveLength(1);
  });
});

describe("a key", () => {
  const key = () => ({ key: randomUUID() });

  it("used for another text is a conflict, and nothing is written", async () => {
    const article = await anArticle();
    const keyed = key();
    const first = await post(article, { ...keyed });
    for (const other of [{ body: "Another text." }, { parentId: first.id }, { name: "Ada" }]) {
      expect(await refusalOf(post(article, { ...keyed, ...other }))).toBe("conflict key.reused");
    }
    expect(await idsIn(article)).toEqual([first.id]);
  });

  it("used for another text at the same moment lets one of the two win", async () => {
    const article = await anArticle();
    const keyed = key();
    const outcomes = await Promise.all(["One.", "Two."].map((body) => refusalOf(post(article, { ...keyed, body }))));
    expect(outcomes.sort()).toEqual(["conflict key.reused", "done"]);
    expect(await idsIn(article)).toHaveLength(1);
  });

  it("brings the answer that was lost to a browser that has another network and no cookie now", async () => {
    const article = await anArticle();
    const keyed = key();
    const lost = await post(article, keyed, by(stranger, { network: "198.51.100.1" }));
    const again = await post(article, keyed, by(stranger, { network: "2001:db8:1:2::" }));
    expect(again).toMatchObject({ id: lost.id, editToken: lost.editToken, visitorToken: lost.visitorToken });
    expect(await visitorOf(again)).toEqual(await visitorOf(lost));
    expect(await idsIn(article)).toHaveLength(1);
  });

  it("brings it also over midnight, and when the cookie of the first answer arrived after all", async () => {
    const article = await anArticle();
    const keyed = key();
    const evening = by(stranger, { now: new Date("2026-11-23T23:59:59Z") });
    const first = await post(article, keyed, evening);
    const morning = { now: new Date("2026-11-24T00:00:01Z"), network: evening.network };
    expect((await post(article, keyed, by(stranger, morning))).id).toBe(first.id);
    expect((await post(article, keyed, by(await visitorOf(first), morning))).id).toBe(first.id);
    expect(await idsIn(article)).toHaveLength(1);
  });

  it("that anybody could think of counts only from the same network", async () => {
    const article = await anArticle();
    const first = await post(article, { key: "12345678" });
    const second = await post(article, { key: "12345678" });
    expect(second.id).not.toBe(first.id);
  });

  it("of one member is nothing to another", async () => {
    const article = await anArticle();
    const keyed = key();
    const [a, b] = [await aMember("first_of_two", "First Oftwo"), await aMember("second_of_two", "Second Oftwo")];
    const first = await post(article, keyed, by(a));
    expect((await post(article, keyed, by(b))).id).not.toBe(first.id);
  });

  it("is forgotten after a day", async () => {
    const article = await anArticle();
    const keyed = key();
    const first = await post(article, keyed);
    await db.sql("UPDATE idempotency_keys SET created_at = created_at - $1 * interval '1 hour' + interval '1 minute'", [
      limits.idempotencyHours,
    ]);
    expect((await post(article, keyed)).id).toBe(first.id);
    await db.sql("UPDATE idempotency_keys SET created_at = created_at - interval '2 minutes'");
    const next = await post(article, { ...keyed, body: "A new day." });
    expect(next.id).not.toBe(first.id);
    expect((await post(article, { ...keyed, body: "A new day." })).id).toBe(next.id);
  });

  it("whose wish was refused can be used again", async () => {
    const article = await anArticle();
    const keyed = key();
    await db.sql("UPDATE threads SET state = 'LOCKED' WHERE id = $1", [article.threadId]);
    expect(await refusalOf(post(article, keyed))).toBe("closed thread.locked");
    await db.sql("UPDATE threads SET state = 'OPEN' WHERE id = $1", [article.threadId]);
    expect(await refusalOf(post(article, keyed))).toBe("done");
  });

  it("whose comment was deleted still answers the first result", async () => {
    const article = await anArticle();
    const keyed = key();
    const first = await post(article, keyed);
    await deleteComment(by(await visitorOf(first)), { id: first.id });
    expect((await post(article, keyed)).id).toBe(first.id);
    expect(await idsIn(article)).toEqual([first.id]);
  });
});

describe("the same text", () => {
  it("with a fresh key each time is still one comment of the same visitor, also twenty at once", async () => {
    const article = await anArticle();
    const ctx = by(await aVisitor(await anArticle()));
    const results = await Promise.all(Array.from({ length: 20 }, () => post(article, { key: randomUUID() }, ctx)));
    expect(new Set(results.map(({ id }) => id)).size).toBe(1);
    expect(await idsIn(article)).toHaveLength(1);
  });

  it("after it was deleted is a new comment", async () => {
    const article = await anArticle();
    for (const actor of [await aVisitor(await anArticle()), await aMember("again_anew", "Again Anew")]) {
      const first = await post(article, {}, by(actor));
      await deleteComment(by(actor), { id: first.id });
      const second = await post(article, {}, by(actor));
      expect(second.id).not.toBe(first.id);
      expect((await post(article, {}, by(actor))).id).toBe(second.id);
    }
  });

  it("after it was deleted is one new comment, when a stranger sends it twice at once", async () => {
    const article = await anArticle();
    const ctx = by(stranger);
    const first = await post(article, {}, ctx);
    await deleteComment(by(await visitorOf(first)), { id: first.id });
    const both = await Promise.all([post(article, {}, ctx), post(article, {}, ctx)]);
    expect(new Set(both.map(({ id }) => id)).size).toBe(1);
    expect(await idsIn(article)).toHaveLength(2);
  });

  it("by somebody else, in another place, or with another parent is another comment", async () => {
    const [article, other] = [await anArticle(), await anArticle()];
    const visitor = await aVisitor(other);
    const ids = [
      await post(article, {}, by(visitor)),
      await post(article, {}, by(await aVisitor(other))),
      await post(article),
      await post(other, {}, by(visitor)),
    ].map(({ id }) => id);
    ids.push((await post(article, { parentId: ids[0] ?? null }, by(visitor))).id);
    expect(new Set(ids).size).toBe(5);
  });

  it("later than the window is another comment", async () => {
    const article = await anArticle();
    const ctx = by(await aVisitor(await anArticle()));
    const first = await post(article, {}, ctx);
    const back = (ms: number) =>
      db.sql("UPDATE comments SET created_at = created_at - $2 * interval '1 millisecond' WHERE id = $1", [
        first.id,
        ms,
      ]);
    await back(limits.repeatWindowMs - 60_000);
    expect((await post(article, {}, ctx)).id).toBe(first.id);
    await back(60_000);
    expect((await post(article, {}, ctx)).id).not.toBe(first.id);
  });

  it("of a stranger is one comment for a minute, and another after it", async () => {
    const article = await anArticle();
    const ctx = by(stranger);
    const first = await post(article, {}, ctx);
    await db.sql("UPDATE idempotency_keys SET created_at = created_at - interval '61 seconds'");
    expect((await post(article, {}, ctx)).id).not.toBe(first.id);
  });

  it("copied by a neighbour in the same network gives nothing that belongs to its author", async () => {
    const article = await anArticle();
    const network = newNetwork();
    const first = await post(article, { body: "Mine." }, by(stranger, { network }));
    const copy = await post(article, { body: "Mine." }, by(stranger, { network }));
    expect(first.editToken).toBeDefined();
    expect(copy).toMatchObject({ editToken: undefined, visitorToken: undefined });
  });
});
