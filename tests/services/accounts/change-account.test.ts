// Changing one's password, names and profile; being asked for the password again before what matters most (R37, R41, R53).
import { beforeEach, describe, expect, it } from "vitest";
import { profileSchema } from "@/lib/domain/account";
import { limits } from "@/lib/domain/limits";
import { env } from "@/lib/env";
import { changeHandle, changeName, changePassword, changeProfile } from "@/lib/services/change-account";
import { confirmIdentity, requireConfirmed } from "@/lib/services/confirm-identity";
import type { Context } from "@/lib/services/context";
import { readOwnAccount } from "@/lib/services/own-account";
import { readComment } from "@/lib/services/read-comment";
import { readPerson } from "@/lib/services/read-person";
import { resetPassword } from "@/lib/services/recover-account";
import { database } from "@/lib/store/client";
import { forgetEndedHolds } from "@/lib/store/handle-holds";
import {
  aLink,
  aPerson,
  holderOf,
  loggedIn,
  mails,
  memberOf,
  newName,
  passing,
  password,
  record,
  tryLogIn,
  wrongPassword,
} from "@/tests/services/accounts/people";
import { aMember, anArticle, by, post, refusalOf } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();

beforeEach(() => {
  env().rateLimitFactor = 1_000_000;
});

const next = "eleven herons at noon";
const refused = async (act: () => unknown) => refusalOf((async () => act())());

describe("a new password", () => {
  it("replaces the old one, ends all other sessions, and this one goes on under another token", async () => {
    const person = await aPerson();
    const other = await tryLogIn(person);
    const own = await tryLogIn(person);
    const renewed = await changePassword(by(await memberOf(own)), { current: password, next });
    expect((await holderOf(other)).kind).toBe("visitor");
    expect((await holderOf(own)).kind).toBe("visitor");
    expect(await memberOf(renewed)).toMatchObject({ userId: person.id });
    expect(renewed.maxAge).toBeGreaterThan(own.maxAge - 60);
    expect(renewed.maxAge).toBeLessThanOrEqual(own.maxAge);
    expect(await refusalOf(tryLogIn(person))).toBe("invalid password=logIn.wrong");
    expect(await refusalOf(tryLogIn(person, { password: next }))).toBe("done");
    expect(await mails(db, person)).toContain("passwordChanged");
    expect(await record(db, person)).toContain("passwordChanged");
  });

  it("needs the old one, at its field, and must be good, at its own", async () => {
    const person = await aPerson();
    const ctx = await loggedIn(person);
    const change = (current: string | undefined, wish: string) =>
      refusalOf(changePassword(ctx, { current, next: wish }));
    expect(await change(wrongPassword, next)).toBe("invalid current=password.wrong");
    expect(await change(undefined, next)).toBe("invalid current=password.wrong");
    expect(await change(password, "1q2w3e4r5t")).toBe("invalid next=password.common");
    expect(await change(password, `${person.handle}1`)).toBe("invalid next=password.about_you");
    expect(await refusalOf(changePassword(by(), { current: password, next }))).toBe("unauthenticated");
  });

  it("is longer for staff", async () => {
    const ctx = await loggedIn(await aPerson({ roles: ["EDITOR"] }));
    expect(await refusalOf(changePassword(ctx, { current: password, next: "herons 4 tea!" }))).toBe(
      "invalid next=password.too_short_staff",
    );
  });

  it("ends links to reset it", async () => {
    const person = await aPerson();
    const token = await aLink("RESET_PASSWORD", person);
    await changePassword(await loggedIn(person), { current: password, next });
    expect(await refusalOf(resetPassword(by(), { token, password: "a thief's own herons" }))).toBe(
      "not_found link.ended",
    );
  });

  it("where there was none needs a log-in of the last quarter of an hour", async () => {
    const person = await aPerson();
    const ctx = await loggedIn(person);
    await db.sql("UPDATE users SET password_hash = NULL WHERE id = $1", [person.id]);
    const later = { ...ctx, now: new Date(Date.now() + 16 * 60_000) };
    expect(await refusalOf(changePassword(later, { current: undefined, next }))).toBe("unauthenticated confirm.needed");
    expect(await refusalOf(changePassword(ctx, { current: undefined, next }))).toBe("done");
    expect(await refusalOf(tryLogIn(person, { password: next }))).toBe("done");
  });

  it("opens the account by handle also for who has no address", async () => {
    const person = await aPerson();
    const ctx = await loggedIn(person);
    await db.sql("UPDATE users SET password_hash = NULL, email = NULL, email_verified_at = NULL WHERE id = $1", [
      person.id,
    ]);
    expect(await refusalOf(tryLogIn(person))).toBe("invalid password=logIn.wrong");
    await changePassword(ctx, { current: undefined, next });
    expect(await refusalOf(tryLogIn(person, { password: next }))).toBe("done");
  });

  it("of two at once lets one win", async () => {
    const person = await aPerson();
    const contexts = [await loggedIn(person), await loggedIn(person)];
    const outcomes = await Promise.all(
      contexts.map((ctx, nth) => refusalOf(changePassword(ctx, { current: password, next: `${next} ${nth}` }))),
    );
    expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(1);
  });
});

describe("being asked again (R41)", () => {
  it("is not needed for a quarter of an hour after logging in, then it is, and confirming begins it anew", async () => {
    const person = await aPerson();
    const started = await tryLogIn(person);
    const confirmed = async () => {
      const ctx = by(await memberOf(started));
      return refused(() => requireConfirmed(ctx));
    };
    expect(await confirmed()).toBe("done");
    await passing(db, 14 * 60);
    expect(await confirmed()).toBe("done");
    await passing(db, 61);
    expect(await confirmed()).toBe("unauthenticated confirm.needed");
    await confirmIdentity(by(await memberOf(started)), { password });
    expect(await confirmed()).toBe("done");
  });

  it("is judged by the database's clock, not by a server's that is wrong", async () => {
    const started = await tryLogIn(await aPerson());
    await passing(db, 16 * 60);
    const ctx = by(await memberOf(started));
    expect(await refused(() => requireConfirmed(ctx))).toBe("unauthenticated confirm.needed");
  });

  it("confirms this session alone", async () => {
    const person = await aPerson();
    const [own, other] = [await tryLogIn(person), await tryLogIn(person)];
    await passing(db, 16 * 60);
    await confirmIdentity(by(await memberOf(own)), { password });
    const ctx = by(await memberOf(other));
    expect(await refused(() => requireConfirmed(ctx))).toBe("unauthenticated confirm.needed");
  });

  it("never confirms visitors and programs", async () => {
    const { actor } = await loggedIn(await aPerson());
    if (actor.kind !== "member") throw new Error("Nobody logged in.");
    const program = by({ ...actor, session: null, scopes: ["read", "write"] });
    expect(await refused(() => requireConfirmed(by()))).toBe("unauthenticated confirm.needed");
    expect(await refused(() => requireConfirmed(program))).toBe("unauthenticated confirm.needed");
    expect(await refusalOf(confirmIdentity(program, { password }))).toBe("forbidden forbidden.account.manage");
  });

  it("is slowed like logging in: five wrong in five minutes, and they count towards closing the password", async () => {
    env().rateLimitFactor = 1;
    const person = await aPerson();
    const ctx = await loggedIn(person);
    const guess = () => refusalOf(confirmIdentity(ctx, { password: wrongPassword }));
    for (let nth = 0; nth < 5; nth++) expect(await guess()).toBe("invalid password=password.wrong");
    expect(await guess()).toBe("rate_limited password.too_often");
    expect(await refusalOf(confirmIdentity(ctx, { password }))).toBe("rate_limited password.too_often");
    const [row] = await db.sql("SELECT password_failures FROM users WHERE id = $1", [person.id]);
    expect(row?.password_failures).toBe(5);
    await passing(db, 301);
    expect(await refusalOf(confirmIdentity(ctx, { password }))).toBe("done");
    for (let nth = 0; nth < 10; nth++) expect(await refusalOf(confirmIdentity(ctx, { password }))).toBe("done");
  });
});

describe("a new display name", () => {
  it("is theirs from the next request on, and keeps others from looking like it", async () => {
    const person = await aPerson();
    const ctx = await loggedIn(person);
    await changeName(ctx, { displayName: "Ottilie Quist" });
    expect(await readOwnAccount(ctx)).toMatchObject({ displayName: "Ottilie Quist" });
    const other = await loggedIn(await aPerson());
    expect(await refusalOf(changeName(other, { displayName: "0ttilie Quist" }))).toBe(
      "invalid displayName=displayName.taken",
    );
    expect(await record(db, person)).toContain("nameChanged");
    // One's own name in another dress is one's own.
    expect(await refusalOf(changeName(ctx, { displayName: "OTTILIE QUIST" }))).toBe("done");
  });

  it("stands on their comments from then on, and on nobody else's", async () => {
    const article = await anArticle();
    const ctx = await loggedIn(await aPerson());
    const own = await post(article, { body: "Mine." }, ctx);
    const other = await post(article, { body: "Another's." }, await loggedIn(await aPerson()));
    const nameOn = async (comment: { id: string }) =>
      (await readComment(by(), { id: comment.id })).subThread.node.comment.author.name;
    const before = await nameOn(other);
    await changeName(ctx, { displayName: "Wilhelmine Oss" });
    expect(await nameOn(own)).toBe("Wilhelmine Oss");
    expect(await nameOn(other)).toBe(before);
  });

  it("can be one's own handle, and not somebody else's, nor the house's", async () => {
    const person = await aPerson();
    const other = await aMember(newName("other"), "Another One");
    const ctx = await loggedIn(person);
    expect(await refusalOf(changeName(ctx, { displayName: person.handle }))).toBe("done");
    expect(await refusalOf(changeName(ctx, { displayName: other.handle }))).toBe(
      "invalid displayName=displayName.taken",
    );
    expect(await refusalOf(changeName(ctx, { displayName: "Administrator" }))).toBe(
      "invalid displayName=displayName.taken",
    );
  });

  it("can be had ten times a day", async () => {
    env().rateLimitFactor = 1;
    const ctx = await loggedIn(await aPerson());
    for (let nth = 0; nth < 10; nth++)
      expect(await refusalOf(changeName(ctx, { displayName: newName("face") }))).toBe("done");
    expect(await refusalOf(changeName(ctx, { displayName: newName("face") }))).toBe("rate_limited account.too_often");
  });

  it("of two who wish for one at once goes to one", async () => {
    const contexts = await Promise.all([aPerson(), aPerson()].map(async (person) => loggedIn(await person)));
    const outcomes = await Promise.all(
      contexts.map((ctx) => refusalOf(changeName(ctx, { displayName: "Wanted Widely" }))),
    );
    expect(outcomes.sort()).toEqual(["done", "invalid displayName=displayName.taken"]);
  });
});

describe("a new handle", () => {
  const pageAt = async (handle: string) => {
    const found = await readPerson(by(), { handle });
    return "moved" in found ? `moved to ${found.moved}` : found.handle;
  };

  it("leaves the old one as a way to its member for ninety days, kept from everybody else", async () => {
    const person = await aPerson();
    const handle = newName("renamed");
    await changeHandle(await loggedIn(person), { handle });
    expect(await pageAt(handle)).toBe(handle);
    expect(await pageAt(person.handle)).toBe(`moved to ${handle}`);
    const other = await loggedIn(await aPerson());
    expect(await refusalOf(changeHandle(other, { handle: person.handle }))).toBe("invalid handle=handle.taken");
    await passing(db, limits.handleHoldDays * 24 * 3_600 + 1);
    expect(await refusalOf(pageAt(person.handle))).toBe("not_found");
    expect(await refusalOf(changeHandle(await loggedIn(await aPerson()), { handle: person.handle }))).toBe("done");
    expect(await pageAt(person.handle)).toBe(person.handle);
    expect(await record(db, person)).toContain("handleChanged");
  });

  it("leads all the way after several changes", async () => {
    const person = await aPerson();
    const handles = [newName("first"), newName("second")];
    for (const handle of handles) {
      await changeHandle(await loggedIn({ handle: person.email }), { handle });
      await passing(db, 7 * 24 * 3_600 + 1);
    }
    for (const old of [person.handle, handles[0] ?? ""]) expect(await pageAt(old)).toBe(`moved to ${handles[1]}`);
  });

  it("can be had once a week; going back is possible at any time", async () => {
    const person = await aPerson();
    const started = await tryLogIn(person);
    const change = async (handle: string) => refusalOf(changeHandle(by(await memberOf(started)), { handle }));
    const wished = newName("wished");
    expect(await change(wished)).toBe("done");
    expect(await change(newName("wished"))).toBe("rate_limited handle.too_often");
    expect(await change(person.handle)).toBe("done");
    expect(await pageAt(wished)).toBe(`moved to ${person.handle}`);
    expect(await change(newName("wished"))).toBe("rate_limited handle.too_often");
    await passing(db, 7 * 24 * 3_600 + 1);
    expect(await change(newName("wished"))).toBe("done");
  });

  it("that one has already changes nothing", async () => {
    const person = await aPerson();
    await changeHandle(await loggedIn(person), { handle: person.handle });
    expect(await db.sql("SELECT 1 FROM handle_holds WHERE user_id = $1", [person.id])).toEqual([]);
  });

  it("of two who wish for one at once goes to one", async () => {
    const handle = newName("rush");
    const contexts = await Promise.all([aPerson(), aPerson()].map(async (person) => loggedIn(await person)));
    const outcomes = await Promise.all(contexts.map((ctx) => refusalOf(changeHandle(ctx, { handle }))));
    expect(outcomes.sort()).toEqual(["done", "invalid handle=handle.taken"]);
  });

  it("is forgotten as an old one when its time is over", async () => {
    const person = await aPerson();
    await changeHandle(await loggedIn(person), { handle: newName("gone") });
    const holds = () => db.sql("SELECT 1 FROM handle_holds WHERE user_id = $1", [person.id]);
    await forgetEndedHolds(database());
    expect(await holds()).toHaveLength(1);
    await passing(db, limits.handleHoldDays * 24 * 3_600 + 1);
    await forgetEndedHolds(database());
    expect(await holds()).toEqual([]);
  });
});

describe("the profile", () => {
  it("keeps what was written and shows what is safe of it; what is left out stays", async () => {
    const person = await aPerson();
    const ctx = await loggedIn(person);
    await changeProfile(ctx, { bio: "I *like* <script>alert(1)</script> herons." });
    await changeProfile(ctx, { mailReplies: false });
    expect(await readOwnAccount(ctx)).toMatchObject({
      bio: "I *like* <script>alert(1)</script> herons.",
      mailReplies: false,
      hasPassword: true,
      email: person.email,
    });
    const page = await readPerson(by(), { handle: person.handle });
    if ("moved" in page) throw new Error("Nobody moved.");
    expect(page.bioHtml).toContain("<em>like</em>");
    expect(page.bioHtml).not.toContain("<script");
  });

  it("changes nothing but what belongs to it, whatever the form says (R48)", async () => {
    const person = await aPerson();
    const sent = {
      bio: "Hello.",
      roles: ["ADMIN"],
      email: "x@example.org",
      passwordHash: "x",
      id: 1,
      suspendedAt: null,
    };
    const parsed = profileSchema.parse(sent);
    expect(Object.keys(parsed)).toEqual(["bio"]);
    await changeProfile(await loggedIn(person), { ...sent, ...parsed });
    const [row] = await db.sql("SELECT roles, email, bio FROM users WHERE id = $1", [person.id]);
    expect(row).toEqual({ roles: "{}", email: person.email, bio: "Hello." });
  });

  it("is nobody else's", async () => {
    const acts: ((ctx: Context) => Promise<unknown>)[] = [
      (ctx) => changeProfile(ctx, { bio: "x" }),
      (ctx) => changeName(ctx, { displayName: "Another Name" }),
      (ctx) => changeHandle(ctx, { handle: newName("mine") }),
      readOwnAccount,
    ];
    const { actor } = await loggedIn(await aPerson());
    if (actor.kind !== "member") throw new Error("Nobody logged in.");
    const program = by({ ...actor, session: null, scopes: ["read", "comment", "write"] });
    for (const act of acts) {
      expect(await refusalOf(act(by()))).toBe("unauthenticated");
      expect(await refusalOf(act(program))).toBe("forbidden forbidden.account.manage");
    }
  });
});
