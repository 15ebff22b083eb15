// Sanctions, from laying them to what they do: on real rows, by moderators, on members, visitors and networks.
import { beforeAll, describe, expect, it } from "vitest";
import type { Actor, MemberActor, VisitorActor } from "@/lib/domain/actor";
import { readNetwork } from "@/lib/services/read-network";
import { lift, limitNetwork, type SanctionWish, sanctionPerson } from "@/lib/services/sanction-person";
import { acknowledgeWarning, readStanding } from "@/lib/services/standing";
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
  withoutRateLimits,
} from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

let article: TestArticle;
let moderator: MemberActor;
let admin: MemberActor;
let serial = 0;

async function withRoles(handle: string, roles: MemberActor["roles"]): Promise<MemberActor> {
  const member = await aMember(handle, handle);
  await db.sql("UPDATE users SET roles = $1::role[] WHERE id = $2", [`{${roles.join(",")}}`, member.userId]);
  return { ...member, roles };
}

beforeAll(async () => {
  article = await anArticle();
  moderator = await withRoles("mod", ["MODERATOR"]);
  admin = await withRoles("boss", ["ADMIN"]);
});

async function somebody(): Promise<MemberActor> {
  return aMember(`member${++serial}`, `Member ${serial}`);
}

/** Lays it as the moderator. */
function lay(about: SanctionWish["about"], wish: Partial<SanctionWish> = {}, who: Actor = moderator) {
  return sanctionPerson(by(who), { about, kind: "BAN", reason: "Be kind.", days: 7, ...wish });
}

/** "published", "pending words", or the refusal. */
async function fate(ctx: ReturnType<typeof by>): Promise<string> {
  serial++;
  let told = "";
  const refusal = await refusalOf(
    post(article, { body: `Remark ${serial}.` }, ctx).then((done) => {
      told = `${done.status} ${done.id}`;
    }),
  );
  const [status, id] = told.split(" ");
  if (refusal !== "done") return refusal;
  const [row] = await db.sql("SELECT held_reason FROM comments WHERE id = $1", [id]);
  return row?.held_reason ? `${status} ${row.held_reason}` : String(status);
}

describe("what a sanction does to a member's and a visitor's posts", () => {
  const table: [string, Partial<SanctionWish>, string][] = [
    ["a ban refuses", {}, "forbidden sanction.banned"],
    ["mute holds", { kind: "MUTE" }, "pending muted"],
    ["mute without an end holds", { kind: "MUTE", days: undefined }, "pending muted"],
    ["premoderation holds", { kind: "PREMODERATE" }, "pending premoderated"],
    ["a warning refuses", { kind: "WARN", days: undefined }, "forbidden sanction.warned"],
    ["a note does nothing", { kind: "NOTE", days: undefined }, "published"],
  ];
  it.each(table)("%s", async (_sentence, wish, expected) => {
    const member = await somebody();
    await lay({ userId: member.userId }, wish);
    expect(await fate(by(member))).toBe(expected);
    const visitor = await aVisitor(article);
    await lay({ visitorId: visitor.visitorId ?? 0 }, wish);
    expect(await fate(by(visitor))).toBe(expected);
  });

  it("says why and until when", async () => {
    const member = await somebody();
    const now = new Date("2026-12-01T10:15:00Z");
    await sanctionPerson(by(moderator, { now }), {
      about: { userId: member.userId },
      kind: "BAN",
      reason: "Three insults.",
      days: 3650,
    });
    const error = await post(article, { body: "Let me." }, by(member)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      details: { values: { why: "Three insults.", until: "28 November 2036 at 10:15 UTC" } },
    });
  });

  it("nobody else is touched, and it ends with its time", async () => {
    const [member, other] = [await somebody(), await somebody()];
    const { id } = await lay({ userId: member.userId });
    expect(await fate(by(other))).toBe("published");
    expect(await fate(by(stranger))).toBe("published");
    await db.sql("UPDATE sanctions SET ends_at = now() - interval '1 second' WHERE id = $1", [id]);
    expect(await fate(by(member))).toBe("published");
  });

  it("is laid on the author of a comment, guest or member", async () => {
    const member = await somebody();
    const theirs = await post(article, { body: "A member's remark." }, by(member));
    await lay({ commentId: theirs.id });
    expect(await fate(by(member))).toBe("forbidden sanction.banned");
    const visitor = await aVisitor(article);
    const guests = await post(article, { body: "A guest's remark." }, by(visitor));
    const { id } = await lay({ commentId: guests.id });
    expect(await fate(by(visitor))).toBe("forbidden sanction.banned");
    expect(await db.sql("SELECT user_id, visitor_id, comment_id::text FROM sanctions WHERE id = $1", [id])).toEqual([
      { user_id: null, visitor_id: visitor.visitorId, comment_id: guests.id },
    ]);
  });

  it("a lifted one does nothing more, and is lifted once", async () => {
    const member = await somebody();
    const { id } = await lay({ userId: member.userId });
    await lift(by(moderator), { id });
    expect(await fate(by(member))).toBe("published");
    expect(await refusalOf(lift(by(moderator), { id }))).toBe("conflict sanction.lifted");
  });
});

describe("who may", () => {
  it.each([
    ["a visitor", async () => stranger as Actor],
    ["a member", somebody],
    ["an editor", () => withRoles(`editor${++serial}`, ["EDITOR"])],
  ])("%s may not", async (_who, make) => {
    const member = await somebody();
    expect(await refusalOf(lay({ userId: member.userId }, {}, await make()))).toBe(
      "forbidden forbidden.moderation.enter",
    );
    const { id } = await lay({ userId: member.userId });
    expect(await refusalOf(lift(by(await make()), { id }))).toBe("forbidden forbidden.moderation.enter");
  });

  it("a moderator cannot sanction staff, an admin can; nobody themselves", async () => {
    const author = await withRoles(`author${++serial}`, ["AUTHOR"]);
    const refused = "forbidden forbidden.person.sanction";
    expect(await refusalOf(lay({ userId: author.userId }))).toBe(refused);
    expect(await refusalOf(lay({ userId: moderator.userId }))).toBe(refused);
    expect(await refusalOf(lay({ userId: admin.userId }, {}, admin))).toBe(refused);
    expect(await refusalOf(lay({ userId: author.userId }, {}, admin))).toBe("done");
    const own = await aVisitor(article);
    expect(
      await refusalOf(lay({ visitorId: own.visitorId ?? 0 }, {}, { ...moderator, visitorId: own.visitorId })),
    ).toBe(refused);
  });

  it("who became staff meanwhile is judged as staff", async () => {
    const member = await somebody();
    const { id } = await lay({ userId: member.userId });
    await db.sql("UPDATE users SET roles = '{EDITOR}' WHERE id = $1", [member.userId]);
    expect(await refusalOf(lift(by(moderator), { id }))).toBe("forbidden forbidden.person.sanction");
  });

  it("a ban needs an end, and a person there is", async () => {
    const member = await somebody();
    expect(await refusalOf(lay({ userId: member.userId }, { days: undefined }))).toBe(
      "invalid days=sanction.end_missing",
    );
    expect(await refusalOf(lay({ userId: 999_999 }))).toBe("not_found");
    expect(await refusalOf(lay({ commentId: "999999" }))).toBe("not_found");
  });
});

describe("warnings", () => {
  const warning = { kind: "WARN", days: undefined } as const;
  it.each([
    ["a member", somebody],
    ["a visitor", () => aVisitor(article)],
  ] satisfies [string, () => Promise<MemberActor | VisitorActor>][])(
    "%s posts again after saying that they read it",
    async (_who, make) => {
      const person = await make();
      const about = person.kind === "member" ? { userId: person.userId } : { visitorId: person.visitorId ?? 0 };
      const { id } = await lay(about, warning);
      expect(await refusalOf(acknowledgeWarning(by(await somebody()), { id }))).toBe("not_found");
      expect(await refusalOf(acknowledgeWarning(by(stranger), { id }))).toBe("not_found");
      expect(await fate(by(person))).toBe("forbidden sanction.warned");
      await acknowledgeWarning(by(person), { id });
      expect(await fate(by(person))).toBe("published");
      expect(await refusalOf(acknowledgeWarning(by(person), { id }))).toBe("not_found");
    },
  );

  it("a ban cannot be read away", async () => {
    const member = await somebody();
    const { id } = await lay({ userId: member.userId });
    expect(await refusalOf(acknowledgeWarning(by(member), { id }))).toBe("not_found");
  });
});

describe("one's standing", () => {
  it("shows what was laid on oneself, and no notes", async () => {
    const member = await somebody();
    const visitor = await aVisitor(article);
    await lay({ userId: member.userId }, { kind: "NOTE", days: undefined, reason: "Watch this one." });
    await lay({ userId: member.userId }, { kind: "MUTE", reason: "Calm down." });
    const { id } = await lay({ visitorId: visitor.visitorId ?? 0 }, { reason: "Spam." });
    await lift(by(moderator), { id });
    const entries = await readStanding(by({ ...member, visitorId: visitor.visitorId }));
    expect(entries.map(({ kind, reason, inForce, on }) => ({ kind, reason, inForce, on }))).toEqual([
      { kind: "BAN", reason: "Spam.", inForce: false, on: "browser" },
      { kind: "MUTE", reason: "Calm down.", inForce: true, on: "member" },
    ]);
    expect(await readStanding(by(stranger))).toEqual([]);
  });
});

describe("networks", () => {
  it("are limited from a comment, for guests alone, and no longer than their key is known", async () => {
    const network = newNetwork();
    const spam = await post(article, { body: "Cheap watches." }, by(stranger, { network }));
    const member = await somebody();
    const { id } = await limitNetwork(by(moderator), {
      commentId: spam.id,
      kind: "BAN",
      reason: "A flood.",
      hours: 24,
    });
    expect(await fate(by(stranger, { network }))).toBe("forbidden sanction.network_banned");
    expect(await fate(by(stranger))).toBe("published");
    expect(await fate(by(member, { network }))).toBe("published");
    // Tomorrow's salt makes another key; the limit was laid on today's, which is still known.
    const tomorrow = new Date(Date.now() + 24 * 3_600_000);
    expect(await fate(by(stranger, { network, now: tomorrow }))).toBe("forbidden sanction.network_banned");
    expect(await fate(by(stranger, { network, now: new Date() }))).toBe("forbidden sanction.network_banned");
    const { visitorId } = await visitorOf(spam);
    expect(await readNetwork(by(moderator), { visitorId: visitorId ?? 0 })).toMatchObject({
      commentId: spam.id,
      limits: [{ id, kind: "BAN", reason: "A flood." }],
    });
    expect(await refusalOf(readNetwork(by(member), { visitorId: visitorId ?? 0 }))).toBe(
      "forbidden forbidden.network.limit",
    );
    await lift(by(moderator), { id });
    expect(await fate(by(stranger, { network }))).toBe("published");
    expect(await readNetwork(by(moderator), { visitorId: visitorId ?? 0 })).toMatchObject({ limits: [] });
    await db.sql("UPDATE comment_networks SET ends_at = now() - interval '1 second'");
    expect(await readNetwork(by(moderator), { visitorId: visitorId ?? 0 })).toBeNull();
  });

  it("can have everything held", async () => {
    const network = newNetwork();
    const spam = await post(article, { body: "Cheaper watches." }, by(stranger, { network }));
    await limitNetwork(by(moderator), { commentId: spam.id, kind: "PREMODERATE", reason: "A flood.", hours: 1 });
    expect(await fate(by(stranger, { network }))).toBe("pending premoderated");
    const [entry, ...others] = await readStanding(by(stranger, { network }));
    expect(entry).toMatchObject({
      kind: "PREMODERATE",
      reason: "A flood.",
      inForce: true,
      on: "network",
      commentId: null,
    });
    expect(others).toEqual([]);
    expect(await readStanding(by(await somebody(), { network }))).toEqual([]);
  });

  it("of members, and of comments two days old, are not known", async () => {
    const theirs = await post(article, { body: "With an account." }, by(await somebody()));
    const wish = { kind: "BAN", reason: "A flood.", hours: 1 } as const;
    expect(await refusalOf(limitNetwork(by(moderator), { commentId: theirs.id, ...wish }))).toBe(
      "not_found sanction.no_network",
    );
    const old = await post(article, { body: "Long ago." });
    await db.sql("UPDATE comment_networks SET ends_at = now() - interval '1 second' WHERE comment_id = $1", [old.id]);
    expect(await refusalOf(limitNetwork(by(moderator), { commentId: old.id, ...wish }))).toBe(
      "not_found sanction.no_network",
    );
  });
});

it("leaves a line of the log for each, with a note's words for moderators alone", async () => {
  const member = await somebody();
  await lay({ userId: member.userId }, { kind: "NOTE", days: undefined, reason: "Watch this one." });
  const { id } = await lay({ userId: member.userId }, { reason: "Three insults." });
  await lift(by(admin), { id });
  const lines = await db.sql(
    "SELECT kind, actor_id, reason, note FROM moderation_actions WHERE user_id = $1 ORDER BY id",
    [member.userId],
  );
  expect(lines).toEqual([
    { kind: "NOTE", actor_id: moderator.userId, reason: "sanction.note", note: "Watch this one." },
    { kind: "BAN", actor_id: moderator.userId, reason: "Three insults.", note: "" },
    { kind: "LIFT", actor_id: admin.userId, reason: "sanction.BAN", note: "" },
  ]);
});
