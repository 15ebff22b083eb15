// What an admin does with people, on the real rows: who may, what is written, who is logged out, and that somebody is always left who can.
import { beforeEach, describe, expect, it } from "vitest";
import { type Actor, anonymously, type MemberActor, type Role, roles } from "@/lib/domain/actor";
import { limits } from "@/lib/domain/limits";
import { usualModeration } from "@/lib/domain/settings";
import type { Context } from "@/lib/services/context";
import { identify } from "@/lib/services/identify";
import { setThread } from "@/lib/services/manage-thread";
import { changeModerationSettings } from "@/lib/services/moderation-settings";
import { endPersonSessions, readPeople, setRoles, setSuspended } from "@/lib/services/people";
import { readModerationLog } from "@/lib/services/read-moderation-log";
import { aPerson, holderOf, loggedIn, memberOf, type Person, record, tryLogIn } from "@/tests/services/accounts/people";
import { aMember, anArticle, by, refusalOf, stranger, withoutRateLimits } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

/** Each test has admins of its own only. */
beforeEach(async () => {
  await db.sql("UPDATE users SET roles = '{}'");
});

/** The request of somebody whose password was just asked for. */
const as = (person: Person, ownRoles: readonly Role[] = ["ADMIN"], about: Partial<MemberActor> = {}): Context =>
  by({
    kind: "member",
    userId: person.id,
    handle: person.handle,
    displayName: person.handle,
    roles: ownRoles,
    verified: true,
    visitorId: null,
    session: { id: 0, confirmedAt: new Date() },
    scopes: null,
    ...about,
  });

const rolesOf = async (person: { id: number }) =>
  (await db.sql("SELECT roles::text[] AS roles FROM users WHERE id = $1", [person.id]))[0]?.roles;
const isSuspended = async (person: { id: number }) =>
  (await db.sql("SELECT suspended_at IS NOT NULL AS so FROM users WHERE id = $1", [person.id]))[0]?.so;
const adminsLeft = async () =>
  Number(
    (await db.sql("SELECT count(*) FROM users WHERE 'ADMIN' = ANY(roles) AND suspended_at IS NULL"))[0]?.count ?? 0,
  );

/** What an admin can do with a person, as it comes out. */
const acts: Record<string, (ctx: Context, id: number) => Promise<unknown>> = {
  "look for people": (ctx) => readPeople(ctx, { search: "" }),
  "give roles": (ctx, id) => setRoles(ctx, { id, roles: ["EDITOR"] }),
  suspend: (ctx, id) => setSuspended(ctx, { id, suspended: true }),
  "let in again": (ctx, id) => setSuspended(ctx, { id, suspended: false }),
  "end sessions": (ctx, id) => endPersonSessions(ctx, { id }),
};

function attempt(act: string, ctx: Context, id: number): Promise<unknown> {
  const work = acts[act];
  if (!work) throw new Error(`Nobody knows how to ${act}.`);
  return work(ctx, id);
}

describe("who may", () => {
  const doers: [string, readonly Role[], "done" | "forbidden"][] = [
    ["a member", [], "forbidden"],
    ["an author", ["AUTHOR"], "forbidden"],
    ["an editor", ["EDITOR"], "forbidden"],
    ["a moderator", ["MODERATOR"], "forbidden"],
    ["everything but admin", ["AUTHOR", "EDITOR", "MODERATOR"], "forbidden"],
    ["an admin", ["ADMIN"], "done"],
    ["somebody with every role", roles, "done"],
  ];
  const rows = doers.flatMap(([who, held, outcome]) =>
    Object.keys(acts).map((act) => [who, act, outcome, held] as const),
  );

  it.each(rows)("%s wants to %s: %s", async (_who, act, outcome, held) => {
    const doer = await aPerson({ roles: held });
    const other = await aPerson();
    const came = await refusalOf(attempt(act, as(doer, held), other.id));
    expect(came.split(" ")[0]).toBe(outcome);
    if (outcome === "forbidden") {
      expect([await rolesOf(other), await isSuspended(other), await record(db, other)]).toEqual([[], false, []]);
    }
  });

  const others: [string, () => Promise<Actor>][] = [
    ["a stranger", async () => stranger],
    ["the software itself", async () => ({ kind: "system" })],
    [
      "an admin's program with every scope",
      async () => {
        const program = { session: null, scopes: ["read", "comment", "write"] } as const;
        return as(await aPerson({ roles: ["ADMIN"] }), ["ADMIN"], program).actor;
      },
    ],
    [
      "an admin without their account",
      async () => anonymously(as(await aPerson({ roles: ["ADMIN"] }), ["ADMIN"], { visitorId: 1 }).actor),
    ],
  ];
  it.each(others)("%s may nothing", async (_who, actorOf) => {
    const ctx = by(await actorOf());
    const other = await aPerson();
    for (const act of Object.values(acts)) expect(await refusalOf(act(ctx, other.id))).toMatch(/^forbidden/);
  });

  it.each(["give roles", "suspend", "let in again"])("an admin cannot %s to themselves", async (act) => {
    await aPerson({ roles: ["ADMIN"] });
    const doer = await aPerson({ roles: ["ADMIN"] });
    expect(await refusalOf(attempt(act, as(doer), doer.id))).toMatch(/^forbidden/);
    expect(await rolesOf(doer)).toEqual(["ADMIN"]);
  });

  it("an admin may log themselves out everywhere", async () => {
    const doer = await aPerson({ roles: ["ADMIN"] });
    const started = await tryLogIn(doer);
    expect(await endPersonSessions(as(doer), { id: doer.id })).toBe(1);
    expect((await holderOf(started)).kind).toBe("visitor");
  });

  it.each(["give roles", "suspend"])("to %s asks for the password again after a quarter of an hour", async (act) => {
    const doer = await aPerson({ roles: ["ADMIN"] });
    const other = await aPerson();
    const confirmedAt = new Date(Date.now() - 15 * 60_000 - 1_000);
    const late = as(doer, ["ADMIN"], { session: { id: 0, confirmedAt } });
    expect(await refusalOf(attempt(act, late, other.id))).toBe("unauthenticated confirm.needed");
  });

  it("somebody whose power was taken while their request was under way does nothing with it", async () => {
    await aPerson({ roles: ["ADMIN"] });
    const formerly = await aPerson();
    const other = await aPerson();
    expect(await refusalOf(setRoles(as(formerly), { id: other.id, roles: ["ADMIN"] }))).toBe("forbidden");
    expect(await rolesOf(other)).toEqual([]);
  });

  it.each(Object.keys(acts).slice(1))("to %s needs somebody who is there", async (act) => {
    const doer = await aPerson({ roles: ["ADMIN"] });
    const left = await aPerson();
    await db.sql("UPDATE users SET deleted_at = now() WHERE id = $1", [left.id]);
    for (const id of [left.id, 2_000_000_000, Number.MAX_SAFE_INTEGER]) {
      expect(await refusalOf(attempt(act, as(doer), id))).toBe("not_found");
    }
  });
});

describe("roles", () => {
  it("are given and taken as wished, once each, with a line each; nothing is written when nothing changes", async () => {
    const doer = await aPerson({ roles: ["ADMIN"] });
    const person = await aPerson({ roles: ["AUTHOR"] });
    await setRoles(as(doer), { id: person.id, roles: ["MODERATOR", "EDITOR", "MODERATOR"] });
    expect(await rolesOf(person)).toEqual(["EDITOR", "MODERATOR"]);
    await setRoles(as(doer), { id: person.id, roles: ["MODERATOR", "EDITOR"] });
    const lines = await db.sql("SELECT kind, actor_id, detail FROM audit_events WHERE subject_id = $1 ORDER BY id", [
      person.id,
    ]);
    expect(lines.map(({ kind, actor_id, detail }) => [kind, actor_id, detail])).toEqual([
      ["roleGiven", doer.id, { role: "EDITOR" }],
      ["roleGiven", doer.id, { role: "MODERATOR" }],
      ["roleTaken", doer.id, { role: "AUTHOR" }],
    ]);
  });

  it("give whoever moderates a public name that lasts and is nobody else's; real names stand in the log where the site says so", async () => {
    const doer = await aPerson({ roles: ["ADMIN"] });
    const people = await Promise.all(["ann", "ben", "cat"].map((handle) => aMember(handle, `${handle} Full`)));
    const nameOf = async ({ userId }: MemberActor) =>
      (await db.sql("SELECT moderator_name AS name FROM users WHERE id = $1", [userId]))[0]?.name;
    await Promise.all(people.map(({ userId: id }) => setRoles(as(doer), { id, roles: ["MODERATOR"] })));
    const names = await Promise.all(people.map(nameOf));
    expect(new Set(names).size).toBe(people.length);
    expect(names).not.toContain(null);
    const [first] = people;
    if (!first) throw new Error("There are people.");
    await setRoles(as(doer), { id: first.userId, roles: [] });
    await setRoles(as(doer), { id: first.userId, roles: ["EDITOR", "MODERATOR"] });
    expect(await nameOf(first)).toBe(names[0]);

    const { slug } = await anArticle();
    const settings = { locked: true, mode: null, slowSeconds: null, closesAt: null };
    await setThread(by({ ...first, roles: ["MODERATOR"] }), { slug, settings, reason: "" });
    const byWhom = async () => (await readModerationLog(by(), { article: slug })).lines[0]?.by;
    expect(await byWhom()).toEqual({ name: names[0], handle: null });
    await changeModerationSettings(as(doer), { ...usualModeration, names: "NAME" });
    expect(await byWhom()).toEqual({ name: "ann Full", handle: "ann" });
    await changeModerationSettings(as(doer), usualModeration);
    expect(await byWhom()).toEqual({ name: names[0], handle: null });
  });

  it("end every session of the person when they change, and only then", async () => {
    const doer = await aPerson({ roles: ["ADMIN"] });
    const person = await aPerson({ roles: ["MODERATOR"] });
    const [first, second] = [await tryLogIn(person), await tryLogIn(person)];
    await setRoles(as(doer), { id: person.id, roles: ["MODERATOR"] });
    expect((await memberOf(first)).roles).toEqual(["MODERATOR"]);
    await setRoles(as(doer), { id: person.id, roles: [] });
    expect([(await holderOf(first)).kind, (await holderOf(second)).kind]).toEqual(["visitor", "visitor"]);
    expect((await memberOf(await tryLogIn(person))).roles).toEqual([]);
  });

  it("count from the next request on, whatever the session was begun with", async () => {
    const person = await aPerson({ roles: ["ADMIN"] });
    const started = await tryLogIn(person);
    await db.sql("UPDATE users SET roles = '{AUTHOR}' WHERE id = $1", [person.id]);
    expect((await memberOf(started)).roles).toEqual(["AUTHOR"]);
  });
});

describe("a suspended person", () => {
  it("is a visitor at the next request, cannot log in, and can again later", async () => {
    const doer = await aPerson({ roles: ["ADMIN"] });
    const person = await aPerson();
    const started = await tryLogIn(person);
    await setSuspended(as(doer), { id: person.id, suspended: true });
    await setSuspended(as(doer), { id: person.id, suspended: true });
    expect(await holderOf(started)).toEqual({ kind: "visitor", visitorId: null });
    expect(await refusalOf(tryLogIn(person))).toBe("forbidden logIn.suspended");
    await setSuspended(as(doer), { id: person.id, suspended: false });
    expect((await holderOf(started)).kind).toBe("visitor");
    expect((await memberOf(await tryLogIn(person))).userId).toBe(person.id);
    expect((await record(db, person)).filter((kind) => kind.includes("suspended"))).toEqual([
      "suspended",
      "unsuspended",
    ]);
  });

  it("is a visitor even with a session that nobody ended", async () => {
    const person = await aPerson();
    const started = await tryLogIn(person);
    await db.sql("UPDATE users SET suspended_at = now() WHERE id = $1", [person.id]);
    expect((await identify({ session: started.sessionToken, visitor: undefined })).kind).toBe("visitor");
  });
});

describe("the last admin", () => {
  /** Ways in which a second admin does not count as one who could go on. */
  const unfit: [string, string][] = [
    ["has no way to log in", "email = NULL, email_verified_at = NULL"],
    ["is suspended", "suspended_at = now()"],
    ["has left", "deleted_at = now()"],
    ["is about to leave", "leaving_at = now() + interval '3 days', leaving_mode = 'DISOWN'"],
    ["never confirmed their address", "email_verified_at = NULL"],
  ];
  it.each(unfit)("stays when the other one %s", async (_how, change) => {
    const last = await aPerson({ roles: ["ADMIN"] });
    const other = await aPerson({ roles: ["ADMIN"] });
    await db.sql(`UPDATE users SET ${change} WHERE id = $1`, [other.id]);
    const expected = /^(conflict people\.last_admin|forbidden)$/;
    expect(await refusalOf(setRoles(as(other), { id: last.id, roles: [] }))).toMatch(expected);
    expect(await refusalOf(setSuspended(as(other), { id: last.id, suspended: true }))).toMatch(expected);
    expect([await rolesOf(last), await isSuspended(last)]).toEqual([["ADMIN"], false]);
  });

  it.each(unfit.slice(0, 2))("may take the power of one who %s", async (_how, change) => {
    const last = await aPerson({ roles: ["ADMIN"] });
    const other = await aPerson({ roles: ["ADMIN"] });
    await db.sql(`UPDATE users SET ${change} WHERE id = $1`, [other.id]);
    await setRoles(as(last), { id: other.id, roles: [] });
    expect(await rolesOf(other)).toEqual([]);
  });

  const against: [string, (ctx: Context, id: number) => Promise<void>][] = [
    ["demote", (ctx, id) => setRoles(ctx, { id, roles: [] })],
    ["suspend", (ctx, id) => setSuspended(ctx, { id, suspended: true })],
  ];
  it.each(against)("stays when two admins %s each other at once", async (_what, act) => {
    for (let round = 0; round < 10; round++) {
      await db.sql("UPDATE users SET roles = '{}'");
      const [one, two] = [
        await aPerson({ roles: ["ADMIN"], password: null }),
        await aPerson({ roles: ["ADMIN"], password: null }),
      ];
      const came = await Promise.all([refusalOf(act(as(one), two.id)), refusalOf(act(as(two), one.id))]);
      expect(came.filter((outcome) => outcome === "done")).toHaveLength(1);
      expect(await adminsLeft()).toBe(1);
    }
  });

  it("is one of three who all demote the next one at once", async () => {
    const ring: Person[] = [];
    for (let nth = 0; nth < 3; nth++) ring.push(await aPerson({ roles: ["ADMIN"], password: null }));
    await Promise.all(
      ring.map((person, nth) =>
        refusalOf(setRoles(as(person), { id: ring[(nth + 1) % 3]?.id ?? 0, roles: ["MODERATOR"] })),
      ),
    );
    expect(await adminsLeft()).toBeGreaterThanOrEqual(1);
  });
});

describe("looking for people", () => {
  const found = async (admin: Person, search: string, about: { role?: Role; before?: number } = {}) =>
    (await readPeople(as(admin), { search, ...about })).people.map(({ handle }) => handle);

  it("finds by handle, address and name, takes LIKE's characters as they are, and anything can be typed", async () => {
    const admin = await aPerson({ roles: ["ADMIN"], handle: "ann_the_admin" });
    await aPerson({ handle: "per_cent", email: "half%off_sale@example.org" });
    await aPerson({ handle: "perxcent", email: "halfxoffxsale@example.org" });
    const rows: [string, string[]][] = [
      ["per_", ["per_cent"]],
      ["PERX", ["perxcent"]],
      ["half%off", ["per_cent"]],
      ["half_off", []],
      ["%", []],
      ["__", []],
      ["\\", []],
      ["\\%", []],
      ["called perx", ["perxcent"]],
      ["the ONE  called\tper_c", ["per_cent"]],
      ["' OR 1=1 --", []],
      ["per\u0000_cent", ["per_cent"]],
      ["\ud800", []],
      ["%_".repeat(5_000), []],
      ["x".repeat(100_000), []],
    ];
    for (const [search, handles] of rows)
      expect([search.slice(0, 20), await found(admin, search)]).toEqual([search.slice(0, 20), handles]);
  });

  it("tells who has no way to log in, never an address, and what the admin may do with whom", async () => {
    const admin = await aPerson({ roles: ["ADMIN"] });
    const imported = await aMember("imported_one", "Imported One");
    await tryLogIn(admin);
    const { people } = await readPeople(as(admin), { search: "" });
    const of = (id: number) => people.find((person) => person.id === id);
    expect(of(imported.userId)).toMatchObject({ canLogIn: false, sessions: 0, may: { setRoles: true, suspend: true } });
    expect(of(admin.id)).toMatchObject({
      canLogIn: true,
      sessions: 1,
      may: { setRoles: false, suspend: false, endSessions: true },
    });
    expect(JSON.stringify(people)).not.toContain("@example.org");
  });

  it("shows who has a role, and page by page everybody once, newest first", async () => {
    const admin = await aPerson({ roles: ["ADMIN"] });
    const editor = await aPerson({ roles: ["EDITOR"], password: null });
    expect(await found(admin, "", { role: "EDITOR" })).toEqual([editor.handle]);
    for (let nth = 0; nth < limits.peoplePerPage; nth++) await aPerson({ password: null });
    expect(
      (await readPeople(as(admin), { search: "", before: Number.MAX_SAFE_INTEGER })).people[0]?.id,
    ).toBeGreaterThan(0);
    const seen: number[] = [];
    let before: number | undefined;
    for (;;) {
      const page = await readPeople(as(admin), { search: "", before });
      expect(page.people.length).toBeLessThanOrEqual(limits.peoplePerPage);
      seen.push(...page.people.map(({ id }) => id));
      if (page.older === null) break;
      before = page.older;
    }
    const all = await db.sql("SELECT id FROM users WHERE deleted_at IS NULL ORDER BY id DESC");
    expect(seen).toEqual(all.map(({ id }) => id));
  });
});

describe("an admin who has really logged in", () => {
  it("can do all of it", async () => {
    const admin = await aPerson({ roles: ["ADMIN"] });
    const ctx = await loggedIn(admin);
    const other = await aPerson();
    for (const act of Object.values(acts)) expect(await refusalOf(act(ctx, other.id))).toBe("done");
  });
});
