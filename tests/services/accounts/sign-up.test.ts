// Becoming a member: nobody learns who has an account, nobody gets a name that looks like another's, nobody gets a power.
import { describe, expect, it } from "vitest";
import { signUpSchema } from "@/lib/domain/account";
import { limits } from "@/lib/domain/limits";
import { type SignUp, signUp } from "@/lib/services/sign-up";
import { insertAccount } from "@/lib/store/accounts";
import { inTransaction } from "@/lib/store/client";
import { holdHandle } from "@/lib/store/handle-holds";
import { writeSetting } from "@/lib/store/settings";
import { skeleton } from "@/lib/text/confusables";
import {
  aBrowser,
  aPerson,
  loggedIn,
  mails,
  memberOf,
  newName,
  password,
  record,
  tryLogIn,
} from "@/tests/services/accounts/people";
import { aMember, by, refusalOf, withoutRateLimits } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

/** What the form of somebody new says. */
function aWish(about: Partial<SignUp> = {}): SignUp {
  const handle = newName("new");
  const names = { handle, displayName: `New ${handle}`, email: `${handle}@example.org` };
  return { ...names, password, browser: aBrowser(), ...about };
}

async function rowOf(handle: string): Promise<Record<string, unknown> & { id: number }> {
  const [row] = await db.sql("SELECT * FROM users WHERE handle = $1", [handle]);
  if (!row) throw new Error(`Nobody has the handle ${handle}.`);
  return { ...row, id: Number(row.id) };
}

describe("signing up", () => {
  it("makes an account whose address is yet to be confirmed, with a mail to do so and a line in the record", async () => {
    const wish = aWish();
    expect(await signUp(by(), wish)).toBeUndefined();
    const row = await rowOf(wish.handle);
    expect(row).toMatchObject({
      email: wish.email,
      email_verified_at: null,
      display_name: wish.displayName,
      roles: "{}",
    });
    expect(row).toMatchObject({ name_key: skeleton(wish.displayName), handle_key: skeleton(wish.handle) });
    expect(await mails(db, row)).toEqual(["verifyEmail"]);
    expect(await record(db, row)).toEqual(["signedUp"]);
  });

  it("keeps the password as Argon2id with its parameters, salted anew for everybody (R28)", async () => {
    const [one, other] = [aWish(), aWish()];
    await signUp(by(), one);
    await signUp(by(), other);
    const hashes = [(await rowOf(one.handle)).password_hash, (await rowOf(other.handle)).password_hash].map(String);
    for (const hash of hashes) expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$/);
    expect(hashes[0]).not.toBe(hashes[1]);
  });

  it("logs nobody in, but its member can log in before the address is confirmed", async () => {
    const wish = aWish();
    await signUp(by(), wish);
    expect(
      await db.sql("SELECT 1 FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.handle = $1", [wish.handle]),
    ).toEqual([]);
    expect(await memberOf(await tryLogIn(wish))).toMatchObject({ handle: wish.handle, verified: false, roles: [] });
    // Nothing else is written to an address that nobody confirmed (R33).
    expect(await mails(db, await rowOf(wish.handle))).toEqual(["verifyEmail"]);
  });

  it("is for people who are not logged in", async () => {
    const ctx = await loggedIn(await aPerson());
    expect(await refusalOf(signUp(ctx, aWish()))).toBe("forbidden signUp.member");
  });

  it("gives no power, whatever the form says (R48)", async () => {
    const wish = aWish();
    const sent = { ...wish, roles: ["ADMIN"], emailVerifiedAt: new Date(), verified: true, id: 1, suspendedAt: null };
    expect(Object.keys(signUpSchema.parse(sent)).sort()).toEqual(["displayName", "email", "handle", "password"]);
    await signUp(by(), sent);
    expect(await rowOf(wish.handle)).toMatchObject({ roles: "{}", email_verified_at: null });
  });

  it("takes no line break along into a name, so none gets into a mail's header", async () => {
    const typed = { ...aWish(), displayName: "Eve\r\nBcc: all@example.org\u2028X-Spam: no" };
    const { displayName } = signUpSchema.parse(typed);
    expect(displayName).toBe("Eve Bcc: all@example.org X-Spam: no");
  });
});

describe("an address that has an account", () => {
  it("gets the same answer; its owner hears of it, and nothing is made", async () => {
    const owner = await aPerson();
    const wish = aWish({ email: owner.email });
    expect(await signUp(by(), wish)).toBeUndefined();
    expect(await db.sql("SELECT 1 FROM users WHERE handle = $1", [wish.handle])).toEqual([]);
    expect(await mails(db, owner)).toEqual(["addressTaken"]);
    expect(await refusalOf(tryLogIn(wish))).toBe("invalid password=logIn.wrong");
    expect(await refusalOf(tryLogIn(owner))).toBe("done");
  });

  it("answers the same to a name that is taken and to a weak password, too", async () => {
    const owner = await aPerson();
    for (const wrong of [{ handle: owner.handle }, { displayName: owner.handle }, { password: "1234567890" }]) {
      const fresh = await refusalOf(signUp(by(), aWish(wrong)));
      expect(fresh).toMatch(/^invalid /);
      expect(await refusalOf(signUp(by(), aWish({ ...wrong, email: owner.email })))).toBe(fresh);
    }
  });
});

describe("names", () => {
  it("cannot be a member's, nor look like one (R53)", async () => {
    await aMember("mireille_bay", "Mireille Bay");
    const table: [Partial<SignUp>, string][] = [
      [{ handle: "mireille_bay" }, "invalid handle=handle.taken"],
      [{ handle: "mireillebay" }, "invalid handle=handle.taken"],
      [{ handle: "m1reille_bay" }, "invalid handle=handle.taken"],
      [{ displayName: "Mireille Bay" }, "invalid displayName=displayName.taken"],
      [{ displayName: "MIREILLE  bay" }, "invalid displayName=displayName.taken"],
      [{ displayName: "Mіrеіllе Bау" }, "invalid displayName=displayName.taken"],
      [{ displayName: "mireille_bay" }, "invalid displayName=displayName.taken"],
      [{ displayName: "Mireille Bayer" }, "done"],
    ];
    for (const [about, expected] of table)
      expect([about, await refusalOf(signUp(by(), aWish(about)))]).toEqual([about, expected]);
  });

  it("cannot be the house's own, nor look like them", async () => {
    const table: [Partial<SignUp>, string][] = [
      [{ handle: "adm1n" }, "invalid handle=handle.reserved"],
      [{ handle: "col1oquy" }, "invalid handle=handle.reserved"],
      [{ displayName: "Moderator" }, "invalid displayName=displayName.taken"],
      [{ displayName: "Аdmin" }, "invalid displayName=displayName.taken"],
      [{ displayName: "C o l l o q u y" }, "invalid displayName=displayName.taken"],
    ];
    for (const [about, expected] of table)
      expect([about, await refusalOf(signUp(by(), aWish(about)))]).toEqual([about, expected]);
  });

  it("says both at once", async () => {
    const { handle } = await aPerson();
    expect(await refusalOf(signUp(by(), aWish({ handle, displayName: "Admin" })))).toBe(
      "invalid handle=handle.taken displayName=displayName.taken",
    );
  });

  it("that were given up are kept for a while, with what looks like them", async () => {
    const owner = await aPerson();
    const held = newName("former");
    await inTransaction((tx) => holdHandle(tx, { handle: held, userId: owner.id }));
    expect(await refusalOf(signUp(by(), aWish({ handle: held })))).toBe("invalid handle=handle.taken");
    expect(await refusalOf(signUp(by(), aWish({ displayName: held.toUpperCase() })))).toBe(
      "invalid displayName=displayName.taken",
    );
    await db.sql("UPDATE handle_holds SET until = until - $1 * interval '1 day'", [limits.handleHoldDays]);
    expect(await refusalOf(signUp(by(), aWish({ handle: held })))).toBe("done");
  });
});

describe("two at once", () => {
  const both = async (about: Partial<SignUp>) => {
    const wishes = [aWish(about), aWish(about)];
    const outcomes = await Promise.all(wishes.map((wish) => refusalOf(signUp(by(), wish))));
    return { outcomes: outcomes.sort(), wishes };
  };

  it("with one handle: one gets it, the other hears that it is taken", async () => {
    const { outcomes } = await both({ handle: newName("rush") });
    expect(outcomes).toEqual(["done", "invalid handle=handle.taken"]);
  });

  it("with one display name, or one's handle the other's name", async () => {
    const { outcomes } = await both({ displayName: "Somebody Quick" });
    expect(outcomes).toEqual(["done", "invalid displayName=displayName.taken"]);
    const name = newName("cross");
    const crossed = [aWish({ handle: name }), aWish({ displayName: name })];
    const results = await Promise.all(crossed.map((wish) => refusalOf(signUp(by(), wish))));
    expect(results.filter((result) => result === "done")).toHaveLength(1);
    expect(results.filter((result) => /^invalid .*taken$/.test(result))).toHaveLength(1);
  });

  it("with one address: both hear the same, one account is made", async () => {
    const email = `${newName("same")}@example.org`;
    const { outcomes } = await both({ email });
    expect(outcomes).toEqual(["done", "done"]);
    expect(await db.sql("SELECT 1 FROM users WHERE email = $1", [email])).toHaveLength(1);
  });

  it("where nobody asked beforehand, the database says no at the field", async () => {
    const person = await aPerson();
    const names = {
      handle: newName(),
      displayName: "Free Name",
      nameKey: "free name key",
      handleKey: "free handle key",
    };
    const account = { ...names, email: `${names.handle}@example.org`, passwordHash: null, roles: [], verified: true };
    const write = (about: Partial<typeof account>) =>
      refusalOf(inTransaction((tx) => insertAccount(tx, { ...account, ...about })));
    expect(await write({ email: person.email })).toBe("invalid email=email.taken");
    expect(await write({ handle: person.handle })).toBe("invalid handle=handle.taken");
    expect(await write({ handleKey: skeleton(person.handle) })).toBe("invalid handle=handle.taken");
    expect(await write({ nameKey: skeleton(`The one called ${person.handle}`) })).toBe(
      "invalid displayName=displayName.taken",
    );
    expect(await write({})).toBe("done");
  });
});

it("knows the site by the name it has now", async () => {
  await inTransaction((tx) => writeSetting(tx, { key: "site.name", value: "The Quiet Harbour" }));
  // The name is kept for some seconds; whoever asks in an hour sees the new one.
  const { readSite } = await import("@/lib/services/read-site");
  expect(await readSite({ now: new Date(Date.now() + 3_600_000) })).toMatchObject({ name: "The Quiet Harbour" });
  const wish = aWish({ displayName: "the quiet harbour", password: "the quiet harbour 1" });
  expect(await refusalOf(signUp(by(), wish))).toBe("invalid displayName=displayName.taken");
  expect(await refusalOf(signUp(by(), { ...wish, displayName: "Somebody Else" }))).toBe(
    "invalid password=password.about_you",
  );
});
