// Being logged in: a row that is asked for on every request, so that what changes in the database holds at once (R36-R39, R46).
import { describe, expect, it } from "vitest";
import { sessionLife, sessionsPerMember } from "@/lib/domain/session";
import { endOneSession, listOwnSessions, logOut, logOutEverywhere } from "@/lib/services/log-out";
import {
  aBrowser,
  aPerson,
  holderOf,
  loggedIn,
  memberOf,
  passing,
  password,
  record,
  tryLogIn,
} from "@/tests/services/accounts/people";
import { by, refusalOf, withoutRateLimits } from "@/tests/services/arrange";
import { dumpOf } from "@/tests/services/dump";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

const kindOf = async (started: { sessionToken: string }) => (await holderOf(started)).kind;

describe("a session", () => {
  it("is 256 bits in the browser and a hash in the database", async () => {
    const { sessionToken } = await tryLogIn(await aPerson());
    expect(Buffer.from(sessionToken, "base64url")).toHaveLength(32);
    const everything = await dumpOf(db);
    expect(everything).not.toContain(sessionToken);
    expect(everything).not.toContain(Buffer.from(sessionToken, "base64url").toString("hex"));
    expect(everything).not.toContain(password);
  });

  it.each([["", "x", "a".repeat(43), "'; DROP TABLE sessions; --"]])(
    "is nobody's with the token %j",
    async (sessionToken) => {
      expect(await kindOf({ sessionToken })).toBe("visitor");
    },
  );

  it("is a new one after every log-in, and the one this browser had is dead (fixation, R37)", async () => {
    const person = await aPerson();
    const browser = aBrowser();
    const first = await tryLogIn(person, { browser });
    const second = await tryLogIn(person, { browser, ctx: by(await memberOf(first)) });
    expect(second.sessionToken).not.toBe(first.sessionToken);
    expect(await kindOf(first)).toBe("visitor");
    expect(await kindOf(second)).toBe("member");
  });

  it("planted in a browser is not the one that its owner gets, and does not become theirs", async () => {
    const thief = await aPerson();
    const victim = await aPerson();
    const planted = await tryLogIn(thief);
    const own = await tryLogIn(victim, { ctx: by(await memberOf(planted)) });
    expect(await kindOf(planted)).toBe("visitor");
    expect(await memberOf(own)).toMatchObject({ userId: victim.id });
  });
});

describe("what the database says holds on the next request", () => {
  it.each([
    ["roles", "UPDATE users SET roles = '{MODERATOR}' WHERE id = $1", { roles: ["MODERATOR"] }],
    ["names", "UPDATE users SET display_name = 'Newly Named' WHERE id = $1", { displayName: "Newly Named" }],
    ["an unconfirmed address", "UPDATE users SET email_verified_at = NULL WHERE id = $1", { verified: false }],
  ])("%s", async (_what, change, expected) => {
    const person = await aPerson();
    const started = await tryLogIn(person);
    await db.sql(change, [person.id]);
    expect(await memberOf(started)).toMatchObject(expected);
  });

  it.each([
    ["suspended", "UPDATE users SET suspended_at = now() WHERE id = $1"],
    ["gone", "UPDATE users SET deleted_at = now() WHERE id = $1"],
    ["logged out by an admin", "DELETE FROM sessions WHERE user_id = $1"],
  ])("a member who is %s is nobody", async (_what, change) => {
    const person = await aPerson();
    const started = await tryLogIn(person);
    expect(await kindOf(started)).toBe("member");
    await db.sql(change, [person.id]);
    expect(await kindOf(started)).toBe("visitor");
  });
});

describe("the life of a session", () => {
  const table = [
    ["a member's", [] as const],
    ["an author's", ["AUTHOR"] as const],
    ["an editor's", ["EDITOR"] as const],
    ["an admin's", ["ADMIN"] as const],
  ] as const;

  it.each(table)("%s ends when it is not used for long enough", async (_whose, roles) => {
    const { idleMs } = sessionLife(roles);
    const started = await tryLogIn(await aPerson({ roles }));
    await passing(db, idleMs / 1_000 - 60);
    expect(await kindOf(started)).toBe("member"); // This use begins the time anew.
    await passing(db, idleMs / 1_000 - 60);
    expect(await kindOf(started)).toBe("member");
    await passing(db, idleMs / 1_000 + 1);
    expect(await kindOf(started)).toBe("visitor");
  });

  it.each(table)("%s ends in any case one day", async (_whose, roles) => {
    const { idleMs, absoluteMs } = sessionLife(roles);
    const started = await tryLogIn(await aPerson({ roles }));
    expect(started.maxAge).toBe(absoluteMs / 1_000);
    const step = idleMs / 2_000;
    for (let passed = step; passed < absoluteMs / 1_000; passed += step) {
      await passing(db, step);
      expect(await kindOf(started)).toBe("member");
    }
    await passing(db, step);
    expect(await kindOf(started)).toBe("visitor");
  });

  it("is prolonged once in a while and not on every request", async () => {
    const person = await aPerson();
    const started = await tryLogIn(person);
    const seen = async () => (await db.sql("SELECT last_seen_at FROM sessions WHERE user_id = $1", [person.id]))[0];
    const before = await seen();
    await holderOf(started);
    expect(await seen()).toEqual(before);
    await passing(db, 301);
    const passed = await seen();
    await holderOf(started);
    expect(await seen()).not.toEqual(passed);
  });
});

describe("a member's sessions", () => {
  it(`are ${sessionsPerMember} at most; one more ends the one unused for longest`, async () => {
    const person = await aPerson();
    const started = [];
    for (let nth = 0; nth < sessionsPerMember; nth++) {
      started.push(await tryLogIn(person));
      await passing(db, 1);
    }
    const [oldest, next] = started;
    if (!oldest || !next) throw new Error("Nobody logged in.");
    expect(await kindOf(oldest)).toBe("member");
    const last = await tryLogIn(person);
    expect(await kindOf(oldest)).toBe("visitor");
    expect(await kindOf(next)).toBe("member");
    expect(await listOwnSessions(by(await memberOf(last)))).toHaveLength(sessionsPerMember);
  });

  it("are listed with their browsers, the latest used first, and this one marked; ended ones are not", async () => {
    const person = await aPerson();
    await tryLogIn(person, { browser: aBrowser("Old browser") });
    await passing(db, 40 * 24 * 3600);
    await tryLogIn(person, { browser: aBrowser("Safari on iOS") });
    await passing(db, 10);
    const ctx = await loggedIn(person);
    expect((await listOwnSessions(ctx)).map(({ device, current }) => [device, current])).toEqual([
      ["Firefox on Linux", true],
      ["Safari on iOS", false],
    ]);
  });

  it("end one by one, and only one's own", async () => {
    const person = await aPerson();
    const other = await tryLogIn(person);
    const foreign = await tryLogIn(await aPerson());
    const ctx = await loggedIn(person);
    const idOf = async (started: { sessionToken: string }) => (await memberOf(started)).session?.id ?? 0;
    const [id, foreignId] = [await idOf(other), await idOf(foreign)];
    expect(await refusalOf(endOneSession(ctx, { id: foreignId }))).toBe("not_found");
    expect(await kindOf(foreign)).toBe("member");
    await endOneSession(ctx, { id });
    expect(await kindOf(other)).toBe("visitor");
    expect(await refusalOf(endOneSession(ctx, { id }))).toBe("not_found");
  });

  it("end all at once, or all but this one", async () => {
    const person = await aPerson();
    const [other, own] = [await tryLogIn(person), await tryLogIn(person)];
    const ctx = by(await memberOf(own));
    expect(await logOutEverywhere(ctx, { keepThis: true })).toBe(1);
    expect([await kindOf(other), await kindOf(own)]).toEqual(["visitor", "member"]);
    expect(await logOutEverywhere(ctx)).toBe(1);
    expect(await kindOf(own)).toBe("visitor");
    expect((await record(db, person)).filter((kind) => kind === "sessionEnded")).toHaveLength(2);
  });

  it("end by logging out, this one alone; a second time changes nothing", async () => {
    const person = await aPerson();
    const [other, own] = [await tryLogIn(person), await tryLogIn(person)];
    const ctx = by(await memberOf(own));
    await logOut(ctx);
    await logOut(ctx);
    await logOut(by());
    expect([await kindOf(other), await kindOf(own)]).toEqual(["member", "visitor"]);
    expect((await record(db, person)).filter((kind) => kind === "loggedOut")).toHaveLength(1);
  });

  it("are nobody's business who is not logged in, nor a program's", async () => {
    const { actor } = await loggedIn(await aPerson());
    if (actor.kind !== "member") throw new Error("Nobody logged in.");
    const program = by({ ...actor, session: null, scopes: ["read", "comment", "write"] });
    for (const act of [listOwnSessions, logOutEverywhere]) {
      expect(await refusalOf(act(by()))).toBe("unauthenticated");
      expect(await refusalOf(act(program))).toBe("forbidden forbidden.account.manage");
    }
  });
});
